import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aReopening, aSeal } from '#tests/builders/a-seal.ts'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Act, acts, historyOf } from '#tests/builders/random-history.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'branch-0')
const skus = ['sku-0', 'sku-1'].map((name) => idOf('sku', name))
const hourMs = 3_600_000
const firstMs = 1_767_225_600_000

/** How many runs of each; more by FOLD_RUNS. */
const runs = Number(process.env['FOLD_RUNS'] ?? 120)

interface Closing {
  readonly until: number
  readonly covered: readonly FoldEntry[]
  readonly seal: FoldEntry
}

interface Closed {
  readonly entries: readonly FoldEntry[]
  readonly closings: readonly Closing[]
}

/**
 * A history that is closed twice or three times, each time over what the server has by then: of every chain
 * the first so many records, more at each closing.
 */
function closedHistory(given: readonly Act[], seed: number): Closed {
  const random = seededRandom(seed)
  const writer = new JournalWriter()
  const entries = historyOf(given, writer).flat()
  const lines = new Map<string, FoldEntry[]>()
  for (const entry of entries) {
    const line = chainOf(entry)
    lines.set(line, [...(lines.get(line) ?? []), entry])
  }
  const reached = new Map<string, number>()
  const closings: Closing[] = []
  let hour = 0
  for (let closing = 0; closing < 2 + Math.floor(random() * 2); closing++) {
    hour += 1 + Math.floor(random() * 18)
    for (const [line, records] of lines) {
      const known = reached.get(line) ?? 0
      reached.set(line, known + Math.floor(random() * (records.length - known + 1)))
    }
    const covered = [...lines].flatMap(([line, records]) => records.slice(0, reached.get(line)))
    const until = firstMs + hour * hourMs
    const inBranch = covered.filter(({ record }) => record.branch === branch)
    closings.push({ until, covered: inBranch, seal: aSeal(writer, 'branch-0', until, inBranch) })
  }
  return { entries, closings }
}

const chainOf = ({ record }: FoldEntry) => `${record.device}|${record.audience}`

function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

function stateOf(fold: Fold): unknown {
  return {
    hashes: [fold.hash('goods', branch), fold.hash('sales', branch), fold.hash('buying', branch)],
    findings: fold.findings(),
    cards: skus.map((sku) => fold.stock.card(sku, { branch })),
    documents: fold.documents.page({ offset: 0, limit: 1_000 }).rows,
    sales: fold.sales.byPeriod([firstMs, firstMs + 20 * hourMs, firstMs + 60 * hourMs] as never),
    seals: fold.seals.of(branch),
  }
}

/** What moved before a moment, and what it cost. */
function figuresBefore(fold: Fold, until: number): unknown {
  return skus.map((sku) =>
    fold.stock
      .card(sku, { branch })
      .filter(({ at }) => at < until)
      .map((row) => [
        ...[row.kind, row.docId, row.leg, row.isReversal, row.at, row.quantity, row.cost],
        ...[row.quantityAfter, row.valueAfter],
      ]),
  )
}

const small = acts({ skus: 2, branches: 2, acts: 25 })
const dense = acts({ skus: 1, branches: 1, acts: 50 })
const given = fc.tuple(fc.oneof(small, dense), fc.integer())

/** A receipt that is late, and its invoice that is not: a seal moves the receipt, and what counts of the invoice. */
const invoicedLate: [Act[], number] = [
  [
    {
      kind: 'receipt',
      device: 0,
      ...{ branch: 0, sku: 0, quantity: 1, price: 0, at: 0, about: 0 },
    },
    {
      kind: 'receipt',
      device: 1,
      ...{ branch: 0, sku: 0, quantity: 1, price: 0, at: 0, about: 0 },
    },
    {
      kind: 'invoice',
      device: 2,
      ...{ branch: 0, sku: 0, quantity: 1, price: 5, at: 0, about: 0 },
    },
    { kind: 'sale', device: 2, ...{ branch: 0, sku: 0, quantity: 1, price: 0, at: 0, about: 0 } },
  ],
  1_063_543_662,
]

describe('seals at any point', () => {
  it('[SEL10] give one state in any order, batching and repetition, also from a checkpoint', () => {
    fc.assert(
      fc.property(given, ([history, seed]) => {
        const { entries, closings } = closedHistory(history, seed)
        const all = [...entries, ...closings.map(({ seal }) => seal)]
        const expected = stateOf(foldOf(all))
        const random = seededRandom(seed + 1)
        let fold = openFold()
        for (const entry of shuffled([...all, ...all.slice(0, 9)], random)) {
          fold.apply([entry])
          if (random() < 0.1) fold = openFold({ checkpoint: fold.checkpoint() })
        }
        expect(stateOf(fold)).toEqual(expected)
      }),
      { numRuns: runs, endOnFailure: true, examples: [[invoicedLate]] },
    )
  }, 120_000)

  it('[SEL10] no figure of a closed month moves, whatever comes later', () => {
    fc.assert(
      fc.property(given, ([history, seed]) => {
        const { entries, closings } = closedHistory(history, seed)
        const fold = foldOf([...entries, ...closings.map(({ seal }) => seal)])
        for (const [index, { until, covered }] of closings.entries()) {
          const before = closings.slice(0, index).map(({ seal }) => seal)
          const sealed = foldOf([...before, ...covered])
          expect(figuresBefore(fold, until)).toEqual(figuresBefore(sealed, until))
        }
      }),
      { numRuns: runs, endOnFailure: true },
    )
  }, 120_000)

  it('[SEL7] [SEL10] reopened one by one, all is as if nothing had ever been closed', () => {
    fc.assert(
      fc.property(given, ([history, seed]) => {
        const { entries, closings } = closedHistory(history, seed)
        const seals = closings.map(({ seal }) => seal)
        const writer = new JournalWriter(1_000_000)
        const back = [...seals].reverse().map((seal) => aReopening(writer, 'branch-0', [seal]))
        const fold = openFold()
        for (const entry of shuffled([...entries, ...seals, ...back], seededRandom(seed))) {
          fold.apply([entry])
        }
        const { hashes, cards, documents, sales } = stateOf(foldOf(entries)) as Record<string, Json>
        expect(stateOf(fold)).toMatchObject({ hashes, cards, documents, sales })
      }),
      { numRuns: runs, endOnFailure: true },
    )
  }, 120_000)
})

type Json = object
