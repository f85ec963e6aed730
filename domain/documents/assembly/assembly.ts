/**
 * 组装单 (assembly): turns parts of a warehouse into a product. The product is worth what its parts were,
 * and the fee for the work, to the fen.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  inAudience,
  moneyField,
  optional,
  quantityField,
  reference,
  textField,
} from '#domain/doctype/fields.ts'
import { negateQuantity } from '#domain/values/quantity.ts'

/** The leg of the product, and the one group of the document. */
const product = 'product'

export const assembly = defineDocument({
  type: 'assembly',
  label: ['组装单', 'Assembly'],
  menu: 'stock',
  numbering: { prefix: 'ZZD' },
  header: {
    warehouseId: reference('warehouse', ['仓库', 'Warehouse']),
    skuId: reference('sku', ['组装成品', 'Product']),
    quantity: quantityField(['成品数量', 'Quantity made']),
    fee: inAudience('buying', optional(moneyField(['加工费', 'Fee']))),
    note: optional(textField(['备注', 'Note'])),
  },
  lines: {
    skuId: reference('sku', ['部件', 'Part'], 'accepted'),
    quantity: quantityField(['用量', 'Quantity used']),
  },
  roles: { edit: ['keeper', 'manager'], post: ['keeper', 'manager'] },
  list: ['skuId', 'warehouseId'],
  print: {
    signatures: [
      ['组装人', 'Assembled by'],
      ['审核人', 'Checked by'],
    ],
  },
  movementClass: 'internal',

  check({ header, lines }) {
    const circular = lines.filter(({ skuId }) => skuId === header.skuId)
    return circular.map(({ lineId }) => ({ code: 'part-is-product', field: 'skuId', lineId }))
  },

  // All parts out, then the product in, as one act: it takes over what they cost.
  movements({ header, lines }) {
    const { warehouseId, skuId, quantity } = header
    const parts = lines.map((line) => ({
      ...{ leg: line.lineId, skuId: line.skuId, warehouseId, group: product },
      quantity: negateQuantity(line.quantity),
    }))
    return [...parts, { leg: product, skuId, warehouseId, quantity, group: product, share: 1 }]
  },

  values: ({ header: { fee } }) =>
    fee === undefined || fee === 0 ? [] : [{ leg: product, amount: fee }],

  // 库存商品 of one branch before and after; only the fee is new: 借 库存商品 / 贷 应付账款.
  voucherLines({ header: { fee } }) {
    if (fee === undefined || fee === 0) return []
    return [
      { side: 'debit', account: 'inventory', amount: { kind: 'stated', amount: fee } },
      { side: 'credit', account: 'payable', amount: { kind: 'stated', amount: fee } },
    ]
  },
})
