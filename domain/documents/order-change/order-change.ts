/**
 * 订单变更单 (order change): says what lines of an order are from here on; zero gives up what has not
 * been shipped or received (中止). What was taken by then stays taken.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  countedField,
  flagField,
  optional,
  orderFields,
  reference,
  skuField,
  textField,
} from '#domain/doctype/fields.ts'

export const orderChange = defineDocument({
  type: 'order-change',
  label: ['订单变更单', 'Order change'],
  menu: 'sales',
  numbering: { prefix: 'DDBG' },
  orders: { from: ['sales-order', 'purchase-order', 'purchase-request', 'quotation'] },
  claims: 'change',
  header: {
    warehouseId: reference('warehouse', ['仓库', 'Warehouse'], 'accepted'),
    isBackorder: flagField(['欠货接单', 'Goods are to come']),
    reasonId: optional(reference('reason', ['变更事由', 'Reason'])),
    note: optional(textField(['变更原因', 'Reason'])),
  },
  lines: {
    ...orderFields(['订单', 'Order']),
    skuId: skuField('accepted'),
    quantity: countedField(['变更后数量', 'Quantity from now on']),
  },
  roles: {
    edit: ['keeper', 'seller', 'buyer', 'manager'],
    post: ['seller', 'buyer', 'manager'],
    reverse: ['manager'],
  },
  list: ['warehouseId'],
  print: { signatures: [['经办人', 'Changed by']] },
  movementClass: 'internal',
  movements: () => [],
  voucherLines: () => [],
})
