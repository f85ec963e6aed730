import { describe, expect, it } from 'vitest'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { postingRecords, type TestGoods, type TestLeg } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

/** A leg in few words; of an internal move with its group. */
interface Moved extends Partial<TestLeg>, TestGoods {
  readonly class?: string
  readonly group?: string
  readonly share?: number
}

const branch = idOf('branch', 'main')
const day = (date: number) => Date.UTC(2026, 0, date, 1)

class Trade {
  readonly writer = new JournalWriter()

  /** What the company's journal holds of a master. */
  says(entity: string, name: string, fields: Readonly<Record<string, Json>>): FoldEntry[] {
    return [
      this.writer.write({
        ...{ device: 'server-1', branch: 'all', audience: 'goods', at: 1 },
        kind: 'masters-changed.v1',
        body: { changes: [{ entity, id: idOf(entity, name), fields }] },
      }),
    ]
  }

  /** Milk is a product each batch of which is worth what it cost. */
  byBatch(): FoldEntry[] {
    return [
      ...this.says('product', 'dairy', { valuation: 'batch' }),
      ...this.says('sku', 'milk', { productId: idOf('product', 'dairy') }),
    ]
  }

  moves(name: string, date: number, legs: readonly Moved[], type?: string): FoldEntry[] {
    const isOut = legs.some(({ quantity = 0 }) => quantity < 0)
    const usual = isOut ? 'shipment' : 'goods-receipt'
    return postingRecords(this.writer, {
      ...{ device: 'A', branch: 'main', document: name, at: day(date) },
      type: type ?? usual,
      legs: legs.map((leg, index) => ({
        ...{ leg: String(index + 1), sku: 'milk', warehouse: 'shop', quantity: 10_000 },
        ...leg,
      })),
    })
  }
}

function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

const stateOf = (fold: Fold) => [
  ...[fold.hash('goods', branch), fold.hash('buying', branch), fold.findings()],
  ...[fold.stock.card(idOf('sku', 'milk'), { branch }), fold.audit()],
]

/** Every order of arrival of whole groups leads to one state, from a checkpoint too. */
function inEveryOrder(groups: readonly (readonly FoldEntry[])[]): Fold {
  const expected = foldOf(groups.flat())
  for (const order of arrivalsOf(groups.length)) {
    let fold = openFold()
    for (const index of order) {
      fold.apply(groups[index] ?? [])
      fold = openFold({ checkpoint: fold.checkpoint() })
    }
    expect(stateOf(fold)).toEqual(stateOf(expected))
  }
  expect(expected.audit()).toBeUndefined()
  return expected
}

/** Fen that the goods of a document cost, with what came later of it. */
function costOf(fold: Fold, name: string): number {
  const legs = fold.stock.costOf(idOf('document', name))
  return legs.reduce((sum, { cost, trueUp }) => sum - cost + trueUp, 0)
}

/** What names a batch, a piece or neither, and is worth how many fen. */
function pools(fold: Fold): string[] {
  return [...fold.stock.pools()]
    .filter(({ quantity }) => quantity !== 0)
    .map(({ batch, serial, quantity, value }) =>
      [batch || serial || '-', quantity / 10_000, value].join(' '),
    )
    .sort()
}

