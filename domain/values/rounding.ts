/** The one rounding rule: half away from zero (四舍五入), applied once, at the end of a product. */

import { assert } from './assert.ts'

/** `numerator / denominator` to the nearest integer, a half away from zero. Either sign; not by 0. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  assert(denominator !== 0n, 'division by zero')
  const isNegative = numerator < 0n !== denominator < 0n
  const dividend = numerator < 0n ? -numerator : numerator
  const divisor = denominator < 0n ? -denominator : denominator
  const rounded = (2n * dividend + divisor) / (2n * divisor)
  return isNegative ? -rounded : rounded
}

/**
 * `divideRounded(value × multiplier, divisor)` on safe integers, never `-0`. A product below 2^53
 * needs no BigInt: the remainder of doubles is exact, and so is the division of what it leaves.
 */
export function scaleRounded(value: number, multiplier: number, divisor: number): number {
  assert(divisor !== 0, 'division by zero')
  const product = value * multiplier
  if (!Number.isSafeInteger(product)) return scaleRoundedWide(value, multiplier, divisor)
  const remainder = product % divisor
  const truncated = (product - remainder) / divisor
  if (2 * Math.abs(remainder) < Math.abs(divisor)) return truncated + 0
  return product < 0 === divisor < 0 ? truncated + 1 : truncated - 1 + 0
}

function scaleRoundedWide(value: number, multiplier: number, divisor: number): number {
  const rounded = Number(divideRounded(BigInt(value) * BigInt(multiplier), BigInt(divisor)))
  assert(Number.isSafeInteger(rounded), 'a rounded quotient left the safe integers')
  return rounded
}
