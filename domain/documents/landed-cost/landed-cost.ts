/**
 * 采购费用分摊单 (landed cost): freight, handling and the like on top of what received goods cost, shared
 * over lines of receipts. It moves no goods, and may be written before they are sold or after.
 */

import { shareBases } from '#domain/doctype/adjustments.ts'
import { defineDocument } from '#domain/doctype/define.ts'
import {
  choice,
  derived,
  inAudience,
  moneyField,
  noteField,
  optional,
  originFields,
  quantityField,
  reference,
  skuField,
} from '#domain/doctype/fields.ts'
import { chargeBookings } from '#domain/masters/company.ts'
import { money } from '#domain/values/money.ts'

export const landedCost = defineDocument({
  type: 'landed-cost',
  label: ['采购费用分摊单', 'Landed cost'],
  menu: 'purchase',
  numbering: { prefix: 'FYFT' },
  adjusts: { from: ['goods-receipt'], as: 'landed' },
  header: {
    kind: choice(['费用类型', 'Kind of charge'], {
      freight: ['运费', 'Freight'],
      handling: ['装卸费', 'Handling'],
      insurance: ['保险费', 'Insurance'],
      duty: ['关税', 'Duty'],
      other: ['其他', 'Other'],
    }),
    payeeId: inAudience('buying', optional(reference('supplier', ['收款方', 'Paid to']))),
    fee: inAudience('buying', moneyField(['费用金额', 'Charge'])),
    feeTax: inAudience('buying', optional(moneyField(['可抵扣税额', 'Deductible tax']))),
    by: choice(['分摊方式', 'Shared'], shareBases),
    bookAs: inAudience('buying', optional(choice(['计入', 'Booked as'], chargeBookings))),
    note: noteField(),
  },
  lines: {
    ...originFields(['入库单', 'Goods receipt']),
    skuId: skuField('accepted'),
    quantity: derived(quantityField(['入库数量', 'Received'])),
    amount: inAudience('buying', derived(moneyField(['分摊金额', 'Share']))),
  },
  roles: {
    edit: ['buyer', 'finance', 'manager'],
    post: ['buyer', 'finance', 'manager'],
    reverse: ['finance', 'manager'],
  },
  list: ['kind', 'payeeId', 'by'],
  print: {
    signatures: [
      ['经办人', 'Made by'],
      ['财务', 'Finance'],
    ],
  },
  movementClass: 'value',

  check({ header: { fee, feeTax = 0 } }) {
    const isLess = fee !== undefined && feeTax > fee
    return isLess ? [{ code: 'tax-over-charge', field: 'feeTax' }] : []
  },

  movements: () => [],

  // 借 库存商品 or 销售费用, 进项税 / 贷 应付账款
  voucherLines({ header, lines }) {
    const { fee, feeTax = money(0), bookAs } = header
    const account = bookAs === 'expense' ? 'selling-expense' : 'inventory'
    if (fee === undefined || lines.some(({ amount }) => amount === undefined)) return []
    return [
      ...lines.map(({ lineId: leg }) => ({
        ...({ side: 'debit', account } as const),
        amount: { kind: 'net-of', leg } as const,
      })),
      { side: 'debit', account: 'input-vat', amount: { kind: 'stated', amount: feeTax } },
      { side: 'credit', account: 'payable', amount: { kind: 'stated', amount: fee } },
    ]
  },
})