describe('goods with a value of their own 单独计价', () => {
  it.each(['moving-average', 'fifo', 'month-end', 'batch', 'serial'])(
    '[OWN1] a piece leaves at what it cost, whatever the others did: %s',
    (costMethod) => {
      const trade = new Trade()
      const fold = inEveryOrder([
        trade.says('company', 'one', { costMethod }),
        trade.moves('r1', 1, [{ serial: 'S1', value: 90_000 }]),
        trade.moves('r2', 2, [
          { serial: 'S2', value: 110_001 },
          { quantity: 20_000, value: 50_000 },
        ]),
        trade.moves('s1', 3, [{ serial: 'S2', quantity: -10_000 }]),
      ])
      expect(costOf(fold, 's1')).toBe(110_001)
      expect(pools(fold)).toEqual(['- 2 50000', 'S1 1 90000'])
    },
  )

  it('[OWN1] a piece that is sold before it came costs what it turns out to have cost', () => {
    const trade = new Trade()
    const fold = inEveryOrder([
      trade.moves('r1', 1, [{ serial: 'S1', value: 90_000 }]),
      trade.moves('s2', 2, [{ serial: 'S2', quantity: -10_000 }]),
      trade.moves('r2', 3, [{ serial: 'S2', value: 70_000 }]),
    ])
    expect(costOf(fold, 's2')).toBe(70_000)
    expect(pools(fold)).toEqual(['S1 1 90000'])
    expect(fold.findings().map(({ code }) => code)).not.toContain('provisional-cost')
  })

  it.each(['moving-average', 'fifo', 'month-end'])(
    '[OWN2] [OWN4] each batch of such a product is worth what it cost, the rest follows the company: %s',
    (costMethod) => {
      const trade = new Trade()
      const fold = inEveryOrder([
        trade.says('company', 'one', { costMethod }),
        trade.byBatch(),
        trade.moves('r1', 1, [
          { batch: 'B1', quantity: 100_000, value: 50_00 },
          { batch: 'B2', quantity: 100_000, value: 80_00 },
          { quantity: 100_000, value: 100_00 },
          { sku: 'bread', batch: 'B1', quantity: 10_000, value: 3_00 },
          { sku: 'bread', batch: 'B2', quantity: 10_000, value: 5_00 },
        ]),
        [
          // A second delivery of one batch: nobody can tell its bottles apart.
          ...trade.moves('r2', 2, [{ batch: 'B1', quantity: 50_000, value: 40_00 }]),
          ...trade.moves('s1', 3, [{ batch: 'B1', quantity: -60_000 }]),
          ...trade.moves('s2', 3, [{ batch: 'B2', quantity: -30_000 }]),
          ...trade.moves('s3', 3, [{ quantity: -40_000 }]),
        ],
      ])
      expect(['s1', 's2', 's3'].map((name) => costOf(fold, name))).toEqual([36_00, 24_00, 40_00])
      expect(pools(fold)).toEqual(['- 2 800', '- 6 6000', 'B1 9 5400', 'B2 7 5600'])
    },
  )

  it('[OWN3] what was said first of a product holds, whenever it becomes known', () => {
    const trade = new Trade()
    const fold = inEveryOrder([
      trade.byBatch(),
      trade.says('product', 'dairy', { valuation: 'pool' }),
      trade.moves('r1', 1, [
        { batch: 'B1', value: 5_00 },
        { batch: 'B2', value: 8_00 },
      ]),
    ])
    expect(pools(fold)).toEqual(['B1 1 500', 'B2 1 800'])
    expect(fold.findings()).toMatchObject([
      {
        code: 'policy-restated',
        evidence: { field: 'valuation', held: 'batch', passedOver: ['pool'] },
      },
    ])
  })

  it.each(['moving-average', 'fifo', 'month-end'])(
    '[OWN4] what becomes other goods takes its own cost along: %s',
    (costMethod) => {
      const trade = new Trade()
      const assembled = [
        { batch: 'B2', quantity: -10_000, class: 'internal', group: 'g' },
        { sku: 'kit', serial: 'K1', class: 'internal', group: 'g', share: 1 },
      ] as const
      const fold = inEveryOrder([
        trade.says('company', 'one', { costMethod }),
        trade.byBatch(),
        trade.moves('r1', 1, [
          { batch: 'B1', value: 5_00 },
          { batch: 'B2', value: 8_00 },
        ]),
        trade.moves('a1', 2, assembled, 'assembly'),
      ])
      expect(pools(fold)).toEqual(['B1 1 500', 'K1 1 800'])
    },
  )
})
