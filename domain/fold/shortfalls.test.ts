import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/values/instant.ts'
import { postingRecords, reversalRecord, type TestLeg } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'
import { triedRecords } from './tried-records.ts'

const firstMs = Date.UTC(2026, 2, 1)
const day = (days: number): number => firstMs + days * 86_400_000

class Shop {
  readonly fold: Fold = openFold()
  readonly #writer = new JournalWriter()

  /** Steps of one SKU, in a day's document. */
  records(
    document: string,
    days: number,
    leg: Partial<TestLeg & { readonly batch: string }>,
  ): FoldEntry[] {
    const type = leg.counted === undefined ? 'shipment' : 'stock-count'
    return postingRecords(this.#writer, {
      ...{ device: 'A', branch: 'main', document, at: day(days) },
      type: (leg.quantity ?? 0) > 0 ? 'goods-receipt' : type,
      legs: [{ leg: '1', sku: 'a', warehouse: 'shop', quantity: 0, ...leg }],
    })
  }

  post(...given: Parameters<Shop['records']>): void {
    this.fold.apply(this.records(...given))
  }

  reversal(document: string, days: number): FoldEntry[] {
    return [reversalRecord(this.#writer, { device: 'A', branch: 'main', document, at: day(days) })]
  }

  /** What the records would leave too low: the least before, and how much less. */
  shortfalls(entries: readonly FoldEntry[]): (readonly [number, number])[] {
    const tried = entries.flatMap(({ record }) => {
      const { audience, kind, id: recordId, body } = record
      const parts = [{ audience, kind, recordId, body }]
      return triedRecords({ branch: record.branch, at: record.at as Instant, parts })
    })
    const before = this.fold.hash('goods', idOf('branch', 'main'))
    const found = this.fold.shortfallsOf(tried)
    expect(this.fold.hash('goods', idOf('branch', 'main'))).toBe(before)
    return found.map(({ onHand, wanted }) => [onHand, wanted])
  }
}

describe('what an act would leave too low', () => {
  it('[IMP4] enough today does not excuse goods that were not there then, nor that are missing later', () => {
    const shop = new Shop()
    shop.post('in', 3, { quantity: 10 })
    shop.post('out', 6, { quantity: -8 })
    expect(shop.shortfalls(shop.records('early', 2, { quantity: -1 }))).toEqual([[0, 1]])
    expect(shop.shortfalls(shop.records('between', 4, { quantity: -3 }))).toEqual([[2, 3]])
    expect(shop.shortfalls(shop.records('fits', 4, { quantity: -2 }))).toEqual([])
    expect(shop.shortfalls(shop.records('late', 7, { quantity: -3 }))).toEqual([[2, 3]])
  })

  it('[IMP4] a count or a reversal may take from under what went out later', () => {
    const shop = new Shop()
    shop.post('in', 1, { quantity: 10 })
    shop.post('out', 5, { quantity: -2 })
    expect(shop.shortfalls(shop.records('count', 3, { counted: 1 }))).toEqual([[8, 9]])
    expect(shop.shortfalls(shop.records('count', 3, { counted: 2 }))).toEqual([])
    expect(shop.shortfalls(shop.reversal('in', 6))).toEqual([[8, 10]])
    expect(shop.shortfalls(shop.reversal('out', 6))).toEqual([])
  })

  it('[IMP4] a batch may be short where the warehouse is not; what was as low before is not told', () => {
    const shop = new Shop()
    shop.post('one', 1, { quantity: 2, batch: 'B1' })
    shop.post('two', 3, { quantity: 2, batch: 'B2' })
    expect(shop.shortfalls(shop.records('x', 2, { quantity: -1, batch: 'B2' }))).toEqual([[0, 1]])
    expect(shop.shortfalls(shop.records('x', 2, { quantity: -1, batch: 'B1' }))).toEqual([])
    shop.post('below', 4, { quantity: -9, batch: 'B1' })
    expect(shop.shortfalls(shop.records('in', 5, { quantity: 1, batch: 'B1' }))).toEqual([])
    expect(shop.shortfalls(shop.records('out', 2, { quantity: -1, batch: 'B2' }))).toHaveLength(2)
  })
})
