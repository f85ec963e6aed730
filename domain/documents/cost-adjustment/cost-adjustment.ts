/**
 * 成本调整单 (cost adjustment): makes what goods on hand are worth more or less, at a moment, and moves
 * none of them. What the stock cannot take, because nothing is left, is 成本尾差.
 */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  choice,
  inAudience,
  moneyField,
  noteField,
  skuField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import { money } from '#domain/values/money.ts'
import { zeroQuantity } from '#domain/values/quantity.ts'

export const costAdjustment = defineDocument({
  type: 'cost-adjustment',
  label: ['成本调整单', 'Cost adjustment'],
  menu: 'stock',
  numbering: { prefix: 'CBTZ' },
  header: {
    warehouseId: warehouseField(),
    direction: choice(['调整方向', 'Direction'], {
      increase: ['调增', 'Increase'],
      decrease: ['调减', 'Decrease'],
    }),
    reason: choice(['调整原因', 'Reason'], {
      'wrong-price': ['入库价有误', 'Wrong receipt price'],
      'price-fall': ['跌价', 'Fall in price'],
      'opening-error': ['期初有误', 'Wrong opening'],
      other: ['其他', 'Other'],
    }),
    note: noteField(),
  },
  lines: {
    skuId: skuField('accepted'),
    amount: inAudience('buying', moneyField(['调整金额', 'Amount'])),
  },
  roles: { edit: ['buyer', 'finance', 'manager'], post: ['finance', 'manager'] },
  list: ['warehouseId', 'direction', 'reason'],
  print: {
    signatures: [
      ['制单人', 'Made by'],
      ['审批人', 'Approved by'],
    ],
  },
  movementClass: 'value',

  movements({ header, lines }) {
    return lines.map(({ lineId: leg, skuId }) => ({
      ...{ leg, skuId, warehouseId: header.warehouseId, quantity: zeroQuantity },
    }))
  },

  values({ header, lines }) {
    const sign = header.direction === 'decrease' ? -1 : 1
    return lines.flatMap(({ lineId: leg, amount }) =>
      amount === undefined || amount === 0 ? [] : [{ leg, amount: money(sign * amount) }],
    )
  },

  // 借 库存商品 / 贷 主营业务成本; red where the value falls, for the cost of a leg is signed.
  voucherLines({ lines }) {
    return lines.flatMap(({ lineId: leg }) => [
      { side: 'debit', account: 'inventory', amount: { kind: 'cost-of', leg } },
      { side: 'credit', account: 'cost-difference', amount: { kind: 'cost-of', leg } },
    ])
  },
})
