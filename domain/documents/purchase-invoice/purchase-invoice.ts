/**
 * 采购发票 (purchase invoice): what a supplier bills for goods that came before it (先货后票). It moves no
 * goods; each line says what so much of one line of a receipt costs, in place of the estimate (暂估).
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  choice,
  dateField,
  inAudience,
  noteField,
  optional,
  originFields,
  pricedLine,
  quantityField,
  reference,
  skuField,
  textField,
} from '#domain/doctype/fields.ts'

export const purchaseInvoice = defineDocument({
  type: 'purchase-invoice',
  label: ['采购发票', 'Purchase invoice'],
  menu: 'purchase',
  numbering: { prefix: 'CGFP' },
  adjusts: { from: ['goods-receipt'], as: 'invoice' },
  header: {
    supplierId: inAudience('buying', reference('supplier', ['供应商', 'Supplier'], 'accepted')),
    invoiceKind: inAudience(
      'buying',
      choice(['发票类型', 'Invoice'], {
        special: ['专票', 'Special VAT invoice'],
        ordinary: ['普票', 'Ordinary invoice'],
      }),
    ),
    invoiceNumber: inAudience('buying', optional(textField(['发票号码', 'Invoice number']))),
    dueOn: inAudience('buying', optional(dateField(['约定付款日', 'Due on']))),
    note: noteField(),
  },
  lines: {
    ...originFields(['入库单', 'Goods receipt']),
    skuId: skuField('accepted'),
    quantity: quantityField(['开票数量', 'Billed quantity']),
    ...pricedLine('buying'),
  },
  roles: {
    edit: ['buyer', 'finance', 'manager'],
    post: ['buyer', 'finance', 'manager'],
    reverse: ['finance', 'manager'],
  },
  list: ['supplierId', 'invoiceKind', 'invoiceNumber'],
  print: {
    signatures: [
      ['采购员', 'Buyer'],
      ['财务', 'Finance'],
    ],
  },
  movementClass: 'value',
  movements: () => [],

  // 借 应付账款-暂估, 进项税 / 贷 应付账款; the receipt itself is re-rated, so nothing is left of its estimate.
  voucherLines({ lines }) {
    return lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account: 'accrued-payable', amount: { kind: 'net-of', leg } },
      { side: 'debit', account: 'input-vat', amount: { kind: 'tax-of', leg } },
      { side: 'credit', account: 'payable', amount: { kind: 'gross-of', leg } },
    ])
  },
})
