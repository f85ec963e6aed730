/** 其它入库单 (other receipt): goods that come beside trade: given, brought back unused, or found a use for. */

import { defineDocument, type VoucherLine } from '#domain/doctype/define.ts'
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

export const otherIn = defineDocument({
  type: 'other-in',
  label: ['其它入库单', 'Other receipt'],
  menu: 'stock',
  numbering: { prefix: 'QTRK' },
  header: reasonHeader(['入库来源', 'Origin'], {
    gift: ['受赠', 'Given'],
    unused: ['领用退回', 'Own use, brought back'],
    sample: ['样品退回', 'Sample, brought back'],
    other: ['其他', 'Other'],
  }),
  lines: {
    skuId: skuField('accepted'),
    quantity: quantityField(['入库数量', 'Quantity']),
    ...goodsIn(),
    price: inAudience('buying', optional(priceField(['入库单价', 'Unit cost']))),
    amount: inAudience('buying', derived(moneyField(['金额', 'Amount']))),
  },
  roles: { edit: ['keeper', 'buyer', 'manager'], post: ['keeper', 'manager'] },
  list: ['warehouseId', 'reason'],
  print: {
    signatures: [
      ['经办人', 'Handled by'],
      ['仓管', 'Keeper'],
    ],
  },
  movementClass: 'count',
  movements: eachLine('in'),

  // 借 库存商品 / 贷 营业外收入; what comes back takes its expense back in red (红字).
  voucherLines({ header, lines }): readonly VoucherLine[] {
    const booked = bookingByReason[header.reason]
    return lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account: 'inventory', amount: { kind: 'cost-of', leg } },
      { ...booked, amount: { kind: 'cost-of', leg } },
    ])
  },
})

const bookingByReason = {
  gift: { side: 'credit', account: 'other-income' },
  unused: { side: 'debit', account: 'office-expense', isRed: true },
  sample: { side: 'debit', account: 'selling-expense', isRed: true },
  other: { side: 'credit', account: 'other-income' },
} as const
