import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/values/instant.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { postingRecords, type TestPosting } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { scenario } from '#tests/builders/scenario.ts'
import { openFold } from './fold.ts'

function posting(document: string, at: number, type = 'shipment', branch = 'main'): TestPosting {
  return { device: 'A', branch, document, type, at, legs: [] }
}

describe('documents in a list 单据列表', () => {
  const writer = new JournalWriter()
  const groups = [
    posting('d1', 10),
    posting('d2', 30),
    posting('d3', 20, 'goods-receipt'),
    posting('d4', 40, 'shipment', 'other'),
    posting('d5', 30),
  ].map((each) => postingRecords(writer, each))

  it('[DCV1] newest first by trade moment and clock, page by page, in every order of arrival', () => {
    for (const order of arrivalsOf(groups.length)) {
      const fold = openFold()
      for (const index of order) fold.apply(groups[index] ?? [])
      const page = (offset: number, limit: number) =>
        fold.documents.page({ offset, limit }).rows.map(({ number }) => number)
      expect(page(0, 10)).toEqual(['N-d4', 'N-d5', 'N-d2', 'N-d3', 'N-d1'])
      expect([page(0, 2), page(2, 2), page(4, 2), page(9, 2)]).toEqual([
        ['N-d4', 'N-d5'],
        ['N-d2', 'N-d3'],
        ['N-d1'],
        [],
      ])
      expect(fold.documents.count).toBe(5)
    }
  })

  it('[DCV1] are filtered by type, branch and time', () => {
    const fold = openFold()
    fold.apply(groups.flat())
    const numbers = (filter: object) => {
      const { total, rows } = fold.documents.page({ ...filter, offset: 0, limit: 2 })
      return [total, ...rows.map(({ number }) => number)]
    }
    expect(numbers({ type: 'shipment' })).toEqual([4, 'N-d4', 'N-d5'])
    expect(numbers({ type: 'shipment', branch: idOf('branch', 'main') })).toEqual([
      3,
      'N-d5',
      'N-d2',
    ])
    expect(numbers({ from: 20 as Instant, to: 30 as Instant })).toEqual([1, 'N-d3'])
    expect(numbers({ type: 'never-seen' })).toEqual([0])
  })

  it('[DCV2] an entry says who posted what, when, in which records, and what is pending', () => {
    const fold = openFold()
    fold.apply(groups.flat())
    expect(fold.documents.get(idOf('document', 'd3'))).toEqual({
      docId: idOf('document', 'd3'),
      type: 'goods-receipt',
      number: 'N-d3',
      branch: idOf('branch', 'main'),
      at: 20,
      hlc: groups[2]?.[0]?.record.hlc,
      device: idOf('device', 'A'),
      by: idOf('user', 'A'),
      state: 'posted',
      postingId: idOf('posting', 'd3'),
      partRecordIds: { goods: idOf('goods-part', 'd3') },
      pendingParts: ['buying'],
    })
    expect(fold.documents.get('nobody')).toBeUndefined()
  })
})

