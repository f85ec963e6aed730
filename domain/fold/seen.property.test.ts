/** What stands otherwise since somebody looked, over generated histories. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { postingRecords } from '#tests/builders/documents.ts'
import { JournalWriter } from '#tests/builders/journal-writer.ts'
import { acts, historyOf } from '#tests/builders/random-history.ts'
import type { ChangedGoods } from './changed-goods.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'
import type { SeenFigures } from './seen-figures.ts'

/** How many runs of each; more by FOLD_RUNS. */
const numRuns = Number(process.env['FOLD_RUNS'] ?? 80)
const history = acts({ skus: 2, branches: 2, acts: 40, actsMin: 4 })
const entriesOf = (given: Parameters<typeof historyOf>[0]) => historyOf(given).flat()
const cut = fc.double({ min: 0, max: 1, noNaN: true })

function foldOf(entries: readonly FoldEntry[]): Fold {
  const fold = openFold()
  fold.apply(entries)
  return fold
}

function changesOf(fold: Fold, seen: SeenFigures): readonly ChangedGoods[] {
  return fold.seen.changesSince(seen).map((outline) => outline.detail())
}

/** Without where the device keeps them: the rows of arrival. */
function told(changes: readonly ChangedGoods[]): unknown {
  const rows = changes.map(({ documents, places, ...row }) => ({
    ...row,
    places: [...places].sort((a, b) => (a.warehouse < b.warehouse ? -1 : 1)),
    documents: documents
      .map(({ news, ...document }) => ({ ...document, what: news?.what, by: news?.device }))
      .sort((a, b) => (a.docId < b.docId ? -1 : 1)),
  }))
  return rows.sort((a, b) => (`${a.sku}${a.branch}` < `${b.sku}${b.branch}` ? -1 : 1))
}

function inOrder(changes: readonly ChangedGoods[]): readonly ChangedGoods[] {
  const keyOf = ({ sku, branch }: ChangedGoods) => `${sku}${branch}`
  return [...changes].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

type Goods = Pick<ChangedGoods, 'sku' | 'branch'>

/** A warehouse of these histories may be used in both branches. */
function onHand(fold: Fold, { sku, branch }: Goods, warehouse: string): number {
  const row = [...fold.stock.balances()].find(
    (each) => each.sku === sku && each.warehouse === warehouse && each.branch === branch,
  )
  return row?.quantity ?? 0
}

function figures(fold: Fold, { sku, branch }: Goods) {
  const { quantity, value } = fold.stock.pool(sku, branch) ?? { quantity: 0, value: 0 }
  return { quantity, value }
}

describe('what stands otherwise since somebody looked', () => {
  it('[NEW1] before and all causes make after, to the fen, and both are what the fold said', () => {
    fc.assert(
      fc.property(history, cut, fc.nat(), (given, share, seed) => {
        const entries = shuffled(entriesOf(given), seededRandom(seed))
        const known = entries.slice(0, Math.floor(entries.length * share))
        const before = foldOf(known)
        const fold = foldOf(known)
        const seen = fold.seen.take()
        fold.apply(entries.slice(known.length))
        const changes = changesOf(fold, seen)
        for (const change of changes) {
          expect(change.before).toEqual(figures(before, change))
          expect(change.after).toEqual(figures(fold, change))
          for (const figure of ['quantity', 'value'] as const) {
            const sum = change.documents.reduce((total, one) => total + one[figure], 0)
            expect(change.before[figure] + sum).toBe(change.after[figure])
          }
          for (const { warehouse, ...place } of change.places) {
            expect(place).toEqual({
              before: onHand(before, change, warehouse),
              after: onHand(fold, change, warehouse),
            })
          }
        }
        const named = new Set(changes.map(({ sku, branch }) => `${sku}|${branch}`))
        for (const { sku, branch } of fold.stock.pools()) {
          if (named.has(`${sku}|${branch}`)) continue
          expect(figures(fold, { sku, branch })).toEqual(figures(before, { sku, branch }))
        }
      }),
      { numRuns },
    )
  })

  it('[NEW2] the same whatever order and batches it came in, repeated, and from a checkpoint', () => {
    fc.assert(
      fc.property(history, cut, fc.nat(), (given, share, seed) => {
        const entries = entriesOf(given)
        const known = entries.slice(0, Math.floor(entries.length * share))
        const later = entries.slice(known.length)
        const once = foldOf(known)
        const seen = once.seen.take()
        once.apply(later)
        const expected = told(changesOf(once, seen))

        const random = seededRandom(seed)
        const fold = foldOf(known)
        let kept = fold.seen.take()
        let folded = fold
        const halfway = Math.floor(random() * later.length)
        for (const [i, entry] of shuffled(later, random).entries()) {
          folded.apply([entry, ...known.slice(0, 2)])
          if (i !== halfway) continue
          const bytes = folded.seen.pack(kept)
          folded = openFold({ checkpoint: folded.checkpoint() })
          const opened = folded.seen.open(bytes)
          if (opened === undefined)
            throw new Error('what was packed beside a state opens beside it')
          kept = opened
        }
        expect(told(changesOf(folded, kept))).toEqual(expected)
      }),
      { numRuns },
    )
  })

  it('[NEW8] asked again after each batch, the same as asked once', () => {
    fc.assert(
      fc.property(history, cut, fc.nat(), (given, share, seed) => {
        const random = seededRandom(seed)
        const entries = shuffled(entriesOf(given), random)
        const known = entries.slice(0, Math.floor(entries.length * share))
        const fold = foldOf(known)
        const seen = fold.seen.take()
        for (let from = known.length; from < entries.length; ) {
          const until = from + 1 + Math.floor(random() * 4)
          fold.apply(entries.slice(from, until))
          from = until
          // Another look at the same figures remembers nothing of the questions before.
          const anew = openFold({ checkpoint: fold.checkpoint() }).seen
          const expected = anew.changesSince({ ...seen }).map((outline) => outline.detail())
          expect(inOrder(changesOf(fold, seen))).toEqual(inOrder(expected))
        }
      }),
      { numRuns },
    )
  })

  it('[NEW8] goods that were taken out of force between two questions are told as gone', () => {
    const writer = new JournalWriter()
    const receipt = (device: string, units: number, writtenAt: number) => {
      const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: units * 10_000 }
      const posting = { device, branch: 'main', document: 'twice', posting: device, writtenAt }
      return postingRecords(writer, { ...posting, type: 'goods-receipt', at: 1, legs: [leg] })
    }
    const fold = foldOf(receipt('B', 10, 2_000))
    const seen = fold.seen.take()
    expect(changesOf(fold, seen)).toEqual([])
    fold.apply(receipt('A', 4, 1_000))
    expect(changesOf(fold, seen)).toMatchObject([
      { before: { quantity: 100_000 }, after: { quantity: 40_000 }, documents: [{}] },
    ])
  })
})
