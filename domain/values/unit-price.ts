/** 单价 (unit price), and the one way from a quantity and a price to money. */

import { assert } from './assert.ts'
import type { Brand } from './brand.ts'
import { limitMoney, limitUnitPrice } from './limits.ts'
import { type Money, money } from './money.ts'
import type { Quantity } from './quantity.ts'
import { divideRounded, scaleRounded } from './rounding.ts'
import { baseFactor, type UnitFactor } from './unit.ts'

/** Millionths of a yuan per unit; a safe integer, never `-0`. */
export type UnitPrice = Brand<number, 'UnitPrice'>

/** Decimal places of a unit price in text. */
export const unitPriceDecimals = 6

/** Steps of quantity × millionths of a yuan in one fen: 10⁴ × 10⁶ ÷ 10². */
const productPerFen = 100_000_000

export function unitPrice(micro: number): UnitPrice {
  assert(Number.isSafeInteger(micro), 'a unit price is a safe integer of millionths')
  return (micro + 0) as UnitPrice
}

/**
 * Money for `quantity` (base units) at `price` per unit of `factor` (base unit when left out),
 * rounded once to the fen [PRC1].
 */
export function priceOf(
  quantity: Quantity,
  price: UnitPrice,
  factor: UnitFactor = baseFactor,
): Money {
  if (factor.numerator === factor.denominator) {
    return money(scaleRounded(quantity, price, productPerFen))
  }
  const product = BigInt(quantity) * BigInt(price) * BigInt(factor.denominator)
  return money(Number(divideRounded(product, BigInt(factor.numerator) * BigInt(productPerFen))))
}

/**
 * 平均单价, to be shown and never stored or multiplied again: a pool carries quantity and value
 * (policy 13). `whole` is not 0.
 */
export function averageCost(value: Money, whole: Quantity): UnitPrice {
  return unitPrice(scaleRounded(value, productPerFen, whole))
}

/**
 * [PRC4] `multiplier ÷ divisor` of a price, rounded once to whole steps of `step` millionths: a price per box, a part
 * of a price. Undefined beyond `limitUnitPrice`.
 */
export function scalePrice(
  price: UnitPrice,
  { numerator, denominator }: UnitFactor,
  step = 1,
): UnitPrice | undefined {
  const steps = divideRounded(BigInt(price) * BigInt(numerator), BigInt(denominator) * BigInt(step))
  const scaled = steps * BigInt(step)
  return scaled > BigInt(limitUnitPrice) ? undefined : unitPrice(Number(scaled))
}

/** `priceOf` for figures that come from outside: undefined where the money is beyond `limitMoney`. */
export function boundedPriceOf(
  quantity: Quantity,
  price: UnitPrice,
  factor: UnitFactor = baseFactor,
): Money | undefined {
  const product = BigInt(quantity) * BigInt(price) * BigInt(factor.denominator)
  const fen = divideRounded(product, BigInt(factor.numerator) * BigInt(productPerFen))
  const isWithin = fen <= BigInt(limitMoney) && fen >= BigInt(-limitMoney)
  return isWithin ? money(Number(fen)) : undefined
}
