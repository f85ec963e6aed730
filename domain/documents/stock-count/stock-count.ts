/**
 * 盘点单 (stock count): says what was there, and when; what that moved, the merged log tells. Entries of
 * one SKU add up, over all count areas (盘点区域): without bins they are one assertion [F5]. A price says
 * what the surplus is worth (盘盈入库价), or all that is there.
 */

import {
  type AnyDocumentDefinition,
  defineDocument,
  type PostProblem,
} from '#domain/doctype/define.ts'
import {
  choice,
  countedField,
  flagField,
  inAudience,
  momentField,
  noteField,
  optional,
  priceField,
  skuField,
  textField,
  warehouseField,
} from '#domain/doctype/fields.ts'
import { batchField, binField, serialsField, statusField } from '#domain/doctype/goods-fields.ts'
import { partOfDayField } from '#domain/doctype/part-of-day.ts'
import { money } from '#domain/values/money.ts'
import { zeroQuantity } from '#domain/values/quantity.ts'
import {
  assertionsOf,
  byGoods,
  type Entry,
  restatementsOf,
  restatingLeg,
} from './counted-entries.ts'

export const stockCount = defineDocument({
  type: 'stock-count',
  label: ['盘点单', 'Stock count'],
  menu: 'stock',
  numbering: { prefix: 'PDD' },
  header: {
    warehouseId: warehouseField(),
    partOfDay: partOfDayField(),
    // Without a choice lines that were left blank are nothing but that: 仅处理已盘.
    uncounted: optional(
      choice(['未盘商品的处理', 'Lines left blank'], {
        leave: ['仅处理已盘', 'Leave them alone'],
        book: ['未盘按账面', 'Take the book as right'],
        zero: ['未盘按零', 'Take as none there'],
      }),
    ),
    restates: flagField(['单价用于全部实盘', 'Price applies to all that is there']),
    note: noteField(),
  },
  lines: {
    skuId: skuField('accepted'),
    quantity: optional(countedField(['实盘数', 'Counted'])),
    price: inAudience('buying', optional(priceField(['盘盈单价', 'Unit cost of surplus']))),
    area: optional(textField(['盘点区域', 'Count area'])),
    batch: batchField(),
    serials: serialsField(),
    binId: binField('warehouseId'),
    status: statusField(),
    reason: optional(
      choice(['差异原因', 'Reason'], {
        'not-entered': ['漏录单据', 'A document was not entered'],
        'mixed-up': ['串货', 'Mixed up'],
        damaged: ['损耗', 'Damage or shrinkage'],
        stolen: ['丢失被盗', 'Lost or stolen'],
        other: ['其他', 'Other'],
      }),
    ),
    countedFrom: optional(momentField(['开始盘点', 'Counted from'])),
    countedAt: optional(momentField(['盘点时间', 'Counted at'])),
  },
  roles: { edit: ['keeper', 'manager'], post: ['manager'] },
  list: ['warehouseId', 'note'],
  print: {
    signatures: [
      ['盘点人', 'Counted by'],
      ['监盘人', 'Witnessed by'],
      ['审批人', 'Approved by'],
    ],
    without: ['price'],
  },
  movementClass: 'count',

  check({ header, lines }) {
    if (header.uncounted === 'zero') return []
    // What restates says something of goods by the book. The price is not asked: who counts may not read it.
    if (header.restates === 1) return areasNotCounted(lines)
    if (lines.every(({ quantity }) => quantity === undefined)) return [{ code: 'nothing-counted' }]
    return areasNotCounted(lines)
  },

  movements({ header, lines }) {
    const place = { warehouseId: header.warehouseId, quantity: zeroQuantity }
    const counted = assertionsOf(lines, header.uncounted).map((each) => ({ ...each, ...place }))
    const restated = header.restates === 1 ? restatementsOf(lines) : []
    return [...counted, ...restated.map((each) => ({ ...each, ...place }))]
  },

  /** Of ten thousand base units: that many fen are the price in millionths of a yuan. */
  values({ header, lines }) {
    return byGoods(lines).flatMap((entries) => {
      const [first] = entries
      const price = entries.find((entry) => entry.price !== undefined)?.price
      if (first === undefined || price === undefined) return []
      const leg = header.restates === 1 ? restatingLeg(first) : first.lineId
      return [{ leg, amount: money(price) }]
    })
  },

  // 借 库存商品 / 贷 待处理财产损溢, cleared to 营业外收入; a loss the other way, to 营业外支出; what
  // is restated beside that is a difference of cost.
  voucherLines({ header, lines }) {
    const restated = header.restates === 1 ? restatementsOf(lines) : []
    return [
      ...countedVoucher(lines, header.uncounted),
      ...restated.flatMap(
        ({ leg }): VoucherLines => [
          { side: 'debit', account: 'inventory', amount: { kind: 'cost-of', leg } },
          { side: 'credit', account: 'cost-difference', amount: { kind: 'cost-of', leg } },
        ],
      ),
    ]
  },
})

type VoucherLines = ReturnType<AnyDocumentDefinition['voucherLines']>

function countedVoucher(lines: readonly Entry[], uncounted: string | undefined): VoucherLines {
  return assertionsOf(lines, uncounted).flatMap(
    ({ leg }): VoucherLines => [
      { side: 'debit', account: 'inventory', amount: { kind: 'gain-of', leg } },
      { side: 'credit', account: 'pending-loss', amount: { kind: 'gain-of', leg } },
      { side: 'debit', account: 'pending-loss', amount: { kind: 'gain-of', leg } },
      { side: 'credit', account: 'other-income', amount: { kind: 'gain-of', leg } },
      { side: 'debit', account: 'pending-loss', amount: { kind: 'loss-of', leg } },
      { side: 'credit', account: 'inventory', amount: { kind: 'loss-of', leg } },
      { side: 'debit', account: 'other-expense', amount: { kind: 'loss-of', leg } },
      { side: 'credit', account: 'pending-loss', amount: { kind: 'loss-of', leg } },
    ],
  )
}

/** [SCT4] What lies in the area that nobody counted would pass for lost. */
function areasNotCounted(lines: readonly Entry[]): PostProblem[] {
  return byGoods(lines).flatMap((entries) => {
    const blank = entries.find(({ quantity }) => quantity === undefined)
    const isOther = blank === undefined || entries.every(({ quantity }) => quantity === undefined)
    return isOther ? [] : [{ code: 'area-not-counted', field: 'quantity', lineId: blank.lineId }]
  })
}
