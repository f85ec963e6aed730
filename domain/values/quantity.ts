/** 数量 (quantity): how much of a SKU, in its base unit. Units of entry are `unit.ts`. */

import { assert } from './assert.ts'
import type { Brand } from './brand.ts'

/** Steps of 10⁻⁴ base unit; a safe integer of either sign, never `-0`. */
export type Quantity = Brand<number, 'Quantity'>

/** Steps in one base unit. */
export const stepsPerUnit = 10_000
/** Decimal places of a quantity in text. */
export const quantityDecimals = 4

export function quantity(steps: number): Quantity {
  assert(Number.isSafeInteger(steps), 'a quantity is a safe integer of steps')
  return (steps + 0) as Quantity
}

export const zeroQuantity: Quantity = quantity(0)

/** `count` whole base units: `wholeQuantity(3)` is 30,000 steps. */
export function wholeQuantity(count: number): Quantity {
  return quantity(count * stepsPerUnit)
}

export function addQuantity(a: Quantity, b: Quantity): Quantity {
  return quantity(a + b)
}

export function subtractQuantity(a: Quantity, b: Quantity): Quantity {
  return quantity(a - b)
}

export function negateQuantity(value: Quantity): Quantity {
  return quantity(0 - value)
}

export function absQuantity(value: Quantity): Quantity {
  return quantity(Math.abs(value))
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareQuantity(a: Quantity, b: Quantity): number {
  return a - b
}
