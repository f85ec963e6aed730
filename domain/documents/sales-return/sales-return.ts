/**
 * 销售退货单 (sales return): takes sold goods back. Linked to a line that was shipped or sold over the
 * counter it refunds what was paid for it and brings back its cost; free, the price is typed and the
 * cost is today's average.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  choice,
  inAudience,
  noteField,
  optional,
  originFields,
  pricedLine,
  quantityField,
  reference,
  skuField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import { goodsIn } from '#domain/doctype/goods-fields.ts'
import { eachLine } from '#domain/doctype/movements.ts'

export const salesReturn = defineDocument({
  type: 'sales-return',
  label: ['销售退货单', 'Sales return'],
  menu: 'sales',
  numbering: { prefix: 'XSTH' },
  links: { from: ['shipment', 'retail-sale'] },
  header: {
    customerId: inAudience(
      'sales',
      optional(reference('customer', ['客户', 'Customer'], 'accepted')),
    ),
    warehouseId: warehouseField(),
    refund: inAudience(
      'sales',
      choice(['退款方式', 'Refund'], {
        receivable: ['冲应收', 'On account'],
        cash: ['现金', 'Cash'],
        wechat: ['微信', 'WeChat'],
        alipay: ['支付宝', 'Alipay'],
        card: ['银行卡', 'Card'],
      }),
    ),
    note: noteField(),
  },
  lines: {
    ...originFields(['原销售单', 'Sale']),
    skuId: skuField('accepted'),
    quantity: quantityField(['退货数量', 'Quantity']),
    ...goodsIn(),
    ...pricedLine('sales'),
  },
  roles: {
    edit: ['keeper', 'seller', 'manager'],
    post: ['seller', 'manager'],
    reverse: ['manager'],
  },
  list: ['customerId', 'warehouseId', 'refund'],
  print: {
    signatures: [
      ['业务员', 'Seller'],
      ['仓管', 'Keeper'],
      ['客户签字', 'Customer'],
    ],
  },
  movementClass: 'return-in',
  movements: eachLine('in'),

  // Red of the sale, and of its cost: 借 主营业务成本 (红) / 贷 库存商品 (红).
  voucherLines({ header, lines }) {
    const account = header.refund ?? 'receivable'
    return lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account, amount: { kind: 'gross-of', leg }, isRed: true },
      { side: 'credit', account: 'revenue', amount: { kind: 'net-of', leg }, isRed: true },
      { side: 'credit', account: 'output-vat', amount: { kind: 'tax-of', leg }, isRed: true },
      { side: 'debit', account: 'cost-of-sales', amount: { kind: 'cost-of', leg }, isRed: true },
      { side: 'credit', account: 'inventory', amount: { kind: 'cost-of', leg }, isRed: true },
    ])
  },
})
