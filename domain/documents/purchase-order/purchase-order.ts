/** 采购订单 (purchase order): goods that a supplier owes (在订) until they come or are given up. */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  dateField,
  inAudience,
  optional,
  pricedLine,
  quantityField,
  reference,
  textField,
} from '#domain/doctype/fields.ts'

export const purchaseOrder = defineDocument({
  type: 'purchase-order',
  label: ['采购订单', 'Purchase order'],
  menu: 'purchase',
  numbering: { prefix: 'CGDD' },
  claims: 'order',
  header: {
    supplierId: inAudience('buying', reference('supplier', ['供应商', 'Supplier'])),
    warehouseId: reference('warehouse', ['仓库', 'Warehouse']),
    expectedOn: optional(dateField(['预计到货', 'Expected on'])),
    note: optional(textField(['备注', 'Note'])),
  },
  lines: {
    skuId: reference('sku', ['商品', 'SKU']),
    quantity: quantityField(['订购数量', 'Quantity']),
    ...pricedLine('buying'),
  },
  roles: {
    edit: ['keeper', 'buyer', 'manager'],
    post: ['keeper', 'buyer', 'manager'],
    reverse: ['manager'],
  },
  list: ['supplierId', 'warehouseId', 'expectedOn'],
  print: {
    signatures: [
      ['采购员', 'Buyer'],
      ['供应商确认', 'Confirmed by'],
    ],
  },
  movementClass: 'receipt',
  movements: () => [],
  voucherLines: () => [],
})
