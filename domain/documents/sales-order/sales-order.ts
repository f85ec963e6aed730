/** 销售订单 (sales order): keeps goods for a customer (占用) until they are shipped or given up. */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  dateField,
  flagField,
  inAudience,
  optional,
  orderFields,
  reference,
} from '#domain/doctype/fields.ts'
import { orderHeader, orderLines, orderRoles, stillOrder } from '#domain/doctype/order-type.ts'
import { soldLine } from '#domain/doctype/reductions.ts'

export const salesOrder = defineDocument({
  type: 'sales-order',
  label: ['销售订单', 'Sales order'],
  menu: 'sales',
  numbering: { prefix: 'XSDD' },
  claims: 'reserve',
  orders: { from: ['quotation'] },
  header: orderHeader(
    { customerId: inAudience('sales', optional(reference('customer', ['客户', 'Customer']))) },
    {
      deliverOn: optional(dateField(['交货日期', 'Deliver on'])),
      reservedUntil: optional(dateField(['预留至', 'Reserved until'])),
      isBackorder: flagField(['欠货接单', 'Goods are to come']),
    },
  ),
  lines: {
    ...orderFields(['报价单', 'Quotation']),
    ...orderLines(soldLine(), ['订货数量', 'Quantity']),
  },
  roles: orderRoles('seller'),
  list: ['customerId', 'warehouseId', 'deliverOn'],
  print: {
    signatures: [
      ['业务员', 'Seller'],
      ['客户确认', 'Confirmed by'],
    ],
  },
  movementClass: 'issue',
  ...stillOrder,
})
