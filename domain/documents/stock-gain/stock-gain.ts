/**
 * 报溢单 (stock gain): takes goods into stock that were found, at the average of their pool or at the price
 * that the document states.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  derived,
  inAudience,
  moneyField,
  optional,
  priceField,
  quantityField,
  skuField,
} from '#domain/doctype/fields.ts'
import { goodsIn } from '#domain/doctype/goods-fields.ts'
import { eachLine } from '#domain/doctype/movements.ts'
import { reasonHeader } from '#domain/doctype/reason-fields.ts'

export const stockGain = defineDocument({
  type: 'stock-gain',
  label: ['报溢单', 'Stock gain'],
  menu: 'stock',
  numbering: { prefix: 'BYD' },
  header: reasonHeader(['报溢原因', 'Reason'], {
    found: ['找回', 'Found'],
    'supplier-extra': ['供方多发', 'Sent extra by supplier'],
    'mixed-up': ['串货', 'Mixed up'],
    other: ['其他', 'Other'],
  }),
  lines: {
    skuId: skuField('accepted'),
    quantity: quantityField(['报溢数量', 'Quantity']),
    ...goodsIn(),
    price: inAudience('buying', optional(priceField(['入库单价', 'Unit cost']))),
    amount: inAudience('buying', derived(moneyField(['金额', 'Amount']))),
  },
  roles: { edit: ['keeper', 'manager'], post: ['manager'] },
  list: ['warehouseId', 'reason'],
  print: {
    signatures: [
      ['经办人', 'Handled by'],
      ['审批人', 'Approved by'],
    ],
  },
  movementClass: 'count',
  movements: eachLine('in'),

  // 借 库存商品 / 贷 待处理财产损溢.
  voucherLines(document) {
    return document.lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account: 'inventory', amount: { kind: 'cost-of', leg } },
      { side: 'credit', account: 'pending-loss', amount: { kind: 'cost-of', leg } },
    ])
  },
})
