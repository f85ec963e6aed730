/**
 * 组装, 拆卸 (assembly, disassembly): what both say beside their goods, the fee for the work and that no
 * product is made of itself. Goods of a branch become other goods; only the fee is new.
 */

import type { Money } from '#domain/values/money.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import { inAudience, moneyField, optional } from './fields.ts'

interface Made {
  readonly header: { readonly skuId: string }
  readonly lines: readonly { readonly lineId: string; readonly skuId: string }[]
}

/** For those who read costs (ST-08). */
export function feeField() {
  return inAudience('buying', optional(moneyField(['加工费', 'Fee'])))
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

/** Lines of the product itself. */
export function partsThatAreProduct({ header, lines }: Made): PostProblem[] {
  const circular = lines.filter(({ skuId }) => skuId === header.skuId)
  return circular.map(({ lineId }) => ({ code: 'part-is-product', field: 'skuId', lineId }))
}