describe('stock at a glance', () => {
  it('[DCV8] pages through SKUs and warehouses in the order of a list, each warehouse once', () => {
    const writer = new JournalWriter()
    const fold = openFold()
    const skus = ['c', 'a', 'b', 'd']
    for (const [index, sku] of [...skus, 'a', 'b', 'a'].entries()) {
      const warehouse = index < 4 ? 'front' : 'back'
      // The warehouse was moved to another branch once: its goods are one row.
      const branch = index === 6 ? 'other' : 'main'
      const quantity = (sku === 'b' ? -1 : 1) * 10_000
      const legs = [{ leg: '1', sku, warehouse, quantity }]
      fold.apply(
        postingRecords(writer, { ...posting(`d${index}`, index, 'stock-gain', branch), legs }),
      )
    }
    const [front, back] = ['front', 'back'].map((name) => idOf('warehouse', name)) as [
      string,
      string,
    ]
    const list = (asked: object) =>
      fold.stock.list({
        skus: ['a', 'b', 'c'].map((name) => idOf('sku', name)),
        ...{ others: 'last' as const, warehouses: new Set([front, back]), offset: 0, limit: 10 },
        ...asked,
      })
    const text = (asked: object) =>
      list(asked).rows.map(({ sku, warehouse, quantity }) => {
        const name = skus.find((each) => idOf('sku', each) === sku)
        return `${name}${warehouse === front ? 'F' : 'B'}${quantity / 10_000}`
      })
    const [all, pages] = [text({}), [0, 2, 4, 6].flatMap((offset) => text({ offset, limit: 2 }))]
    expect([...all].sort()).toEqual(['aB2', 'aF1', 'bB-1', 'bF-1', 'cF1', 'dF1'])
    expect(all.map((each) => each[0])).toEqual(['a', 'a', 'b', 'b', 'c', 'd'])
    expect(pages).toEqual(all)
    expect(list({}).total).toBe(6)
    expect(text({ only: 'negative' }).map((each) => each[0])).toEqual(['b', 'b'])
    expect(list({ only: 'in-stock', others: 'never' }).total).toBe(3)
    expect(text({ warehouses: new Set([back]) })).toEqual(['aB2', 'bB-1'])
    expect(list({ offset: 50 })).toEqual({ total: 6, rows: [] })
  })

  it('[DCV7] counts SKUs and value of the branches that are asked about', () => {
    const writer = new JournalWriter()
    const leg = (sku: string, quantity: number, value?: number) => ({
      ...{ leg: sku, sku, warehouse: 'front', quantity: quantity * 10_000 },
      ...(value !== undefined && { value }),
    })
    const fold = openFold()
    for (const branch of ['main', 'other']) {
      const receipt = { ...posting(`in-${branch}`, 10, 'goods-receipt', branch) }
      const legs = [leg('a', 2, 700), leg('b', 1, 50)]
      fold.apply(postingRecords(writer, { ...receipt, legs }))
    }
    const sale = posting('out', 20)
    fold.apply(postingRecords(writer, { ...sale, legs: [leg('b', -1), leg('c', -3)] }))
    const [main, other] = ['main', 'other'].map((name) => idOf('branch', name)) as [string, string]
    expect(fold.stock.summary([main])).toMatchObject({
      skusInStock: 1,
      skusNegative: 1,
      value: 700,
    })
    expect(fold.stock.summary([other])).toEqual({ skusInStock: 2, skusNegative: 0, value: 750 })
    expect(fold.stock.summary([main, other])).toMatchObject({ skusInStock: 2, skusNegative: 1 })
    expect(fold.stock.summary(['nowhere'])).toEqual({ skusInStock: 0, skusNegative: 0, value: 0 })
  })
})

describe('the card 台账', () => {
  it('[DCV3] follows one warehouse, with the value of the branch beside it', () => {
    const { fold } = scenario(`
      day       document       id  sku   in  out  price  warehouse  to
      01        goods-receipt  r1  苹果  6   -    5.00   back       -
      02        transfer       t1  苹果  -   4    -      back       front
      03        shipment       s1  苹果  -   1    -      front      -
    `)
    const card = (warehouse: string) =>
      fold.stock
        .card(idOf('sku', '苹果'), { warehouse: idOf('warehouse', warehouse) })
        .map((row) => [row.quantity, row.quantityAfter, row.valueAfter, row.why])
    expect(card('back')).toEqual([
      [60_000, 60_000, 3_000, 'receipt-price'],
      [-40_000, 20_000, 3_000, 'internal'],
    ])
    expect(card('front')).toEqual([
      [40_000, 40_000, 3_000, 'internal'],
      [-10_000, 30_000, 2_500, 'average'],
    ])
  })

  it('[DCV4] stock as of a moment, with what is known now', () => {
    const { fold } = scenario(`
      day       document       id  sku   in  out  price
      01        goods-receipt  r1  苹果  6   -    5.00
      03        shipment       s1  苹果  -   1    -
      02        shipment       s2  苹果  -   2    -
    `)
    const asOf = (day: number) => {
      const at = (1_767_225_600_000 + day * 86_400_000 - 1) as Instant
      const { quantity, value } = fold.stock.asOf(
        idOf('sku', '苹果'),
        { branch: idOf('branch', 'main') },
        at,
      )
      return [quantity, value]
    }
    expect([0, 1, 2, 3].map(asOf)).toEqual([
      [0, 0],
      [60_000, 3_000],
      [40_000, 2_000],
      [30_000, 1_500],
    ])
  })
})
