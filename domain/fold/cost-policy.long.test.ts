import { describe, expect, it } from 'vitest'
import { aReopening, aSeal } from '#tests/builders/a-seal.ts'
import { postingRecords, type TestPosting } from '#tests/builders/documents.ts'
import { inEveryOrder as everyOrder } from '#tests/builders/every-order.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')
const china = 8 * 3_600_000
/** Nine in the morning of a day of 2026 in China. */
const morning = (month: number, day: number) => Date.UTC(2026, month - 1, day, 9) - china
const monthStart = (month: number) => Date.UTC(2026, month - 1, 1) - china

/** Goods of one SKU; a price is fen a piece. */
function moves(
  writer: JournalWriter,
  name: string,
  at: number,
  pieces: number,
  price?: number,
  place = 'main',
): FoldEntry[] {
  const posting: TestPosting = {
    ...{ device: 'A', branch: place, document: name, at },
    type: pieces < 0 ? 'shipment' : 'goods-receipt',
    legs: [
      {
        ...{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: pieces * 10_000 },
        ...(price !== undefined && { value: pieces * price }),
      },
    ],
  }
  return postingRecords(writer, posting)
}

/** What is said of the company; by the server in its own journal. */
function says(
  writer: JournalWriter,
  fields: Readonly<Record<string, Json>>,
  device = 'server-1',
): FoldEntry[] {
  const place = device === 'server-1' ? 'all' : 'main'
  return [
    writer.write({
      ...{ device, branch: place, audience: 'goods', kind: 'masters-changed.v1', at: 1 },
      body: { changes: [{ entity: 'company', id: idOf('company', 'one'), fields }] },
    }),
  ]
}

/** February's and March's trade: the FIFO layers on hand when March ends are 6 at 8.00 and 3 at 5.00. */
function trade(writer: JournalWriter): FoldEntry[] {
  return [
    ...moves(writer, 'r1', morning(2, 2), 10, 500),
    ...moves(writer, 's1', morning(2, 5), -4),
    ...moves(writer, 'r2', morning(3, 2), 6, 800),
    ...moves(writer, 's2', morning(3, 5), -3),
    ...moves(writer, 's3', morning(4, 1), -3),
  ]
}

function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

function stateOf(fold: Fold): unknown {
  return {
    hashes: [fold.hash('goods', branch), fold.hash('buying', branch)],
    card: fold.stock.card(sku, { branch }),
    findings: fold.findings().map(({ code, key }) => [code, key]),
    audit: fold.audit(),
  }
}

/** Every order of arrival of whole batches leads to one state, from a checkpoint too; the fold in the order given. */
const inEveryOrder = (batches: readonly (readonly FoldEntry[])[]) => everyOrder(batches, stateOf)

/** What the goods of a document cost, fen. */
function costOf(fold: Fold, name: string): number | undefined {
  const row = fold.stock.card(sku, { branch }).find(({ docId }) => docId === idOf('document', name))
  return row?.cost === undefined ? undefined : 0 - row.cost
}

const codes = (fold: Fold) => fold.findings().map(({ code }) => code)

