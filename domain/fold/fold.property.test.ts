import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { type Act, acts, historyOf } from '#tests/builders/random-history.ts'
import { audit, branchTotals } from '#tests/oracle/audit.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branches = [idOf('branch', 'branch-0'), idOf('branch', 'branch-1')]
const small = acts({ skus: 2, branches: 2, acts: 25 })
/** One SKU in one branch, so that chains grow long and everything depends on everything. */
const dense = acts({ skus: 1, branches: 1, acts: 60 })
const long = acts({ skus: 1, branches: 1, acts: 400, actsMin: 250 })
/** Every other receipt and all gains are sales: goods are short most of the time. */
const longAndShort = long.map((given) =>
  given.map((act): Act => {
    const isKept = act.kind === 'receipt' ? act.price % 2 === 0 : act.kind !== 'gain'
    return isKept ? act : { ...act, kind: 'sale' }
  }),
)

/** Everything that two folds of the same records must agree on. */
function stateOf(fold: Fold): unknown {
  const skus = [idOf('sku', 'sku-0'), idOf('sku', 'sku-1')]
  return {
    hashes: branches.flatMap((branch) => [fold.hash('goods', branch), fold.hash('buying', branch)]),
    findings: fold.findings(),
    cards: branches.flatMap((branch) => skus.map((sku) => fold.stock.card(sku, { branch }))),
    documents: fold.documents.page({ offset: 0, limit: 1_000 }).rows,
    watermark: [...fold.watermark()].sort(([a], [b]) => (a < b ? -1 : 1)),
  }
}

/** What screens show, by the ids that changes name. */
function views(fold: Fold) {
  const skus = [idOf('sku', 'sku-0'), idOf('sku', 'sku-1')]
  const cards = skus.map((sku) => {
    const views = branches.map((branch) => [
      fold.stock.card(sku, { branch }),
      fold.stock.pool(sku, branch),
    ])
    return [sku, views] as const
  })
  const { rows } = fold.documents.page({ offset: 0, limit: 1_000 })
  return {
    cards: new Map(cards),
    documents: new Map(rows.map((entry) => [entry.docId, entry])),
    findings: fold.findings(),
  }
}

function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

/** Random cuts of the entries into batches, at least one entry each. */
function batches(entries: readonly FoldEntry[], random: () => number): FoldEntry[][] {
  const cut: FoldEntry[][] = []
  for (const entry of entries) {
    const last = cut.at(-1)
    if (last === undefined || random() < 0.4) cut.push([entry])
    else last.push(entry)
  }
  return cut
}

