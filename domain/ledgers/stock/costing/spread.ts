/**
 * 分摊 in the ledger: an amount shared out by weights, balanced to the fen, as `shareMoney` does it; but
 * of a record that somebody bent it makes what it can, for a fold never throws.
 */

import { shareOf } from './share.ts'

/**
 * Each weight's share of `amount`, rounded; the last one with a weight takes the rest. Where that rest
 * would have another sign or be more than a fen off, all are rounded on the running total instead.
 * Weights that are all zero count as equal.
 */
export function spread(amount: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  if (whole <= 0) {
    const equal = weights.map(() => 1)
    return spreadRunning(amount, equal, equal.length)
  }
  const last = weights.reduce((found, weight, i) => (weight > 0 ? i : found), 0)
  const shares = weights.map((weight) => shareOf(amount, weight, whole))
  const own = shares[last] ?? 0
  const rest = amount - (shares.reduce((sum, share) => sum + share, 0) - own)
  const isOff = Math.abs(rest - own) > 1 || Math.sign(rest) * Math.sign(amount) < 0
  if (isOff) return spreadRunning(amount, weights, whole)
  return shares.map((share, i) => (i === last ? rest : share))
}

function spreadRunning(amount: number, weights: readonly number[], whole: number): number[] {
  let weight = 0
  let given = 0
  return weights.map((one) => {
    weight += one
    const upTo = shareOf(amount, weight, whole)
    const share = upTo - given
    given = upTo
    return share
  })
}
