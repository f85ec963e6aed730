/**
 * 单位换算 (unit conversion): quantities and prices from one unit to another by exact factors, within
 * one dimension or, with a stated rate (a density), into another. Rounds only where a step is given.
 */

import {
  divideRatios,
  multiplyRatios,
  oneRatio,
  type Ratio,
  type RoundingMode,
  roundRatio,
} from './ratio.ts'
import { done, fail, type Result } from './result.ts'

/** A unit by what it measures, 'mass' or the id of a SKU, and how much of that's base unit it is. */
export interface MeasuredUnit {
  readonly dimension: string
  /** Above 0. */
  readonly perUnit: Ratio
}

interface Conversion {
  readonly from: MeasuredUnit
  readonly to: MeasuredUnit
  /** Base units of the target's dimension in one base unit of the source's, where these differ. */
  readonly crossRate?: Ratio
}

interface Rounding {
  readonly step: Ratio
  readonly mode: RoundingMode
}

export interface ConversionProblem {
  readonly code: 'dimension-differs'
  readonly from: string
  readonly to: string
}

/** quantity × factor of `from` ÷ factor of `to`, exact, then rounded once where asked [UNT5]. */
export function convertQuantity(
  quantity: Ratio,
  conversion: Conversion,
  rounding?: Rounding,
): Result<Ratio, ConversionProblem> {
  const rate = rateOf(conversion)
  if (!rate.ok) return rate
  const exact = multiplyRatios(quantity, rate.value)
  return done(rounding === undefined ? exact : roundRatio(exact, rounding.step, rounding.mode))
}

/** A price per `from` as the price per `to`: the other way round, so that the money stays [UNT6]. */
export function convertUnitPrice(
  price: Ratio,
  conversion: Conversion,
): Result<Ratio, ConversionProblem> {
  const rate = rateOf(conversion)
  return rate.ok ? done(divideRatios(price, rate.value)) : rate
}

function rateOf({ from, to, crossRate }: Conversion): Result<Ratio, ConversionProblem> {
  const isCross = from.dimension !== to.dimension
  if (isCross && crossRate === undefined) {
    return fail({ code: 'dimension-differs', from: from.dimension, to: to.dimension })
  }
  const inTarget = multiplyRatios(from.perUnit, (isCross ? crossRate : undefined) ?? oneRatio)
  return done(divideRatios(inTarget, to.perUnit))
}
