import { describe, expect, it } from 'vitest'
import { postingRecords, type TestLeg } from '#tests/builders/documents.ts'
import { inEveryOrder } from '#tests/builders/every-order.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import type { Fold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const day = (date: number) => Date.UTC(2026, 0, date, 1)

/** A board for a stated price; made into a table and offcuts that bear `stated` fen of it. */
function workshop(price: number, stated: number) {
  const writer = new JournalWriter()
  const moves = (document: string, date: number, legs: readonly object[]): FoldEntry[] =>
    postingRecords(writer, {
      ...{ device: 'A', branch: 'main', document, at: day(date) },
      type: legs.length === 1 ? 'goods-receipt' : 'assembly',
      legs: legs.map((leg, i) => ({
        ...{ leg: String(i + 1), warehouse: 'shop', quantity: 10_000, ...leg },
      })) as TestLeg[],
    })
  const inGroup = { class: 'internal', group: 'g' }
  return [
    moves('board', 1, [{ sku: 'board', value: price }]),
    moves('table', 2, [
      { ...inGroup, sku: 'board', quantity: -10_000 },
      { ...inGroup, sku: 'offcut', share: 0, value: stated },
      { ...inGroup, sku: 'table', share: 1 },
    ]),
    moves('late', 1, [{ sku: 'board', value: price + 200 }]),
  ]
}

function valuesOf(fold: Fold): (number | undefined)[] {
  return ['board', 'offcut', 'table'].map(
    (name) => fold.stock.pool(idOf('sku', name), branch)?.value,
  )
}

function stateOf(fold: Fold): unknown {
  return [fold.hash('goods', branch), fold.hash('buying', branch), fold.findings(), fold.audit()]
}

describe('stated costs of by-products 定额成本', () => {
  it('[FLW10] leave the rest to the product, whatever the parts turn out to cost', () => {
    const [receipt = [], assembly = [], late = []] = workshop(1_000, 150)
    expect(valuesOf(inEveryOrder([receipt, assembly], stateOf))).toEqual([0, 150, 850])
    expect(valuesOf(inEveryOrder([receipt, assembly, late], stateOf))).toEqual([1_100, 150, 950])
  })

  it('[FIN15] are a finding while they exceed what there is, and share that', () => {
    const [receipt = [], assembly = [], late = []] = workshop(1_000, 1_050)
    const exceeding = inEveryOrder([receipt, assembly], stateOf)
    expect(valuesOf(exceeding)).toEqual([0, 1_000, 0])
    const docId = idOf('document', 'table')
    expect(exceeding.findings()).toMatchObject([
      { code: 'stated-cost-exceeds', layer: 'buying', evidence: { docId, excess: 50 } },
    ])
    const enough = inEveryOrder([receipt, assembly, late], stateOf)
    expect(valuesOf(enough)).toEqual([1_100, 1_050, 50])
    expect(enough.findings()).toEqual([])
  })
})
