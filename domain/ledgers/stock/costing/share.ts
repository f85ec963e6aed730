/** The proportional share of the costing loops: `scaleRounded` of values, where it costs no BigInt. */

import { scaleRounded } from '#domain/values/rounding.ts'

const limitExact = 2 ** 52

/**
 * value × part ÷ whole, half away from zero, for part ≥ 0 and whole > 0. Below 2^52 the doubles are
 * exact: dividend and half divisor have no bit to lose, and a quotient short of the next integer is
 * short of it by at least half a divisor-th, more than the division can round away.
 */
export function shareOf(value: number, part: number, whole: number): number {
  const dividend = value * part + whole / 2
  if (dividend >= limitExact || value < 0) return scaleRounded(value, part, whole)
  return Math.floor(dividend / whole)
}
