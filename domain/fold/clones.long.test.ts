import { expect, it } from 'vitest'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { postingRecords, reversalRecord } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { openFold } from './fold.ts'

const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: 100_000, value: 5_000 }
const receipt = { device: 'A', branch: 'main', document: 'r', type: 'goods-receipt', at: 1 }

it('[FRC10] what a clone writes again under its new name is neither posted nor reversed twice', () => {
  const writer = new JournalWriter()
  const reversal = { device: 'A', branch: 'main', document: 'r', at: 3, writtenAt: 9_000_000 }
  const acts = [
    ...postingRecords(writer, { ...receipt, legs: [leg] }),
    reversalRecord(writer, reversal),
  ]
  const again = acts.map(({ record }) => writer.entryOf({ ...record, device: idOf('device', 'B') }))
  const entries = [...acts, ...again]
  for (const order of arrivalsOf(entries.length)) {
    const fold = openFold()
    for (const index of order) fold.apply(entries.slice(index, index + 1))
    expect(fold.stock.balance(idOf('sku', 'apple'), idOf('warehouse', 'shop'))).toBe(0)
    expect(fold.findings().map(({ code }) => code)).toEqual([])
  }
})

it('[FRC10] the costs that it brought stay, whichever of the two came first', () => {
  const writer = new JournalWriter()
  const acts = postingRecords(writer, { ...receipt, legs: [leg] })
  const again = acts.map(({ record }) => writer.entryOf({ ...record, device: idOf('device', 'B') }))
  const entries = [...acts, ...again]
  for (const order of arrivalsOf(entries.length)) {
    const fold = openFold()
    for (const index of order) fold.apply(entries.slice(index, index + 1))
    const pool = fold.stock.pool(idOf('sku', 'apple'), idOf('branch', 'main'))
    expect(pool?.value, order.join()).toBe(5_000)
  }
})
