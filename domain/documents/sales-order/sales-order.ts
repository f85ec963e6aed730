/** 销售订单 (sales order): keeps goods for a customer (占用) until they are shipped or given up. */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  dateField,
  flagField,
  inAudience,
  optional,
  pricedLine,
  quantityField,
  reference,
  textField,
} from '#domain/doctype/fields.ts'

export const salesOrder = defineDocument({
  type: 'sales-order',
  label: ['销售订单', 'Sales order'],
  menu: 'sales',
  numbering: { prefix: 'XSDD' },
  claims: 'reserve',
  header: {
    customerId: inAudience('sales', optional(reference('customer', ['客户', 'Customer']))),
    warehouseId: reference('warehouse', ['仓库', 'Warehouse']),
    deliverOn: optional(dateField(['交货日期', 'Deliver on'])),
    reservedUntil: optional(dateField(['预留至', 'Reserved until'])),
    isBackorder: flagField(['欠货接单', 'Goods are to come']),
    note: optional(textField(['备注', 'Note'])),
  },
  lines: {
    skuId: reference('sku', ['商品', 'SKU']),
    quantity: quantityField(['订货数量', 'Quantity']),
    ...pricedLine('sales'),
  },
  roles: {
    edit: ['keeper', 'seller', 'manager'],
    post: ['keeper', 'seller', 'manager'],
    reverse: ['manager'],
  },
  list: ['customerId', 'warehouseId', 'deliverOn'],
  print: {
    signatures: [
      ['业务员', 'Seller'],
      ['客户确认', 'Confirmed by'],
    ],
  },
  movementClass: 'issue',
  movements: () => [],
  voucherLines: () => [],
})
