/** 批量调价: one way of changing many prices, each rounded once to a coin (MD-18). */

import { scalePrice, type UnitPrice, unitPrice } from '#domain/values/unit-price.ts'
import { coinOf } from './price-list.ts'

const whole = 10_000

export interface PriceChange {
  /** `figure`: 10⁻⁴ of the price up or down, millionths of a yuan, or the margin of the new price in 10⁻⁴. */
  readonly by: 'percent' | 'amount' | 'margin'
  readonly figure: number
  /** A coin of `priceRoundings`. */
  readonly rounding: string
}

/**
 * [PCH1] The new price of what costs `price`; for a margin it is reckoned from `cost`, tax included as the price.
 * Undefined without a cost, and where the result would be below zero or out of range.
 */
export function changedPrice(
  { by, figure, rounding }: PriceChange,
  price: UnitPrice,
  cost: UnitPrice | undefined,
): UnitPrice | undefined {
  const coin = coinOf(rounding)
  if (by === 'margin') {
    const share = { numerator: whole, denominator: whole - figure }
    return cost === undefined || figure >= whole ? undefined : scalePrice(cost, share, coin)
  }
  if (by === 'percent') {
    const part = { numerator: whole + figure, denominator: whole }
    return figure < -whole ? undefined : scalePrice(price, part, coin)
  }
  const one = { numerator: 1, denominator: 1 }
  return price + figure < 0 ? undefined : scalePrice(unitPrice(price + figure), one, coin)
}
