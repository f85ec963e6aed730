/** 分摊: an amount shared out by weights, balanced to the fen [policies 13]. */

import { shareOf } from './share.ts'

/**
 * Each weight's share of `amount`, rounded; the last one with a weight takes the rest. Where that rest
 * would have another sign or be off by more than a fen per share, running rounding instead. Without
 * any weight the last one takes all.
 */
export function spread(amount: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const last = weights.reduce((found, weight, i) => (weight > 0 ? i : found), -1)
  if (whole <= 0) return weights.map((_, i) => (i === weights.length - 1 ? amount : 0))
  const rounded = weights.map((weight) => shareOf(amount, weight, whole))
  const others = rounded.reduce((sum, share, i) => (i === last ? sum : sum + share), 0)
  const rest = amount - others
  const isFair = Math.abs(rest - (rounded[last] as number)) <= weights.length && rest * amount >= 0
  if (isFair) return rounded.map((share, i) => (i === last ? rest : share))
  return running(amount, weights, whole)
}

function running(amount: number, weights: readonly number[], whole: number): number[] {
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
