/** The proportional share of the costing loops: `scaleRounded` of values, where it costs no BigInt. */

import { divideRounded } from '#domain/values/rounding.ts'

/** Below this, sums of doubles are exact integers and their quotients round as they should. */
export const limitExact = 2 ** 52

/**
 * value × part ÷ whole, half away from zero, for part ≥ 0 and whole > 0. Below 2^52 the doubles are
 * exact: dividend and half divisor have no bit to lose, and a quotient short of the next integer is
 * short of it by at least half a divisor-th, more than the division can round away.
 */
export function shareOf(value: number, part: number, whole: number): number {
  const dividend = value * part + whole / 2
  if (dividend >= limitExact || value < 0) return wideShare(value, part, whole)
  return Math.floor(dividend / whole)
}

/** What a hostile record makes too great for an integer ends at the greatest one: it never throws. */
function wideShare(value: number, part: number, whole: number): number {
  const share = Number(divideRounded(BigInt(value) * BigInt(part), BigInt(whole)))
  return Math.max(Math.min(share, Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER)
}
