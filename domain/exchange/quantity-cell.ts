/** A quantity as a file writes it: a number in the unit of the column, or '3箱4瓶'. */

import { type Quantity, quantity, quantityDecimals, zeroQuantity } from '#domain/values/quantity.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import {
  baseFactor,
  type NamedUnit,
  parseQuantityText,
  type QuantityProblem,
  toBaseQuantity,
} from '#domain/values/unit.ts'
import { numberOf } from './cells.ts'

/** In base units, 0 or more; an empty cell is 0. A bare number counts in the first of `units`. */
export function quantityOf(
  cell: string,
  units: readonly NamedUnit[],
): Result<Quantity, { readonly code: QuantityProblem['code'] | 'number-negative' }> {
  if (cell === '') return done(zeroQuantity)
  const plain = numberOf(cell, quantityDecimals)
  const read = plain.ok
    ? toBaseQuantity(quantity(plain.value), units[0]?.factor ?? baseFactor)
    : parseQuantityText(cell, units)
  return read.ok && read.value < 0 ? fail({ code: 'number-negative' }) : read
}