describe('any set of records', () => {
  it('[FIN8] has as many decisions to wait for as it tells of, branch by branch', () => {
    fc.assert(
      fc.property(fc.oneof(small, longAndShort), fc.boolean(), (given, isKeeper) => {
        const fold = openFold(isKeeper ? { audiences: ['goods'] } : {})
        fold.apply(historyOf(given).flat())
        for (const asked of [[], branches.slice(0, 1), branches]) {
          const told = fold
            .findings()
            .filter(({ branch }) => branch === 'all' || asked.includes(branch as never))
          const waiting = told.filter(({ severity }) => severity !== 'info')
          expect(fold.decisionCount(new Set(asked))).toBe(waiting.length)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('[FOL1] [FOL2] gives one state in any order, batching and repetition', () => {
    fc.assert(
      fc.property(fc.oneof(small, dense), fc.integer(), (given, seed) => {
        const entries = historyOf(given).flat()
        const random = seededRandom(seed)
        const expected = stateOf(foldOf(entries))
        const other = openFold()
        for (const batch of batches(shuffled(entries, random), random)) other.apply(batch)
        expect(stateOf(other)).toEqual(expected)
        for (const batch of batches(shuffled(entries, random), random)) other.apply(batch)
        expect(stateOf(other)).toEqual(expected)
      }),
      { numRuns: 150, endOnFailure: true },
    )
  }, 60_000)

  it('[FOL9] changes name everything that differs afterwards', () => {
    fc.assert(
      fc.property(fc.oneof(small, dense), fc.integer(), (given, seed) => {
        const random = seededRandom(seed)
        const fold = openFold()
        for (const batch of batches(shuffled(historyOf(given).flat(), random), random)) {
          const before = views(fold)
          const changes = fold.apply(batch)
          const after = views(fold)
          for (const [sku, cards] of after.cards) {
            if (!changes.skus.has(sku)) expect(cards).toEqual(before.cards.get(sku))
          }
          for (const [docId, entry] of after.documents) {
            if (!changes.documents.has(docId)) expect(entry).toEqual(before.documents.get(docId))
          }
          if (!changes.hasFindingsChanged) expect(after.findings).toEqual(before.findings)
        }
        const anew = openFold()
        anew.apply(historyOf(given).flat())
        expect(fold.findings()).toEqual(anew.findings())
      }),
      { numRuns: 100, endOnFailure: true },
    )
  }, 60_000)

  it('[FOL3] a fold opened from a checkpoint goes on as one that never stopped', () => {
    fc.assert(
      fc.property(fc.oneof(small, dense), fc.integer(), fc.nat(), (given, seed, at) => {
        const entries = shuffled(historyOf(given).flat(), seededRandom(seed))
        const cut = at % (entries.length + 1)
        const stopped = foldOf(entries.slice(0, cut))
        const opened = openFold({ checkpoint: stopped.checkpoint() })
        expect(stateOf(opened)).toEqual(stateOf(stopped))
        for (const entry of entries.slice(cut)) opened.apply([entry])
        expect(stateOf(opened)).toEqual(stateOf(foldOf(entries)))
      }),
      { numRuns: 150, endOnFailure: true },
    )
  }, 60_000)

  it('[FOL1] long chains with late records replay to the same costs', () => {
    fc.assert(
      fc.property(fc.oneof(long, longAndShort), fc.integer(), (given, seed) => {
        const entries = historyOf(given).flat()
        const random = seededRandom(seed)
        const late = openFold()
        for (const batch of batches(shuffled(entries, random), random)) late.apply(batch)
        expect(stateOf(late)).toEqual(stateOf(foldOf(entries)))
      }),
      { numRuns: 20, endOnFailure: true },
    )
  }, 60_000)
})

describe('the ledger', () => {
  it('[FOL4] [STK1] agrees with plain maps on balances and values', () => {
    fc.assert(
      fc.property(fc.oneof(small, dense), (given) => {
        const entries = historyOf(given).flat()
        const { stock } = foldOf(entries)
        const audited = audit(entries)
        const balances = [...stock.balances()]
          .filter(({ quantity }) => quantity !== 0)
          .map(({ branch, warehouse, sku, quantity }) => [
            `${branch}|${warehouse}|${sku}`,
            BigInt(quantity),
          ])
        expect(new Map(balances as [string, bigint][])).toEqual(audited.balances)
        for (const [key, totals] of branchTotals(audited)) {
          const [branch = '', sku = ''] = key.split('|')
          const pool = stock.pool(sku, branch)
          expect([key, pool?.quantity, pool?.value]).toEqual([key, ...totals.map(Number)])
        }
      }),
      { numRuns: 400, endOnFailure: true },
    )
  }, 60_000)

  it('[STK2] [CST12] value in = value out + value left, and each card ends at its pool', () => {
    fc.assert(
      fc.property(fc.oneof(small, dense), (given) => {
        const { stock } = foldOf(historyOf(given).flat())
        for (const { sku, branch, quantity, value } of stock.pools()) {
          const card = stock.card(sku, { branch })
          const moved = card.reduce((sum, row) => sum + row.quantity, 0)
          const worth = card.reduce((sum, row) => sum + row.cost, 0)
          expect({ sku, moved, worth }).toEqual({ sku, moved: quantity, worth: value })
          const onHand = [...stock.balances()].filter(
            (row) => row.sku === sku && row.branch === branch,
          )
          expect(onHand.reduce((sum, row) => sum + row.quantity, 0)).toBe(quantity)
        }
      }),
      { numRuns: 150, endOnFailure: true },
    )
  }, 60_000)
})
