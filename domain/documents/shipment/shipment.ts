/** 销售出库单 (shipment): sells goods on account, to a customer or to a passer-by (散客). */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  bundleSharesField,
  dateField,
  inAudience,
  noteField,
  optional,
  orderFields,
  quantityField,
  reference,
  skuField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import { goodsOut, sellExpiredField } from '#domain/doctype/goods-fields.ts'
import { eachLine } from '#domain/doctype/movements.ts'
import { allowanceField, reductionFields, soldLine } from '#domain/doctype/reductions.ts'

export const shipment = defineDocument({
  type: 'shipment',
  label: ['销售出库单', 'Shipment'],
  menu: 'sales',
  numbering: { prefix: 'XSCK' },
  orders: { from: ['sales-order'] },
  header: {
    customerId: inAudience('sales', optional(reference('customer', ['客户', 'Customer']))),
    warehouseId: warehouseField(),
    dueOn: inAudience('sales', optional(dateField(['约定收款日', 'Due on']))),
    ...reductionFields(),
    note: noteField(),
    sellExpired: sellExpiredField(),
  },
  lines: {
    ...orderFields(['销售订单', 'Sales order']),
    skuId: skuField(),
    quantity: quantityField(['出库数量', 'Quantity']),
    ...goodsOut(),
    ...soldLine(),
    bundleShares: bundleSharesField(),
    allowance: allowanceField(),
  },
  roles: {
    edit: ['keeper', 'seller', 'manager'],
    post: ['keeper', 'seller', 'manager'],
    reverse: ['manager'],
  },
  list: ['customerId', 'warehouseId'],
  print: {
    signatures: [
      ['业务员', 'Seller'],
      ['仓管', 'Keeper'],
      ['收货人签字', 'Received by'],
    ],
    without: ['allowance'],
  },
  movementClass: 'issue',
  movements: eachLine('out'),

  // 借 应收账款 / 贷 主营业务收入, 销项税; 借 主营业务成本 / 贷 库存商品.
  voucherLines(document) {
    return document.lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account: 'receivable', amount: { kind: 'gross-of', leg } },
      { side: 'credit', account: 'revenue', amount: { kind: 'net-of', leg } },
      { side: 'credit', account: 'output-vat', amount: { kind: 'tax-of', leg } },
      { side: 'debit', account: 'cost-of-sales', amount: { kind: 'cost-of', leg } },
      { side: 'credit', account: 'inventory', amount: { kind: 'cost-of', leg } },
    ])
  },
})
