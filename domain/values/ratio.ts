/**
 * 精确比值 (ratio): exact fractions for recipes, units and shares, where a decimal would have to be
 * rounded before the end. Whole numbers of any size; what becomes a quantity or money is rounded once.
 */

import { assert } from './assert.ts'
import { divideRounded } from './rounding.ts'
import { done, fail, type Result } from './result.ts'

/** In lowest terms, the denominator above zero. */
export interface Ratio {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Which multiple of a step a ratio becomes: the nearest (a half away from zero), or one side of it. */
export type RoundingMode = 'nearest' | 'up' | 'down'

export const zeroRatio: Ratio = Object.freeze({ numerator: 0n, denominator: 1n })
export const oneRatio: Ratio = Object.freeze({ numerator: 1n, denominator: 1n })

/** `denominator` is not 0 [RAT1]. */
export function ratio(numerator: bigint, denominator = 1n): Ratio {
  assert(denominator !== 0n, 'division by zero')
  const divisor = greatestCommonDivisor(numerator, denominator)
  const sign = denominator < 0n ? -1n : 1n
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [greater, less] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (less !== 0n) [greater, less] = [less, greater % less]
  return greater
}

/** '2.5', '-1/12', '0.45359237': a decimal or a fraction of two whole numbers, nothing else [RAT2]. */
export function parseRatio(
  text: string,
): Result<Ratio, { readonly code: 'not-a-number'; readonly text: string }> {
  const [, sign = '', whole, fraction = '', denominator] =
    /^(-?)(\d+)(?:\.(\d+)|\/(\d+))?$/.exec(text) ?? []
  const divisor = BigInt(denominator ?? `1${'0'.repeat(fraction.length)}`)
  if (whole === undefined || divisor === 0n) return fail({ code: 'not-a-number', text })
  const value = BigInt(whole + fraction)
  return done(ratio(sign === '-' ? -value : value, divisor))
}

export function addRatios(a: Ratio, b: Ratio): Ratio {
  const numerator = a.numerator * b.denominator + b.numerator * a.denominator
  return ratio(numerator, a.denominator * b.denominator)
}

export function subtractRatios(a: Ratio, b: Ratio): Ratio {
  return addRatios(a, { numerator: -b.numerator, denominator: b.denominator })
}

export function multiplyRatios(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.numerator, a.denominator * b.denominator)
}

/** `b` is not 0. */
export function divideRatios(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.denominator, a.denominator * b.numerator)
}

/** Negative, 0 or positive as `a` is less than, equal to or more than `b`. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return Number(difference > 0n) - Number(difference < 0n)
}

/** The multiple of `step` (above 0) that `value` becomes [RAT3]. */
export function roundRatio(value: Ratio, step: Ratio, mode: RoundingMode = 'nearest'): Ratio {
  assert(step.numerator > 0n, 'a step is above zero')
  const { numerator, denominator } = divideRatios(value, step)
  return multiplyRatios(ratio(wholeOf(numerator, denominator, mode)), step)
}

function wholeOf(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  if (mode === 'nearest') return divideRounded(numerator, denominator)
  const truncated = numerator / denominator
  const isExact = truncated * denominator === numerator
  if (mode === 'up') return isExact || numerator < 0n ? truncated : truncated + 1n
  return isExact || numerator > 0n ? truncated : truncated - 1n
}

/** The greatest whole number that is not above `value`. */
export function floorRatio({ numerator, denominator }: Ratio): bigint {
  return wholeOf(numerator, denominator, 'down')
}

/** `scaledRatio(1/12, 4)` is 833: in units of 10⁻ᵈᵉᶜⁱᵐᵃˡˢ, rounded once; a safe integer. */
export function scaledRatio(value: Ratio, decimals: number): number {
  const scaled = divideRounded(value.numerator * 10n ** BigInt(decimals), value.denominator)
  assert(
    scaled >= Number.MIN_SAFE_INTEGER && scaled <= Number.MAX_SAFE_INTEGER,
    'a scaled ratio is a safe integer',
  )
  return Number(scaled)
}

/** The exact value of `scaled` × 10⁻ᵈᵉᶜⁱᵐᵃˡˢ; the inverse of `scaledRatio` on safe integers. */
export function ratioOfScaled(scaled: number, decimals: number): Ratio {
  return ratio(BigInt(scaled), 10n ** BigInt(decimals))
}
