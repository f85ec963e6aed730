/** 采购订单 (purchase order): goods that a supplier owes (在订) until they come or are given up. */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  dateField,
  inAudience,
  optional,
  orderFields,
  pricedLine,
  reference,
} from '#domain/doctype/fields.ts'
import { orderHeader, orderLines, orderRoles, stillOrder } from '#domain/doctype/order-type.ts'

export const purchaseOrder = defineDocument({
  type: 'purchase-order',
  label: ['采购订单', 'Purchase order'],
  menu: 'purchase',
  numbering: { prefix: 'CGDD' },
  claims: 'order',
  orders: { from: ['purchase-request'] },
  header: orderHeader(
    { supplierId: inAudience('buying', reference('supplier', ['供应商', 'Supplier'])) },
    { expectedOn: optional(dateField(['预计到货', 'Expected on'])) },
  ),
  lines: {
    ...orderFields(['请购单', 'Purchase request']),
    ...orderLines(pricedLine('buying'), ['订购数量', 'Quantity']),
  },
  roles: orderRoles('buyer'),
  list: ['supplierId', 'warehouseId', 'expectedOn'],
  print: {
    signatures: [
      ['采购员', 'Buyer'],
      ['供应商确认', 'Confirmed by'],
    ],
  },
  movementClass: 'receipt',
  ...stillOrder,
})
