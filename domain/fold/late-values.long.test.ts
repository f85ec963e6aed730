import { describe, expect, it } from 'vitest'
import { aReopening, aSeal } from '#tests/builders/a-seal.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import {
  adjustingRecord,
  postingRecords,
  reversalRecord,
  suppliedRecord,
  type TestPosting,
} from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')
const where = { device: 'A', branch: 'main' } as const
const dayMs = 86_400_000
/** Day of January 2026; February begins with day 32. */
const day = (number: number) => 1_767_225_600_000 + (number - 1) * dayMs
const february = day(32)
const march = day(60)
const piece = 10_000

function moved(writer: JournalWriter, name: string, on: number, count: number, value?: number) {
  const goods = { sku: 'apple', warehouse: 'shop', quantity: count * piece }
  return postingRecords(writer, {
    ...{ ...where, document: name, at: day(on) },
    type: count < 0 ? 'shipment' : 'goods-receipt',
    legs: [{ leg: '1', ...goods, ...(value !== undefined && { value }) }],
  })
}

function said(
  writer: JournalWriter,
  name: string,
  on: number,
  what: { readonly amount: number; readonly count?: number },
) {
  const { amount, count } = what
  const kind = count === undefined ? 'landed' : 'invoice'
  const billed = count === undefined ? {} : { quantity: count * piece }
  return adjustingRecord(writer, {
    ...{ device: 'B', branch: 'main', document: name, at: day(on), writtenAt: day(on) },
    adjustments: [{ document: 'r', leg: '1', kind, amount, ...billed }],
  })
}

function takenBack(writer: JournalWriter, name: string, on: number) {
  const audience = name === 'r' ? 'goods' : 'buying'
  const at = { at: day(on), writtenAt: day(on) }
  return [reversalRecord(writer, { device: 'B', branch: 'main', document: name, audience, ...at })]
}

function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

function stateOf(fold: Fold): unknown {
  return [
    ...['goods', 'buying'].map((layer) => fold.hash(layer as 'goods', branch)),
    fold.stock.card(sku, { branch }),
    fold.findings(),
  ]
}

/** Every order of arrival of whole batches leads to one state, and so does a checkpoint on the way. */
function inEveryOrder(batches: readonly (readonly FoldEntry[])[]): Fold {
  const expected = foldOf(batches.flat())
  for (const [index, order] of arrivalsOf(batches.length).entries()) {
    let fold = openFold()
    for (const [done, batch] of order.entries()) {
      fold.apply(batches[batch] ?? [])
      if (done === index % batches.length) fold = openFold({ checkpoint: fold.checkpoint() })
    }
    expect(stateOf(fold)).toEqual(stateOf(expected))
    expect(fold.audit()).toBeUndefined()
  }
  return expected
}

function sealedRows(fold: Fold, until = february) {
  return fold.stock
    .card(sku, { branch })
    .filter(({ at }) => at < until)
    .map((row) => [row.docId, row.at, row.quantity, row.cost, row.valueAfter])
}

/** Value of the pool, and what each change of value after the month has moved. */
function worth(fold: Fold): unknown {
  const rows = fold.stock.card(sku, { branch }).filter(({ at }) => at >= february)
  return [
    fold.stock.pool(sku, branch)?.value ?? 0,
    ...rows.map(({ kind, docId, cost, at }) => [kind, docId, cost, (at - day(1)) / dayMs + 1]),
  ]
}

const of = (name: string) => idOf('document', name)

