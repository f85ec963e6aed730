/** 金额 (money): exact fen, and the two ways of dividing it without losing one. */

import { assert } from './assert.ts'
import type { Brand } from './brand.ts'
import type { Quantity } from './quantity.ts'
import { scaleRounded } from './rounding.ts'

/** Fen (1/100 yuan); a safe integer of either sign, never `-0`. */
export type Money = Brand<number, 'Money'>

/** Decimal places of money in text. */
export const moneyDecimals = 2

export function money(fen: number): Money {
  assert(Number.isSafeInteger(fen), 'money is a safe integer of fen')
  return (fen + 0) as Money
}

export const zeroMoney: Money = money(0)

export function addMoney(a: Money, b: Money): Money {
  return money(a + b)
}

export function subtractMoney(a: Money, b: Money): Money {
  return money(a - b)
}

export function negateMoney(value: Money): Money {
  return money(0 - value)
}

export function sumMoney(values: Iterable<Money>): Money {
  let sum: Money = zeroMoney
  for (const value of values) sum = addMoney(sum, value)
  return sum
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareMoney(a: Money, b: Money): number {
  return a - b
}

/**
 * The part of `value` that `part` of `whole` carries: value × part ÷ whole, rounded once. The whole
 * carries everything, so the last unit takes the rest [MNY3]. `whole` is not 0.
 */
export function proportionOf(value: Money, part: Quantity, whole: Quantity): Money {
  return money(scaleRounded(value, part, whole))
}

/** The smallest coin: shares are whole fen unless a greater step is asked for. */
const oneFen: Money = money(1)

/**
 * 分摊: splits `total` by `weights` (safe integers ≥ 0) without losing a fen. Each share is
 * rounded to whole steps and the last weighted one takes the rest; where that rest would change sign
 * or differ from its own rounded share by more than a step, all shares are rounded on the running
 * total instead. Weights that are all zero count as equal; no weights share only zero [MNY4] [MNY5].
 */
export function shareMoney(
  total: Money,
  weights: readonly number[],
  step: Money = oneFen,
): Money[] {
  assert(
    weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    'weights are safe integers of at least 0',
  )
  assert(weights.length > 0 || total === 0, 'an amount needs somebody to carry it')
  assert(step > 0, 'a step is at least a fen')
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum === 0)
    return shareByRunningTotal(
      total,
      weights.map(() => 1),
      step,
    )
  assert(Number.isSafeInteger(sum * step), 'the sum of weights is a safe integer')
  return shareWithRestLast(total, weights, step) ?? shareByRunningTotal(total, weights, step)
}

/** Undefined when the rest would be more than a step off, or of the wrong sign. */
function shareWithRestLast(
  total: Money,
  weights: readonly number[],
  step: Money,
): Money[] | undefined {
  const sum = weights.reduce((a, b) => a + b, 0)
  const shares = weights.map((weight) => inSteps(total, weight, sum, step))
  const last = weights.reduce((found, weight, i) => (weight > 0 ? i : found), 0)
  const own = shares[last] ?? zeroMoney
  const rest = money(total - (sumMoney(shares) - own))
  if (Math.abs(rest - own) > step || Math.sign(rest) * Math.sign(total) < 0) return undefined
  shares[last] = rest
  return shares
}

/** The last weight stands at the whole sum, so whatever is no whole step ends there. */
function shareByRunningTotal(total: Money, weights: readonly number[], step: Money): Money[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  let weightSoFar = 0
  let shared: Money = zeroMoney
  return weights.map((weight) => {
    weightSoFar += weight
    const sharedNow = weightSoFar === sum ? total : inSteps(total, weightSoFar, sum, step)
    const share = subtractMoney(sharedNow, shared)
    shared = sharedNow
    return share
  })
}

function inSteps(total: Money, weight: number, sum: number, step: Money): Money {
  return money(scaleRounded(total, weight, sum * step) * step)
}
