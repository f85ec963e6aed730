/**
 * 采购入库单 (goods receipt): takes bought goods into stock. A keeper counts them in without seeing
 * prices; who buys supplies supplier and prices with it or later.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  dateField,
  flagField,
  inAudience,
  invoiceKindField,
  noteField,
  optional,
  orderFields,
  pricedLine,
  quantityField,
  reference,
  skuField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import { goodsIn } from '#domain/doctype/goods-fields.ts'
import { eachLine } from '#domain/doctype/movements.ts'
import { acceptExcessField } from '#domain/doctype/over-receipt.ts'

export const goodsReceipt = defineDocument({
  type: 'goods-receipt',
  label: ['采购入库单', 'Goods receipt'],
  menu: 'purchase',
  numbering: { prefix: 'CGRK' },
  orders: { from: ['purchase-order'] },
  header: {
    supplierId: inAudience('buying', reference('supplier', ['供应商', 'Supplier'])),
    warehouseId: warehouseField(),
    invoiceKind: invoiceKindField(),
    dueOn: inAudience('buying', optional(dateField(['约定付款日', 'Due on']))),
    note: noteField(),
    acceptExcess: acceptExcessField(),
  },
  lines: {
    ...orderFields(['采购订单', 'Purchase order']),
    skuId: skuField(),
    quantity: quantityField(['入库数量', 'Quantity']),
    ...goodsIn(),
    ...pricedLine('buying'),
    isGift: inAudience('buying', flagField(['赠品', 'Gift'])),
  },
  roles: {
    edit: ['keeper', 'buyer', 'manager'],
    post: ['keeper', 'buyer', 'manager'],
    reverse: ['manager'],
  },
  list: ['supplierId', 'warehouseId', 'invoiceKind'],
  print: {
    signatures: [
      ['采购员', 'Buyer'],
      ['仓管', 'Keeper'],
      ['送货人', 'Delivered by'],
    ],
  },
  movementClass: 'receipt',

  check(document) {
    return document.lines
      .filter((line) => line.isGift === 1 && line.price !== undefined && line.price > 0)
      .map(({ lineId }) => ({ code: 'gift-with-price', field: 'price', lineId }))
  },

  movements: eachLine('in'),

  // 借 库存商品, 进项税 / 贷 应付账款; before the invoice (未到票) 贷 应付账款-暂估.
  voucherLines({ header, lines }) {
    const isInvoiced = header.invoiceKind === 'special' || header.invoiceKind === 'ordinary'
    const account = isInvoiced ? 'payable' : 'accrued-payable'
    return lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account: 'inventory', amount: { kind: 'net-of', leg } },
      { side: 'debit', account: 'input-vat', amount: { kind: 'tax-of', leg } },
      { side: 'credit', account, amount: { kind: 'gross-of', leg } },
    ])
  },
})
