/** 其它出库单 (other issue): goods that the company uses itself, gives away or shows, at their current cost. */

import { defineDocument, type VoucherLine } from '#domain/doctype/define.ts'
import { optional, quantityField, skuField, textField } from '#domain/doctype/fields.ts'
import { goodsOut } from '#domain/doctype/goods-fields.ts'
import { eachLine } from '#domain/doctype/movements.ts'
import { reasonHeader } from '#domain/doctype/reason-fields.ts'

export const otherOut = defineDocument({
  type: 'other-out',
  label: ['其它出库单', 'Other issue'],
  menu: 'stock',
  numbering: { prefix: 'QTCK' },
  header: {
    ...reasonHeader(['出库用途', 'Purpose'], {
      use: ['领用', 'Own use'],
      gift: ['赠送', 'Gift'],
      sample: ['样品', 'Sample'],
      other: ['其他', 'Other'],
    }),
    receiver: optional(textField(['领用人 / 部门', 'Taken by'])),
  },
  lines: {
    skuId: skuField('accepted'),
    quantity: quantityField(['出库数量', 'Quantity']),
    ...goodsOut(),
  },
  roles: { edit: ['keeper', 'seller', 'manager'], post: ['keeper', 'manager'] },
  list: ['warehouseId', 'reason', 'receiver'],
  print: {
    signatures: [
      ['领用人', 'Taken by'],
      ['仓管', 'Keeper'],
      ['审批人', 'Approved by'],
    ],
  },
  movementClass: 'issue',
  movements: eachLine('out'),

  // 借 管理费用 (领用) 或 销售费用 (赠送, 样品) 或 营业外支出 / 贷 库存商品.
  voucherLines({ header, lines }): readonly VoucherLine[] {
    const account = accountByReason[header.reason]
    return lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account, amount: { kind: 'cost-of', leg } },
      { side: 'credit', account: 'inventory', amount: { kind: 'cost-of', leg } },
    ])
  },
})

const accountByReason = {
  use: 'office-expense',
  gift: 'selling-expense',
  sample: 'selling-expense',
  other: 'other-expense',
} as const
