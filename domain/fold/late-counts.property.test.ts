/** Counts in closed months, and what arrives late before, between and after them. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aSeal } from '#tests/builders/a-seal.ts'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { postingRecords, reversalRecord } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')
const warehouses = ['shop', 'back'] as const
const hourMs = 3_600_000
const firstMs = 1_767_225_600_000

/** How many runs of each; more by FOLD_RUNS. */
const runs = Number(process.env['FOLD_RUNS'] ?? 150)

/** One thing that somebody does: what, when, where and how much. */
interface Act {
  readonly kind: 'receipt' | 'sale' | 'transfer' | 'count' | 'priced-count' | 'reversal'
  readonly hour: number
  readonly warehouse: 0 | 1
  readonly steps: number
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    ...(['receipt', 'sale', 'sale', 'transfer', 'count', 'count', 'priced-count'] as const),
    'reversal' as const,
  ),
  hour: fc.nat(30),
  warehouse: fc.constantFrom(0, 1),
  steps: fc.integer({ min: 1, max: 20 }),
})

const history = fc.array(act, { minLength: 4, maxLength: 24 })

/**
 * One group of records for each act; a reversal takes an earlier document back. Of two reversals seals would
 * decide which counts: there is one.
 */
function recordsOf(acts: readonly Act[], writer: JournalWriter): FoldEntry[][] {
  const reversed = new Set<number>()
  return acts.map((one, index) => {
    const device = ['A', 'B', 'C'][index % 3] as string
    const at = firstMs + one.hour * hourMs
    const common = { device, branch: 'main', at }
    if (one.kind === 'reversal') {
      const about = one.steps % (index + 1)
      if (reversed.has(about)) return []
      reversed.add(about)
      return [reversalRecord(writer, { ...common, document: `d${about}` })]
    }
    return postingRecords(writer, { ...common, document: `d${index}`, ...contentOf(one) })
  })
}

function contentOf({ kind, warehouse, steps }: Act) {
  const quantity = steps * 1_000
  const leg = { leg: '1', sku: 'apple', warehouse: warehouses[warehouse], quantity }
  switch (kind) {
    case 'receipt':
      return { type: 'goods-receipt', legs: [{ ...leg, value: steps * 37 }] }
    case 'transfer': {
      const other = warehouses[1 - warehouse] as string
      const out = { ...leg, quantity: 0 - quantity }
      const into = { ...leg, leg: '2', warehouse: other, pair: '1' }
      return { type: 'transfer', legs: [out, into] }
    }
    case 'count':
      return { type: 'stock-count', legs: [{ ...leg, quantity: 0, counted: quantity }] }
    case 'priced-count':
      return {
        type: 'stock-count',
        legs: [{ ...leg, quantity: 0, counted: quantity, value: 4_000_000 + steps }],
      }
    default:
      return { type: 'shipment', legs: [{ ...leg, quantity: 0 - quantity }] }
  }
}

/** The same, closed twice over what the server has by then: some first records of each journal. */
function closed(acts: readonly Act[], seed: number): FoldEntry[][] {
  const random = seededRandom(seed)
  const writer = new JournalWriter()
  const groups = recordsOf(acts, writer)
  const chainOf = ({ record }: FoldEntry) => `${record.device}|${record.audience}`
  const reached = new Map<string, number>()
  const seals = [10, 20].map((hour) => {
    const all = groups.flat()
    const covered = [...new Set(all.map(chainOf))].flatMap((chain) => {
      const own = all.filter((entry) => chainOf(entry) === chain)
      const from = reached.get(chain) ?? 0
      reached.set(chain, from + Math.floor(random() * (own.length - from + 1)))
      return own.slice(0, reached.get(chain))
    })
    return [aSeal(writer, 'main', firstMs + hour * hourMs, covered)]
  })
  return [...groups, ...seals]
}

function foldOf(groups: readonly (readonly FoldEntry[])[]): Fold {
  const fold = openFold()
  fold.apply(groups.flat())
  return fold
}

function balancesOf(fold: Fold): number[] {
  return warehouses.map((name) => fold.stock.balance(sku, idOf('warehouse', name)))
}

function stateOf(fold: Fold) {
  return {
    hashes: [fold.hash('goods', branch), fold.hash('buying', branch)],
    card: fold.stock.card(sku, { branch }),
    findings: fold.findings(),
  }
}

