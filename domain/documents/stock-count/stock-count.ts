/**
 * 盘点单 (stock count): says what was there, and when; what that moved, the merged log tells. Entries of
 * one SKU add up, over all count areas (盘点区域): without bins they are one assertion [F5].
 */

import { defineDocument, type Goods } from '#domain/doctype/define.ts'
import {
  choice,
  countedField,
  momentField,
  optional,
  reference,
  textField,
} from '#domain/doctype/fields.ts'
import { batchField, binField, serialsField, statusField } from '#domain/doctype/goods-fields.ts'
import { goodsOf } from '#domain/doctype/movements.ts'
import type { SkuId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { addQuantity, type Quantity, zeroQuantity } from '#domain/values/quantity.ts'

interface Entry extends Omit<Goods, 'bin' | 'produced' | 'expires'> {
  readonly binId?: string
  readonly lineId: string
  readonly skuId: SkuId
  readonly quantity?: Quantity
  readonly countedAt?: Instant
  readonly countedFrom?: Instant
}

export const stockCount = defineDocument({
  type: 'stock-count',
  label: ['盘点单', 'Stock count'],
  menu: 'stock',
  numbering: { prefix: 'PDD' },
  header: {
    warehouseId: reference('warehouse', ['仓库', 'Warehouse']),
    // Without a choice lines that were left blank are nothing but that: 仅处理已盘.
    uncounted: optional(
      choice(['未盘商品的处理', 'Lines left blank'], {
        leave: ['仅处理已盘', 'Leave them alone'],
        book: ['未盘按账面', 'Take the book as right'],
        zero: ['未盘按零', 'Take as none there'],
      }),
    ),
    note: optional(textField(['备注', 'Note'])),
  },
  lines: {
    skuId: reference('sku', ['商品', 'SKU'], 'accepted'),
    quantity: optional(countedField(['实盘数', 'Counted'])),
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
  },
  movementClass: 'count',

  check({ header, lines }) {
    if (header.uncounted === 'zero') return []
    if (lines.every(({ quantity }) => quantity === undefined)) return [{ code: 'nothing-counted' }]
    return byGoods(lines).flatMap((entries) => {
      const blank = entries.find(({ quantity }) => quantity === undefined)
      const isOther = blank === undefined || entries.every(({ quantity }) => quantity === undefined)
      // What lies in the area that nobody counted would pass for lost.
      return isOther ? [] : [{ code: 'area-not-counted', field: 'quantity', lineId: blank.lineId }]
    })
  },

  movements: ({ header, lines }) =>
    assertionsOf(lines, header.uncounted).map((assertion) => ({
      ...assertion,
      warehouseId: header.warehouseId,
      quantity: zeroQuantity,
    })),

  // 借 库存商品 / 贷 待处理财产损溢, cleared to 营业外收入; a loss the other way, to 营业外支出.
  voucherLines({ header, lines }) {
    return assertionsOf(lines, header.uncounted).flatMap(({ leg }) => [
      { side: 'debit', account: 'inventory', amount: { kind: 'gain-of', leg } },
      { side: 'credit', account: 'pending-loss', amount: { kind: 'gain-of', leg } },
      { side: 'debit', account: 'pending-loss', amount: { kind: 'gain-of', leg } },
      { side: 'credit', account: 'other-income', amount: { kind: 'gain-of', leg } },
      { side: 'debit', account: 'pending-loss', amount: { kind: 'loss-of', leg } },
      { side: 'credit', account: 'inventory', amount: { kind: 'loss-of', leg } },
      { side: 'debit', account: 'other-expense', amount: { kind: 'loss-of', leg } },
      { side: 'credit', account: 'pending-loss', amount: { kind: 'loss-of', leg } },
    ])
  },
})

interface Assertion {
  /** The id of its first line. */
  readonly leg: string
  readonly skuId: SkuId
  readonly goods: Goods
  readonly counted: Quantity
  readonly countedAt?: Instant
  readonly countedFrom?: Instant
}

function assertionsOf(lines: readonly Entry[], uncounted: string | undefined): Assertion[] {
  return byGoods(lines).flatMap((entries): Assertion[] => {
    const [first] = entries
    const counted = entries.filter(({ quantity }) => quantity !== undefined)
    if (first === undefined || (counted.length === 0 && uncounted !== 'zero')) return []
    const quantities = counted.map(({ quantity = zeroQuantity }) => quantity)
    return [
      {
        leg: first.lineId,
        skuId: first.skuId,
        goods: goodsOf(first),
        counted: quantities.reduce(addQuantity, zeroQuantity),
        // What was left blank is none there at the end of the count, and not before.
        ...(counted.length === entries.length ? momentsOf(counted) : {}),
      },
    ]
  })
}

/** Lines by the goods that they count, in the order of the document; pieces with numbers line by line. */
function byGoods(lines: readonly Entry[]): readonly (readonly Entry[])[] {
  const entriesByGoods = new Map<string, Entry[]>()
  for (const line of lines) {
    const { skuId, batch, binId, status = 'good', serials } = line
    const key = JSON.stringify([skuId, batch, binId, status, serials && line.lineId])
    const known = entriesByGoods.get(key)
    if (known === undefined) entriesByGoods.set(key, [line])
    else known.push(line)
  }
  return [...entriesByGoods.values()]
}

/** Of the last entry and, where that was another moment, the first; the document's where one lacks its own. */
function momentsOf(entries: readonly Entry[]): {
  readonly countedAt?: Instant
  readonly countedFrom?: Instant
} {
  const ends = entries.flatMap(({ countedAt = [] }) => countedAt)
  if (ends.length < entries.length) return {}
  const countedAt = ends.reduce((latest, end) => (end > latest ? end : latest))
  const starts = entries.flatMap(({ countedFrom = [] }) => countedFrom)
  const countedFrom = [...starts, ...ends].reduce((first, each) => (each < first ? each : first))
  return countedFrom < countedAt ? { countedAt, countedFrom } : { countedAt }
}