describe('change of the cost method 成本方法转换', () => {
  it('[FLW5] what arrives at a stated value does so in every order, the policy known last too', () => {
    const writer = new JournalWriter()
    const transfer = postingRecords(writer, {
      ...{ device: 'A', branch: 'main', document: 't', type: 'transfer', at: morning(2, 3) },
      legs: [
        { leg: '1', sku: 'apple', warehouse: 'shop', quantity: -10_000 },
        { leg: '2', sku: 'apple', pair: '1', warehouse: 'store', quantity: 10_000, value: 700 },
      ],
    })
    const policy = says(writer, { costMethod: 'fifo', costScope: 'warehouse' })
    const receipt = moves(writer, 'r', morning(2, 2), 1, 500)
    const fold = inEveryOrder([transfer, policy, receipt])
    const worths = [...fold.stock.pools()].map(({ value }) => value)
    expect(worths.filter((worth) => worth !== 0)).toEqual([700])
  })

  it('[CMC2] [CST20] counts from the first day of its month and keeps every value, whenever it becomes known', () => {
    const writer = new JournalWriter()
    const fifo = says(writer, { costMethod: 'fifo' })
    const goods = trade(writer)
    const change = says(writer, { 'costMethodFrom:2026-04': 'moving-average' })
    const fold = inEveryOrder([fifo, goods, change])
    expect([costOf(fold, 's1'), costOf(fold, 's2')]).toEqual([2_000, 1_500])
    // 63.00 for nine pieces were there; layers would have given 15.00.
    expect(costOf(fold, 's3')).toBe(2_100)
    expect(fold.stock.pool(sku, branch)).toMatchObject({ quantity: 60_000, value: 4_200 })
    expect(codes(fold)).toEqual([])
  })

  it('[CMC2] several changes follow one another, and one that says what holds says nothing', () => {
    const writer = new JournalWriter()
    const goods = trade(writer)
    const changes = says(writer, {
      'costMethodFrom:2026-03': 'fifo',
      'costMethodFrom:2026-04': 'fifo',
      'costMethodFrom:2026-05': 'moving-average',
    })
    const fold = inEveryOrder([goods, changes])
    expect(fold.stock.policy().changes).toEqual([
      { from: monthStart(3), method: 'fifo' },
      { from: monthStart(5), method: 'moving-average' },
    ])
    expect(costOf(fold, 's3')).toBe(1_500)
  })

  it('[CMC1] counts on the word of the server alone, also where another device was relayed', () => {
    const writer = new JournalWriter()
    const goods = trade(writer)
    const foreign = says(writer, { 'costMethodFrom:2026-03': 'fifo' }, 'B')
    const relayed = foreign.map((entry) => writer.relay(entry, 'all'))
    const fold = inEveryOrder([goods, foreign, relayed])
    expect(fold.stock.policy().changes).toEqual([])
    expect(codes(fold)).toEqual(['malformed-record', 'malformed-record'])
  })

  it('[CMC3] leads between methods under which goods share one value, and to no months across transfers', () => {
    for (const [method, scope, next] of [
      ...([['batch', 'branch', 'fifo'] as const, ['fifo', 'branch', 'serial'] as const] as const),
      ['fifo', 'warehouse', 'month-end'] as const,
    ]) {
      const writer = new JournalWriter()
      const fold = foldOf([
        ...says(writer, { costMethod: method, costScope: scope }),
        ...trade(writer),
        ...says(writer, { 'costMethodFrom:2026-04': next }),
      ])
      expect(fold.stock.policy()).toMatchObject({ method, scope, changes: [] })
    }
  })

  it('[CMC4] [CST14] what is said again holds as it was first said, and is a finding until somebody has seen it', () => {
    const writer = new JournalWriter()
    const first = says(writer, { costMethod: 'fifo', 'costMethodFrom:2026-04': 'moving-average' })
    const goods = trade(writer)
    const again = says(writer, { costMethod: 'month-end', 'costMethodFrom:2026-04': 'month-end' })
    const fold = inEveryOrder([first, goods, again])
    expect(costOf(fold, 's3')).toBe(2_100)
    const [method, change] = fold.findings()
    expect([method, change]).toMatchObject([
      { code: 'policy-restated', evidence: { field: 'costMethod', held: 'fifo' } },
      { code: 'policy-restated', evidence: { held: 'moving-average', passedOver: ['month-end'] } },
    ])
    fold.apply([
      writer.write({
        ...{ device: 'A', branch: 'main', audience: 'goods', kind: 'finding-seen.v1', at: 1 },
        body: { finding: method?.key ?? '', facts: method?.seenAs ?? '' },
      }),
    ])
    expect(fold.findings()).toMatchObject([{ key: change?.key }])
  })

  it('[CMC5] the preview says what would cost something else, what keeps its value, and leaves no trace', () => {
    const writer = new JournalWriter()
    const records = [...says(writer, { costMethod: 'fifo' }), ...trade(writer)]
    const fold = foldOf(records)
    const before = stateOf(fold)
    const method = 'moving-average' as const
    const told = fold.methodImpactOf({ from: monthStart(4) as Instant, method })
    expect(told).toMatchObject({ pools: 1, valueKept: 6_300, valueChange: -600, negative: [] })
    expect(told.legs).toMatchObject([
      { docId: idOf('document', 's3'), costBefore: -1_500, costAfter: -2_100 },
    ])
    expect(stateOf(fold)).toEqual(before)
    expect(stateOf(foldOf(records))).toEqual(before)
    fold.apply(says(writer, { 'costMethodFrom:2026-04': method }))
    expect(costOf(fold, 's3')).toBe(2_100)
    expect(fold.audit()).toBeUndefined()
  })

  it('[CMC3] leads on from serial cost, under which pieces have values of their own as ever', () => {
    const writer = new JournalWriter()
    const serial = says(writer, { costMethod: 'serial' })
    const change = says(writer, { 'costMethodFrom:2026-04': 'fifo' })
    const fold = inEveryOrder([serial, trade(writer), change])
    // 63.00 for nine pieces were worth 5.85 each, and are one layer.
    expect(costOf(fold, 's3')).toBe(1_950)
    expect(fold.stock.policy().changes).toMatchObject([{ method: 'fifo' }])
  })

  it('[CST22] under the scope of the company a month is over when all whose goods moved in it have closed it', () => {
    const writer = new JournalWriter()
    const monthly = says(writer, { costMethod: 'month-end', costScope: 'company' })
    const goods = trade(writer).slice(0, -1)
    const here = [aSeal(writer, 'main', monthStart(4), goods)]
    const there = moves(writer, 'other', morning(3, 20), 3, 500, 'second')
    const also = [aSeal(writer, 'second', monthStart(4), there)]
    expect(costOf(inEveryOrder([monthly, goods]), 's2')).toBe(1_500)
    expect(costOf(inEveryOrder([monthly, goods, here]), 's2')).toBe(1_950)
    expect(costOf(inEveryOrder([[...monthly, ...goods], here, there]), 's2')).toBe(1_500)
    // 93.00 for fifteen pieces.
    expect(costOf(inEveryOrder([[...monthly, ...goods], here, there, also]), 's2')).toBe(1_860)
  })

  it('[CST22] a month is over when its branch has closed it, and open again when that is taken back', () => {
    const writer = new JournalWriter()
    const monthly = says(writer, { costMethod: 'month-end' })
    const goods = trade(writer).slice(0, -1)
    const seal = [aSeal(writer, 'main', monthStart(4), goods)]
    const open = inEveryOrder([monthly, goods])
    expect(costOf(open, 's2')).toBe(1_500)
    const closed = inEveryOrder([monthly, goods, seal])
    expect(costOf(closed, 's2')).toBe(1_950)
    const reopened = inEveryOrder([monthly, goods, seal, [aReopening(writer, 'main', seal)]])
    expect(costOf(reopened, 's2')).toBe(1_500)
  })
})
