import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/values/instant.ts'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { postingRecords, reversalRecord } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { acts, historyOf } from '#tests/builders/random-history.ts'
import type { DocumentEntry } from './documents.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const hourMs = 3_600_000
const firstMs = 1_767_225_600_000
const edges = [2, 9, 10, 25, 41].map((hour) => (firstMs + hour * hourMs) as Instant)
const signs: Readonly<Record<string, number>> = { shipment: 1, 'sales-return': -1 }

interface PricedBody {
  readonly header: { readonly roundOff?: number }
  readonly lines: readonly { readonly amount: number; readonly tax: number }[]
}

/** Read from the records of a document, sharing nothing with the columns. */
function amountOf(entry: DocumentEntry, entries: readonly FoldEntry[]) {
  const record = entries.find((each) => each.record.id === entry.partRecordIds.sales)?.record
  if (record === undefined) return undefined
  const { header, lines } = record.body as unknown as PricedBody
  const gross = lines.reduce((sum, line) => sum + line.amount, 0) - (header.roundOff ?? 0)
  return { audience: 'sales', gross, net: gross - lines.reduce((sum, line) => sum + line.tax, 0) }
}

function plainSales(fold: Fold, entries: readonly FoldEntry[]): Record<string, unknown> {
  const sums = new Map<string, { amount: number; documents: number; net: number; cost: number }[]>()
  const periodAt = (branch: string, at: number) => {
    const known =
      sums.get(branch) ?? edges.slice(1).map(() => ({ amount: 0, documents: 0, net: 0, cost: 0 }))
    sums.set(branch, known)
    return known[edges.findIndex((edge) => edge > at) - 1]
  }
  for (const entry of fold.documents.page({ offset: 0, limit: 10_000 }).rows) {
    const sign = signs[entry.type]
    if (sign === undefined) continue
    const { gross = 0, net = 0 } = amountOf(entry, entries) ?? {}
    const period = periodAt(entry.branch, entry.at)
    if (period !== undefined) period.amount += gross * sign
    if (period !== undefined && entry.state === 'posted') {
      period.documents += 1
      period.net += net * sign
      for (const { cost, trueUp } of fold.stock.costOf(entry.docId)) period.cost += cost - trueUp
    }
    const reversed = entry.reversedBy && periodAt(entry.branch, entry.reversedBy.at)
    if (reversed !== undefined) reversed.amount -= gross * sign
  }
  return Object.fromEntries(sums)
}

/** Branches without any sale in a period may be left out. */
function salesOf(fold: Fold): Record<string, unknown> {
  const sales = fold.sales.byPeriod(edges)
  return Object.fromEntries(sales.map(({ branch, periods }) => [branch, periods]))
}

const nothing = edges.slice(1).map(() => ({ amount: 0, documents: 0, net: 0, cost: 0 }))

describe('what was sold 销售额', () => {
  it('[DCV5] the amount of a document is what its records say, in any history and order', () => {
    fc.assert(
      fc.property(acts({ skus: 2, branches: 2, acts: 40 }), fc.integer(), (given, seed) => {
        const entries = historyOf(given).flat()
        const fold = openFold()
        for (const entry of shuffled(entries, seededRandom(seed))) fold.apply([entry])
        for (const entry of fold.documents.page({ offset: 0, limit: 10_000 }).rows) {
          if (signs[entry.type] === undefined) continue
          expect(entry.amount).toEqual(amountOf(entry, entries))
        }
      }),
      { numRuns: 25 },
    )
  }, 30_000)

  it('[DCV6] sums per branch and period are those of the documents, also from a checkpoint', () => {
    fc.assert(
      fc.property(acts({ skus: 2, branches: 2, acts: 40 }), (given) => {
        const entries = historyOf(given).flat()
        const fold = openFold()
        fold.apply(entries)
        const branches = ['branch-0', 'branch-1'].map((name) => idOf('branch', name))
        const none = Object.fromEntries(branches.map((branch) => [branch, nothing]))
        const expected = { ...none, ...plainSales(fold, entries) }
        expect({ ...none, ...salesOf(fold) }).toEqual(expected)
        expect({ ...none, ...salesOf(openFold({ checkpoint: fold.checkpoint() })) }).toEqual(
          expected,
        )
      }),
      { numRuns: 25 },
    )
  }, 30_000)

  it('[DCV6] an order is no sale yet: what carries it out is', () => {
    const writer = new JournalWriter()
    const at = firstMs + 3 * hourMs
    const common = { device: 'A', branch: 'main', at, legs: [], sold: { amounts: [900] } }
    const fold = openFold()
    fold.apply(postingRecords(writer, { ...common, document: 'd1', type: 'sales-order' }))
    expect(fold.sales.byPeriod(edges)).toEqual([])
    fold.apply(postingRecords(writer, { ...common, document: 'd2', type: 'shipment' }))
    const [main] = fold.sales.byPeriod(edges)
    expect(main?.periods[0]).toMatchObject({ amount: 900, documents: 1 })
  })

  it('[DCV6] a reversal counts in the period of its moment, however old its document is', () => {
    const writer = new JournalWriter()
    const at = firstMs - 1_000 * hourMs
    const sale = { device: 'A', branch: 'main', document: 'd1', type: 'shipment', at, legs: [] }
    const fold = openFold()
    fold.apply(postingRecords(writer, { ...sale, sold: { amounts: [900, 150], roundOff: 50 } }))
    expect(fold.sales.byPeriod(edges)).toEqual([])
    fold.apply([reversalRecord(writer, { ...sale, at: firstMs + 9.5 * hourMs })])
    const [main] = fold.sales.byPeriod(edges)
    expect(main?.periods.map(({ amount }) => amount)).toEqual([0, -1_000, 0, 0])
    expect(main?.periods.map(({ documents }) => documents)).toEqual([0, 0, 0, 0])
  })
})
