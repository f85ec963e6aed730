/** A token bucket: `burst` at once, `perSecond` for ever. */

export interface Budget {
  /** False when there is not enough left; what was asked for is charged all the same. */
  spend(amount: number, nowMs: number): boolean
}

export function openBudget(burst: number, perSecond: number, nowMs: number): Budget {
  let left = burst
  let countedAt = nowMs
  return {
    spend(amount, at) {
      left = Math.min(burst, left + ((at - countedAt) / 1000) * perSecond) - amount
      countedAt = at
      return left >= 0
    },
  }
}
