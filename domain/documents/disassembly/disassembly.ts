/**
 * 拆卸单 (disassembly): takes a product of a warehouse apart. Its parts share what it was worth by their
 * weights, and the fee for the work, to the fen.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  moneyField,
  optional,
  quantityField,
  reference,
  textField,
} from '#domain/doctype/fields.ts'
import { feeField, feeOn, feeVoucher, partsThatAreProduct } from '#domain/doctype/made-goods.ts'
import { negateQuantity } from '#domain/values/quantity.ts'

/** The leg of the product, and the one group of the document. */
const product = 'product'

export const disassembly = defineDocument({
  type: 'disassembly',
  label: ['拆卸单', 'Disassembly'],
  menu: 'stock',
  numbering: { prefix: 'CXD' },
  header: {
    warehouseId: reference('warehouse', ['仓库', 'Warehouse']),
    skuId: reference('sku', ['拆卸商品', 'Product'], 'accepted'),
    quantity: quantityField(['拆卸数量', 'Quantity taken apart']),
    fee: feeField(),
    note: optional(textField(['备注', 'Note'])),
  },
  lines: {
    skuId: reference('sku', ['部件', 'Part'], 'accepted'),
    quantity: quantityField(['拆出数量', 'Quantity']),
    weight: optional(moneyField(['分摊权重', 'Weight'])),
  },
  roles: { edit: ['keeper', 'manager'], post: ['keeper', 'manager'] },
  list: ['skuId', 'warehouseId'],
  print: {
    signatures: [
      ['拆卸人', 'Taken apart by'],
      ['审核人', 'Checked by'],
    ],
  },
  movementClass: 'internal',

  check(document) {
    const circular = partsThatAreProduct(document)
    if (circular.length > 0) return circular
    const { lines } = document
    const weighted = lines.filter(({ weight }) => weight !== undefined)
    if (weighted.length === lines.length) return []
    return weighted.map(({ lineId }) => ({ code: 'weight-alone', field: 'weight', lineId }))
  },

  // The product out, then all parts in, as one act: they share what it cost.
  movements({ header, lines }) {
    const { warehouseId, skuId } = header
    const quantity = negateQuantity(header.quantity)
    const parts = lines.map((line) => ({
      ...{ leg: line.lineId, skuId: line.skuId, warehouseId, quantity: line.quantity },
      ...{ group: product, share: line.weight ?? line.quantity },
    }))
    return [{ leg: product, skuId, warehouseId, quantity, group: product }, ...parts]
  },

  values: ({ header: { fee }, lines: [first] }) => feeOn(first?.lineId, fee),
  voucherLines: ({ header: { fee } }) => feeVoucher(fee),
})