/** Shuffled, repeated in part and opened from checkpoints on the way. */
function expectSameAnyway(acts: readonly Act[], seed: number): void {
  const groups = closed(acts, seed)
  const random = seededRandom(seed + 1)
  let fold = openFold()
  for (const group of shuffled([...groups, ...groups.slice(0, 5)], random)) {
    fold.apply(group)
    if (random() < 0.1) fold = openFold({ checkpoint: fold.checkpoint() })
  }
  expect(stateOf(fold)).toEqual(stateOf(foldOf(groups)))
}

describe('late movements and counts of closed months', () => {
  it('[CNT9] stock is what it would be had nothing been closed', () => {
    fc.assert(
      fc.property(history, fc.nat(), (acts, seed) => {
        const fold = foldOf(closed(acts, seed))
        expect(balancesOf(fold)).toEqual(balancesOf(foldOf(recordsOf(acts, new JournalWriter()))))
        expect(fold.audit()).toBeUndefined()
      }),
      { numRuns: runs, endOnFailure: true },
    )
  }, 120_000)

  it('[CNT9] [ORD4] a reversal at the moment at which its late document takes effect stands behind counts of that moment', () => {
    const acts: Act[] = [
      { kind: 'priced-count', hour: 20, warehouse: 1, steps: 16 },
      { kind: 'count', hour: 0, warehouse: 1, steps: 17 },
      { kind: 'sale', hour: 21, warehouse: 1, steps: 5 },
      { kind: 'reversal', hour: 20, warehouse: 1, steps: 5 },
      { kind: 'transfer', hour: 7, warehouse: 1, steps: 5 },
      { kind: 'count', hour: 6, warehouse: 0, steps: 18 },
    ]
    const fold = foldOf(closed(acts, 9))
    expect(balancesOf(foldOf(recordsOf(acts, new JournalWriter())))).toEqual([23_000, -6_000])
    expect(balancesOf(fold)).toEqual([23_000, -6_000])
    expect(fold.audit()).toBeUndefined()
  })

  it('[CNT9] a reversal closed before its document waits for it, and a count after it has reflected both', () => {
    const acts: Act[] = [
      { kind: 'receipt', hour: 5, warehouse: 0, steps: 6 },
      { kind: 'reversal', hour: 15, warehouse: 0, steps: 2 },
      { kind: 'count', hour: 17, warehouse: 0, steps: 16 },
    ]
    const writer = new JournalWriter()
    const groups = recordsOf(acts, writer)
    const seals = [
      aSeal(writer, 'main', firstMs + 10 * hourMs, []),
      aSeal(writer, 'main', firstMs + 20 * hourMs, groups.slice(1).flat()),
    ]
    for (const arriving of [
      [...groups, seals],
      [seals, ...groups],
      [...groups.slice(1), seals, ...groups.slice(0, 1)],
    ]) {
      const fold = openFold()
      for (const group of arriving) fold.apply(group)
      expect(balancesOf(fold)).toEqual([16_000, 0])
      expect(fold.audit()).toBeUndefined()
      const rows = fold.stock.card(sku, { branch })
      expect(rows.map(({ quantity, isReversal }) => [quantity, isReversal])).toEqual([
        [16_000, false],
        [6_000, false],
        [-6_000, true],
      ])
    }
  })

  it('[CNT9] [CNT11] a reversed count gives back what it moved with what came late, whatever came last', () => {
    const acts: Act[] = [
      { kind: 'sale', hour: 7, warehouse: 1, steps: 20 },
      { kind: 'sale', hour: 25, warehouse: 1, steps: 5 },
      { kind: 'sale', hour: 13, warehouse: 1, steps: 5 },
      { kind: 'count', hour: 28, warehouse: 1, steps: 5 },
      { kind: 'priced-count', hour: 9, warehouse: 1, steps: 10 },
      { kind: 'reversal', hour: 22, warehouse: 0, steps: 16 },
      { kind: 'receipt', hour: 1, warehouse: 1, steps: 20 },
      { kind: 'transfer', hour: 21, warehouse: 1, steps: 1 },
      { kind: 'receipt', hour: 17, warehouse: 0, steps: 10 },
      { kind: 'sale', hour: 25, warehouse: 0, steps: 20 },
      { kind: 'count', hour: 26, warehouse: 1, steps: 14 },
    ]
    expectSameAnyway(acts, 183_489_702)
  })

  it('[CNT9] [CNT10] in any order, batching and repetition, also from a checkpoint', () => {
    fc.assert(fc.property(history, fc.nat(), expectSameAnyway), {
      numRuns: runs,
      endOnFailure: true,
    })
  }, 120_000)
})
