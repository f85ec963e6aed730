/** 零售单 (retail sale): sells goods over the counter, paid at once in one way or several. */

import { defineDocument } from '#domain/doctype/define.ts'
import {
  bundleSharesField,
  derived,
  inAudience,
  moneyField,
  noteField,
  optional,
  quantityField,
  skuField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import { goodsOut, sellExpiredField } from '#domain/doctype/goods-fields.ts'
import { eachLine } from '#domain/doctype/movements.ts'
import { allowanceField, reductionFields, soldLine } from '#domain/doctype/reductions.ts'
import { type Money, subtractMoney, sumMoney, zeroMoney } from '#domain/values/money.ts'

const tenders = ['cash', 'wechat', 'alipay', 'card'] as const

type Payments = { readonly [Tender in (typeof tenders)[number] | 'change']?: Money }
type SoldLines = readonly { readonly amount?: Money; readonly allowance?: Money }[]

export const retailSale = defineDocument({
  type: 'retail-sale',
  label: ['零售单', 'Retail sale'],
  menu: 'sales',
  numbering: { prefix: 'LSCK' },
  header: {
    warehouseId: warehouseField(),
    ...reductionFields(),
    cash: inAudience('sales', optional(moneyField(['现金', 'Cash']))),
    wechat: inAudience('sales', optional(moneyField(['微信', 'WeChat']))),
    alipay: inAudience('sales', optional(moneyField(['支付宝', 'Alipay']))),
    card: inAudience('sales', optional(moneyField(['银行卡', 'Card']))),
    change: inAudience('sales', derived(moneyField(['找零', 'Change']))),
    note: noteField(),
    sellExpired: sellExpiredField(),
  },
  lines: {
    skuId: skuField(),
    quantity: quantityField(['数量', 'Quantity']),
    ...goodsOut(),
    ...soldLine(),
    bundleShares: bundleSharesField(),
    allowance: allowanceField(),
  },
  roles: { edit: ['seller', 'manager'], post: ['seller', 'manager'], reverse: ['manager'] },
  list: ['warehouseId', 'cash', 'wechat', 'alipay', 'card'],
  print: { signatures: [['收银员', 'Cashier']], without: ['allowance'] },
  movementClass: 'issue',

  // Nothing typed means paid exactly, in cash: the commonest sale needs no figure.
  derive({ header, lines }) {
    if (!isPriced(lines)) return {}
    const payable = payableOf(lines)
    if (tenders.every((tender) => header[tender] === undefined)) return { cash: payable }
    const change = subtractMoney(receivedOf(header), payable)
    return change > 0 ? { change } : {}
  },

  check({ header, lines }) {
    if (!isPriced(lines)) return []
    const payable = payableOf(lines)
    const received = receivedOf(header)
    if (received < payable) return [{ code: 'underpaid', field: 'cash', payable, received }]
    const { cash = zeroMoney, change = zeroMoney } = header
    return change > cash ? [{ code: 'change-exceeds-cash', field: 'cash', change, cash }] : []
  },

  movements: eachLine('out'),

  // 借 库存现金 (less change), 其他货币资金 / 贷 主营业务收入, 销项税; 借 主营业务成本 / 贷 库存商品.
  voucherLines({ header, lines }) {
    const received = tenders.flatMap((account) => {
      const change = account === 'cash' ? header.change : undefined
      const amount = subtractMoney(header[account] ?? zeroMoney, change ?? zeroMoney)
      const kept = { side: 'debit', account, amount: { kind: 'stated', amount } } as const
      return amount === 0 ? [] : [kept]
    })
    const sold = lines.flatMap(
      ({ lineId: leg }) =>
        [
          { side: 'credit', account: 'revenue', amount: { kind: 'net-of', leg } },
          { side: 'credit', account: 'output-vat', amount: { kind: 'tax-of', leg } },
          { side: 'debit', account: 'cost-of-sales', amount: { kind: 'cost-of', leg } },
          { side: 'credit', account: 'inventory', amount: { kind: 'cost-of', leg } },
        ] as const,
    )
    return [...received, ...sold]
  },
})

/** Without the sales part nobody on this device knows what is due. */
function isPriced(lines: SoldLines): boolean {
  return lines.every((line) => line.amount !== undefined)
}

function payableOf(lines: SoldLines): Money {
  return sumMoney(
    lines.map(({ amount = zeroMoney, allowance = zeroMoney }) => subtractMoney(amount, allowance)),
  )
}

function receivedOf(payments: Payments): Money {
  return sumMoney(tenders.map((tender) => payments[tender] ?? zeroMoney))
}
