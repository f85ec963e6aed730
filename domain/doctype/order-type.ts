/**
 * 订单 (order): what orders of both sides have in common. Goods are promised at a warehouse and a price;
 * nothing moves and nothing is booked until a later document carries the order out.
 */

import type { Label } from '#domain/masters/master-field.ts'
import type { Role } from '#domain/records/kinds.ts'
import {
  derived,
  type Field,
  inAudience,
  moneyField,
  noteField,
  optional,
  pricedLine,
  priceField,
  quantityField,
  reference,
  skuField,
  warehouseField,
} from './fields.ts'

/** The header: the other side (往来单位), the warehouse, the days that the type names, a note. */
export function orderHeader<
  Party extends Readonly<Record<string, Field>>,
  Days extends Readonly<Record<string, Field>>,
>(party: Party, days: Days) {
  return {
    ...party,
    warehouseId: warehouseField(),
    ...days,
    note: noteField(),
  }
}

/** `money`: the priced fields of the side that the order is of. */
export function orderLines<Money extends Readonly<Record<string, Field>>>(
  money: Money,
  quantityLabel: Label,
) {
  return { skuId: skuField(), quantity: quantityField(quantityLabel), ...money }
}

/** Goods that somebody asks for: what they may cost, and of whom, is said by those who buy. */
export function askedLines(quantityLabel: Label) {
  return {
    skuId: skuField(),
    quantity: quantityField(quantityLabel),
    unit: pricedLine('buying').unit,
    supplierId: inAudience('buying', optional(reference('supplier', ['建议供应商', 'Supplier']))),
    price: inAudience('buying', optional(priceField(['参考单价', 'Estimate']))),
    amount: inAudience('buying', derived(moneyField(['参考金额', 'Amount']))),
  }
}

/** The keeper and those who trade write orders; a manager takes them back. */
export function orderRoles(...traders: readonly Role[]) {
  const able = ['keeper', ...traders, 'manager'] as const
  return { edit: able, post: able, reverse: ['manager'] } as const
}

/** An order moves no goods and books nothing. */
export const stillOrder = { movements: () => [], voucherLines: () => [] }
