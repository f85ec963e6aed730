import { describe, expect, it } from 'vitest'
import { aReopening, aSeal } from '#tests/builders/a-seal.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { postingRecords } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')
const dayMs = 86_400_000
/** Day of January 2026; February begins with day 32. */
const day = (number: number) => 1_767_225_600_000 + (number - 1) * dayMs
const february = day(32)

function sale(writer: JournalWriter, name: string, on: number): FoldEntry[] {
  return postingRecords(writer, {
    ...{ device: 'A', branch: 'main', document: name, type: 'shipment', at: day(on) },
    legs: [{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: -10_000 }],
  })
}

/** Fen for a piece, said to hold from a day on. */
function price(writer: JournalWriter, fen: number, on: number, where = 'main'): FoldEntry {
  const fields = { referencePurchasePrice: fen * 10_000 }
  return writer.write({
    ...{ device: 'B', branch: where, audience: 'buying', kind: 'masters-changed.v1', at: day(on) },
    body: { changes: [{ entity: 'sku', id: sku, fields }] },
  })
}

/** The same costs in every order of arrival, also from a checkpoint. */
function costsOf(batches: readonly (readonly FoldEntry[])[]): number[] {
  const costs = (fold: Fold) => fold.stock.card(sku, { branch }).map(({ cost }) => cost)
  const expected = openFold()
  expected.apply(batches.flat())
  for (const [index, order] of arrivalsOf(batches.length).entries()) {
    let fold = openFold()
    for (const [done, batch] of order.entries()) {
      fold.apply(batches[batch] ?? [])
      if (done === index % batches.length) fold = openFold({ checkpoint: fold.checkpoint() })
    }
    expect(costs(fold)).toEqual(costs(expected))
    expect(fold.hash('buying', branch)).toEqual(expected.hash('buying', branch))
    expect(fold.audit()).toBeUndefined()
  }
  return costs(expected)
}

describe('reference prices', () => {
  it('[MRG7] of another branch counts from when the company is told of it', () => {
    const writer = new JournalWriter()
    const sold = sale(writer, 's', 5)
    const told = price(writer, 700, 2, 'other')
    expect(costsOf([sold, [told]])).toEqual([0])
    expect(costsOf([sold, [told], [writer.relay(told, 'all')]])).toEqual([-700])
  })

  it('[SEL14] one that is said when the month is closed leaves it, whatever day it says', () => {
    const writer = new JournalWriter()
    const first = [price(writer, 500, 1)]
    const sold = [...sale(writer, 's', 5), ...first]
    const seal = [aSeal(writer, 'main', february, sold)]
    const late = [price(writer, 700, 2)]
    const open = sale(writer, 't', 40)
    expect(costsOf([sold, seal, late])).toEqual([-500])
    expect(costsOf([sold, seal, late, open])).toEqual([-500, -700])
  })

  it('[SEL14] the first one too: what was sealed without a cost stays so', () => {
    const writer = new JournalWriter()
    const sold = sale(writer, 's', 5)
    const seal = [aSeal(writer, 'main', february, sold)]
    const late = [price(writer, 700, 2)]
    expect(costsOf([sold, seal, late])).toEqual([0])
    expect(costsOf([sold, seal, late, [aReopening(writer, 'main', seal)]])).toEqual([-700])
  })

  it('[SEL14] of another branch counts what the server had told of when it closed', () => {
    const writer = new JournalWriter()
    const sold = sale(writer, 's', 5)
    const told = price(writer, 700, 2, 'other')
    const relay = writer.relay(told, 'all')
    const untold = price(writer, 900, 3, 'other')
    const seal = [aSeal(writer, 'main', february, sold)]
    const later = [writer.relay(untold, 'all')]
    expect(costsOf([sold, [relay], seal, later])).toEqual([-700])
    expect(costsOf([sold, [relay, told], seal, [untold], later])).toEqual([-700])
    expect(costsOf([sold, [relay], later])).toEqual([-900])
  })
})
