/**
 * 采购退货单 (purchase return): gives goods back to their supplier. Linked to a receipt's line it takes
 * back that line's price and tax; free, the price is typed.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  inAudience,
  invoiceKindField,
  noteField,
  originFields,
  pricedLine,
  quantityField,
  reference,
  skuField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import { goodsOut } from '#domain/doctype/goods-fields.ts'
import { eachLine } from '#domain/doctype/movements.ts'

export const purchaseReturn = defineDocument({
  type: 'purchase-return',
  label: ['采购退货单', 'Purchase return'],
  menu: 'purchase',
  numbering: { prefix: 'CGTH' },
  links: { from: ['goods-receipt'] },
  header: {
    supplierId: inAudience('buying', reference('supplier', ['供应商', 'Supplier'], 'accepted')),
    warehouseId: warehouseField(),
    invoiceKind: invoiceKindField(),
    note: noteField(),
  },
  lines: {
    ...originFields(['原入库单', 'Goods receipt']),
    skuId: skuField('accepted'),
    quantity: quantityField(['退货数量', 'Quantity']),
    ...goodsOut(),
    ...pricedLine('buying'),
  },
  roles: {
    edit: ['keeper', 'buyer', 'manager'],
    post: ['keeper', 'buyer', 'manager'],
    reverse: ['manager'],
  },
  list: ['supplierId', 'warehouseId'],
  print: {
    signatures: [
      ['采购员', 'Buyer'],
      ['仓管', 'Keeper'],
      ['收货人', 'Received by'],
    ],
  },
  movementClass: 'issue',
  movements: eachLine('out'),

  // Red of the receipt at its price; where the goods leave at another cost, the rest is 成本尾差.
  voucherLines({ header, lines }) {
    const isInvoiced = header.invoiceKind === 'special' || header.invoiceKind === 'ordinary'
    const account = isInvoiced ? 'payable' : 'accrued-payable'
    return lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account: 'inventory', amount: { kind: 'cost-of', leg }, isRed: true },
      { side: 'debit', account: 'input-vat', amount: { kind: 'tax-of', leg }, isRed: true },
      { side: 'debit', account: 'cost-difference', amount: { kind: 'cost-of', leg } },
      { side: 'debit', account: 'cost-difference', amount: { kind: 'net-of', leg }, isRed: true },
      { side: 'credit', account, amount: { kind: 'gross-of', leg }, isRed: true },
    ])
  },
})
