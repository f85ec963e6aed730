/** 期初库存 (opening stock): what lies in a warehouse, and what it cost, when the books begin. */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  inAudience,
  moneyField,
  noteField,
  optional,
  pricedLine,
  quantityField,
  skuField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import { goodsIn } from '#domain/doctype/goods-fields.ts'
import { eachLine } from '#domain/doctype/movements.ts'

const { unit, price } = pricedLine('buying')

export const openingStock = defineDocument({
  type: 'opening-stock',
  label: ['期初库存', 'Opening stock'],
  menu: 'stock',
  numbering: { prefix: 'QCKC' },
  header: {
    warehouseId: warehouseField(),
    note: noteField(),
  },
  lines: {
    skuId: skuField('accepted'),
    quantity: quantityField(['期初数量', 'Quantity']),
    ...goodsIn(),
    unit,
    price: optional(price),
    // Follows from the price; old books that know only the value of a line type it.
    amount: inAudience('buying', moneyField(['期初金额', 'Value'])),
  },
  roles: { edit: ['keeper', 'buyer', 'finance', 'manager'], post: ['finance', 'manager'] },
  list: ['warehouseId'],
  print: {
    signatures: [
      ['制单人', 'Made by'],
      ['财务', 'Finance'],
    ],
  },
  movementClass: 'opening',
  movements: eachLine('in'),

  // The opening balance of 库存商品 is entered with those of all accounts: no voucher here.
  voucherLines: () => [],
})
