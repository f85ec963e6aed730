/**
 * 组装单 (assembly): turns parts of a warehouse into a product. The product is worth what its parts were,
 * and the fee for the work, to the fen.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import { optional, quantityField, reference, textField } from '#domain/doctype/fields.ts'
import { feeField, feeOn, feeVoucher, partsThatAreProduct } from '#domain/doctype/made-goods.ts'
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
    fee: feeField(),
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

  check: partsThatAreProduct,

  // All parts out, then the product in, as one act: it takes over what they cost.
  movements({ header, lines }) {
    const { warehouseId, skuId, quantity } = header
    const parts = lines.map((line) => ({
      ...{ leg: line.lineId, skuId: line.skuId, warehouseId, group: product },
      quantity: negateQuantity(line.quantity),
    }))
    return [...parts, { leg: product, skuId, warehouseId, quantity, group: product, share: 1 }]
  },

  values: ({ header: { fee } }) => feeOn(product, fee),
  voucherLines: ({ header: { fee } }) => feeVoucher(fee),
})
