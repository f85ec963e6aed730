/**
 * 组装, 拆卸 (assembly, disassembly): what both say beside their goods, the fee for the work and that no
 * product is made of itself. Goods of a branch become other goods; only the fee is new.
 */

import type { Money } from '#domain/values/money.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import {
  derived,
  inAudience,
  moneyField,
  noteField,
  optional,
  quantityField,
  reference,
  warehouseField,
} from './fields.ts'
import { goodsIn } from './goods-fields.ts'
import type { Label } from '#domain/masters/master-field.ts'

interface Made {
  readonly header: { readonly skuId: string; readonly batch?: string }
  readonly lines: readonly {
    readonly lineId: string
    readonly skuId: string
    readonly batch?: string
    readonly statedCost?: Money
  }[]
}

/** The warehouse, the product with what tells its goods apart, the fee for those who read costs (ST-08). */
export function productHeader(product: Label, quantity: Label, disabled: 'refused' | 'accepted') {
  return {
    warehouseId: warehouseField(),
    skuId: reference('sku', product, disabled),
    quantity: quantityField(quantity),
    ...goodsIn(),
    fee: inAudience('buying', optional(moneyField(['加工费', 'Fee']))),
    note: noteField(),
  }
}

/** A part: how much of it, how much it is by the recipe, which goods of the warehouse under `within`, what it bears itself. */
export function partLines(quantity: Label, within = 'warehouseId') {
  return {
    skuId: reference('sku', ['部件', 'Part'], 'accepted'),
    quantity: quantityField(quantity),
    planned: derived(quantityField(['配方用量', 'By the recipe'])),
    ...goodsIn(within),
    statedCost: inAudience('buying', optional(moneyField(['定额成本', 'Stated cost']))),
  }
}

/** What lines without a weight bear themselves; it comes off what the others share [FLW10]. */
export function statedCosts(lines: Made['lines']) {
  return lines.flatMap(({ lineId: leg, statedCost: amount }) =>
    amount === undefined ? [] : [{ leg, amount }],
  )
}

/** Lines with an amount of their own that share the cost as well. */
export function statedBesideShare(
  lines: Made['lines'],
  isWeightless: (lineId: string) => boolean,
): PostProblem[] {
  return lines
    .filter(({ lineId, statedCost }) => statedCost !== undefined && !isWeightless(lineId))
    .map(({ lineId }) => ({ code: 'stated-cost-with-share', field: 'statedCost', lineId }))
}

/** The fee comes on top of what a leg of the document takes over. */
export function feeOn(leg: string | undefined, fee: Money | undefined) {
  return leg === undefined || fee === undefined || fee === 0 ? [] : [{ leg, amount: fee }]
}

/** 库存商品 of one branch before and after; only the fee is new: 借 库存商品 / 贷 应付账款. */
export function feeVoucher(
  fee: Money | undefined,
): ReturnType<AnyDocumentDefinition['voucherLines']> {
  if (fee === undefined || fee === 0) return []
  return [
    { side: 'debit', account: 'inventory', amount: { kind: 'stated', amount: fee } },
    { side: 'credit', account: 'payable', amount: { kind: 'stated', amount: fee } },
  ]
}

/** Lines of the product itself; one batch of it may become another. */
export function partsThatAreProduct({ header, lines }: Made): PostProblem[] {
  const circular = lines.filter(({ skuId, batch }) => {
    const isOther = batch !== undefined && header.batch !== undefined && batch !== header.batch
    return skuId === header.skuId && !isOther
  })
  return circular.map(({ lineId }) => ({ code: 'part-is-product', field: 'skuId', lineId }))
}