describe('what is said of goods whose month is closed', () => {
  /** Ten came at 5.00 and six were sold; January is closed over that. */
  function closed(writer: JournalWriter, price: number | undefined = 5_000) {
    const trade = [...moved(writer, 'r', 3, 10, price), ...moved(writer, 's', 4, -6)]
    return { trade, seal: [aSeal(writer, 'main', february, trade)] }
  }

  it('[SEL12] [FLW8] a charge of 10.00 is parted: 4.00 here, 6.00 gone', () => {
    const writer = new JournalWriter()
    const { trade, seal } = closed(writer)
    const fold = inEveryOrder([trade, seal, [said(writer, 'l', 40, { amount: 1_000 })]])
    expect(sealedRows(fold)).toEqual(sealedRows(foldOf(trade)))
    expect(worth(fold)).toEqual([
      2_400,
      ['movement', of('l'), 1_000, 40],
      ['difference', of('l'), -600, 40],
    ])
  })

  it('[SEL12] an invoice changes the value by what it differs from the estimate, piece by piece', () => {
    const writer = new JournalWriter()
    const { trade, seal } = closed(writer)
    const first = [said(writer, 'i', 40, { count: 5, amount: 3_000 })]
    const second = [said(writer, 'j', 45, { count: 5, amount: 2_000 })]
    const fold = inEveryOrder([trade, seal, first, second])
    expect(sealedRows(fold)).toEqual(sealedRows(foldOf(trade)))
    expect(worth(fold)).toEqual([
      2_000,
      ['movement', of('i'), 500, 40],
      ['difference', of('i'), -300, 40],
      ['movement', of('j'), -500, 45],
      ['difference', of('j'), 300, 45],
    ])
  })

  it('[SEL12] an invoice at the estimate changes nothing', () => {
    const writer = new JournalWriter()
    const { trade, seal } = closed(writer)
    const fold = inEveryOrder([trade, seal, [said(writer, 'i', 40, { count: 10, amount: 5_000 })]])
    expect(worth(fold)).toEqual([2_000])
  })

  it('[SEL12] what was sealed with the goods re-rates them', () => {
    const writer = new JournalWriter()
    const trade = [...moved(writer, 'r', 3, 10, 5_000), ...moved(writer, 's', 4, -6)]
    const invoice = [said(writer, 'i', 40, { count: 10, amount: 6_000 })]
    const seal = [aSeal(writer, 'main', february, [...trade, ...invoice])]
    const fold = inEveryOrder([trade, invoice, seal])
    expect(worth(fold)).toEqual([2_400])
  })

  it('[SEL12] dated back into the closed month it counts at the first open moment', () => {
    const writer = new JournalWriter()
    const { trade, seal } = closed(writer)
    const fold = inEveryOrder([trade, seal, [said(writer, 'l', 20, { amount: 1_000 })]])
    expect(worth(fold)).toEqual([
      2_400,
      ['movement', of('l'), 1_000, 32],
      ['difference', of('l'), -600, 32],
    ])
  })

  it('[SEL12] the first invoice of goods without a price stands in place of their provisional cost', () => {
    const writer = new JournalWriter()
    const before = [...moved(writer, 'q', 1, 1, 500), ...moved(writer, 'p', 2, -1)]
    const { trade, seal: _ } = closed(writer, undefined)
    const seal = [aSeal(writer, 'main', february, [...before, ...trade])]
    const invoice = [said(writer, 'i', 40, { count: 10, amount: 6_000 })]
    const back = takenBack(writer, 'i', 50)
    const fold = inEveryOrder([[...before, ...trade], seal, invoice])
    expect(sealedRows(fold)).toEqual(sealedRows(foldOf([...before, ...trade])))
    expect(fold.stock.pool(sku, branch)?.value).toBe(2_400)
    const again = inEveryOrder([[...before, ...trade], seal, invoice, back])
    expect(again.stock.pool(sku, branch)?.value).toBe(2_000)
  })

  it('[SEL12] a reversal that comes late takes back at its own date, by what is here then', () => {
    const writer = new JournalWriter()
    const { trade, seal } = closed(writer)
    const charge = [said(writer, 'l', 40, { amount: 1_000 })]
    const more = moved(writer, 't', 45, -2)
    const back = takenBack(writer, 'l', 50)
    const fold = inEveryOrder([trade, seal, charge, more, back])
    // 24.00 for 4, of which 2 leave with 12.00; of the charge 2.00 belong to what is left.
    expect(worth(fold)).toEqual([
      1_000,
      ['movement', of('l'), 1_000, 40],
      ['difference', of('l'), -600, 40],
      ['movement', of('t'), -1_200, 45],
      ['movement', of('l'), -1_000, 50],
      ['difference', of('l'), 800, 50],
    ])
  })

  it('[SEL12] an invoice that was sealed with the goods is taken back late', () => {
    const writer = new JournalWriter()
    const trade = [...moved(writer, 'r', 3, 10, 5_000), ...moved(writer, 's', 4, -6)]
    const invoice = [said(writer, 'i', 5, { count: 10, amount: 6_000 })]
    const seal = [aSeal(writer, 'main', february, [...trade, ...invoice])]
    const back = takenBack(writer, 'i', 40)
    const fold = inEveryOrder([trade, invoice, seal, back])
    expect(sealedRows(fold)).toEqual(sealedRows(foldOf([...trade, ...invoice])))
    expect(fold.stock.pool(sku, branch)?.value).toBe(2_000)
  })

  it('[SEL12] a later seal closes what was said late, too', () => {
    const writer = new JournalWriter()
    const { trade, seal } = closed(writer)
    const charge = [said(writer, 'l', 40, { amount: 1_000 })]
    const second = [aSeal(writer, 'main', march, [...trade, ...charge])]
    const other = [said(writer, 'm', 41, { amount: 500 })]
    const fold = inEveryOrder([trade, seal, charge, second, other])
    expect(sealedRows(fold, march)).toEqual(
      sealedRows(foldOf([...trade, ...seal, ...charge]), march),
    )
    expect(fold.stock.pool(sku, branch)?.value).toBe(2_600)
  })

  it('[SEL12] [SEL7] reopened, it re-rates the goods', () => {
    const writer = new JournalWriter()
    const { trade, seal } = closed(writer)
    const charge = [said(writer, 'l', 40, { amount: 1_000 })]
    const back = [aReopening(writer, 'main', seal)]
    const fold = inEveryOrder([trade, seal, charge, back])
    expect(stateOf(fold)).toEqual(stateOf(foldOf([...trade, ...charge])))
    expect(worth(fold)).toEqual([2_400])
  })

  it('[SEL13] goods that are reversed take what was said late of them along', () => {
    const writer = new JournalWriter()
    const trade = moved(writer, 'r', 3, 10, 5_000)
    const other = moved(writer, 'q', 4, 10, 7_000)
    const seal = [aSeal(writer, 'main', february, [...trade, ...other])]
    const charge = [said(writer, 'l', 40, { amount: 1_000 })]
    const back = takenBack(writer, 'r', 50)
    const fold = inEveryOrder([[...trade, ...other], seal, charge, back])
    expect(fold.stock.pool(sku, branch)).toMatchObject({ quantity: 100_000, value: 7_000 })
  })

  it('[SEL15] a price of what a count found is parted between the goods here and those gone', () => {
    const count = (price?: number) =>
      ({
        ...{ ...where, document: 'k', type: 'stock-count', at: day(10) },
        pricedBy: 'nobody',
        legs: [
          {
            ...{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: 0, counted: 14 * piece },
            ...(price !== undefined && { value: price }),
          },
        ],
      }) satisfies TestPosting
    for (const [sold, amount, gone] of [
      [6, 1_200, undefined],
      [12, 1_200, -600],
      [14, 1_200, -1_200],
    ] as const) {
      const writer = new JournalWriter()
      // Four are found beside ten at 5.00, and turn out to be worth 8.00 each.
      const found = postingRecords(writer, count())
      const trade = [
        ...moved(writer, 'r', 3, 10, 5_000),
        ...found,
        ...moved(writer, 's', 20, -sold),
      ]
      const seal = [aSeal(writer, 'main', february, trade)]
      const on = { device: 'B', at: day(40), writtenAt: day(40) }
      const price = [suppliedRecord(writer, count(8_000_000), on)]
      const fold = inEveryOrder([trade, seal, price])
      expect(sealedRows(fold)).toEqual(sealedRows(foldOf(trade)))
      expect(worth(fold)).toEqual([
        (14 - sold) * 500 + amount + (gone ?? 0),
        ['movement', of('k'), amount, 40],
        ...(gone === undefined ? [] : [['difference', of('k'), gone, 40]]),
      ])
      const reopened = inEveryOrder([trade, seal, price, [aReopening(writer, 'main', seal)]])
      expect(reopened.stock.pool(sku, branch)).toEqual(
        foldOf([...trade, ...price]).stock.pool(sku, branch),
      )
    }
  })
})
