import { describe, expect, it } from 'vitest'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import {
  adjustingRecord,
  postingRecords,
  reversalRecord,
  type TestAdjusting,
} from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const sku = idOf('sku', 'apple')
const where = { device: 'A', branch: 'main' } as const
const piece = 10_000

/** Ten came at 5.00, four of them were sold. */
function trade(writer: JournalWriter, value: number | undefined = 5_000): FoldEntry[] {
  const apple = { sku: 'apple', warehouse: 'shop' }
  const bought = { leg: '1', ...apple, quantity: 10 * piece, ...(value !== undefined && { value }) }
  const sold = { leg: '1', ...apple, quantity: -4 * piece }
  return [
    ...postingRecords(writer, {
      ...{ ...where, document: 'r', type: 'goods-receipt', at: 1_000_000 },
      legs: [bought],
    }),
    ...postingRecords(writer, {
      ...{ ...where, document: 's', type: 'shipment', at: 2_000_000, legs: [sold] },
    }),
  ]
}

function invoice(
  writer: JournalWriter,
  quantity: number,
  amount: number,
  more: Partial<TestAdjusting> = {},
): FoldEntry {
  const said = { document: 'r', leg: '1', kind: 'invoice', quantity: quantity * piece } as const
  const about = { ...where, document: 'i', at: 3_000_000 }
  return adjustingRecord(writer, { ...about, adjustments: [{ ...said, amount }], ...more })
}

function landed(writer: JournalWriter, amount: number): FoldEntry {
  const said = { document: 'r', leg: '1', kind: 'landed', amount } as const
  return adjustingRecord(writer, {
    ...{ ...where, document: 'l', at: 4_000_000, adjustments: [said] },
  })
}

/** Value of what is left and cost of what was sold, one fold per order of arrival. */
function outcomes(entries: readonly FoldEntry[]): (readonly [number, number])[] {
  return arrivalsOf(entries.length).map((order) => {
    const fold = openFold()
    for (const index of order) fold.apply([entries[index] as FoldEntry])
    expect(fold.audit()).toBeUndefined()
    return outcomeOf(fold)
  })
}

function outcomeOf(fold: Fold): readonly [number, number] {
  const [sale] = fold.stock.costOf(idOf('document', 's'))
  return [fold.stock.pool(sku, branch)?.value ?? 0, sale?.cost ?? 0]
}

describe('what is said later of the cost of a receipt', () => {
  it('[ADJ1] an invoice re-rates it, in every order of arrival', () => {
    const writer = new JournalWriter()
    const all = [...trade(writer), invoice(writer, 10, 6_000)]
    for (const outcome of outcomes(all)) expect(outcome).toEqual([3_600, -2_400])
  })

  it('[ADJ1] an invoice of a part re-rates that part', () => {
    const writer = new JournalWriter()
    const all = [...trade(writer), invoice(writer, 4, 2_500)]
    for (const outcome of outcomes(all)) expect(outcome).toEqual([3_300, -2_200])
  })

  it('[ADJ2] landed cost comes on top, before an invoice and after it', () => {
    const writer = new JournalWriter()
    const all = [...trade(writer), landed(writer, 500), invoice(writer, 10, 6_000)]
    for (const outcome of outcomes(all)) expect(outcome).toEqual([3_900, -2_600])
  })

  it('[ADJ3] a reversed one is as if it had not been said', () => {
    const writer = new JournalWriter()
    const reversal = reversalRecord(writer, {
      ...{ ...where, document: 'i', at: 5_000_000, audience: 'buying' },
    })
    const all = [...trade(writer), invoice(writer, 10, 6_000), reversal]
    for (const outcome of outcomes(all)) expect(outcome).toEqual([3_000, -2_000])
  })

  it('[ADJ3] of one that was posted twice the posting in force counts', () => {
    const writer = new JournalWriter()
    const first = invoice(writer, 10, 6_000, { posting: 'first', writtenAt: 10 })
    const second = invoice(writer, 10, 7_000, { posting: 'second', device: 'B', writtenAt: 20 })
    for (const outcome of outcomes([...trade(writer), first, second])) {
      expect(outcome).toEqual([3_600, -2_400])
    }
  })

  it('[ADJ4] more than came is rated at the invoices’ own price, and so is what has no estimate', () => {
    const writer = new JournalWriter()
    const twice = [invoice(writer, 10, 6_000), invoice(writer, 10, 7_000, { document: 'j' })]
    for (const outcome of outcomes([...trade(writer), ...twice])) {
      expect(outcome).toEqual([3_900, -2_600])
    }
    const other = new JournalWriter()
    const unpriced = postingRecords(other, {
      ...{ ...where, document: 'r', type: 'goods-receipt', at: 1_000_000 },
      legs: [{ leg: '1', sku: 'apple', warehouse: 'shop', quantity: 10 * piece }],
    })
    const sold = trade(other).slice(-1)
    for (const outcome of outcomes([...unpriced, ...sold, invoice(other, 5, 3_000)])) {
      expect(outcome).toEqual([3_600, -2_400])
    }
  })

  it('[ADJ5] go on from a checkpoint', () => {
    const writer = new JournalWriter()
    const before = openFold()
    before.apply([...trade(writer), invoice(writer, 10, 6_000)])
    const fold = openFold({ checkpoint: before.checkpoint() })
    expect(outcomeOf(fold)).toEqual([3_600, -2_400])
    fold.apply([landed(writer, 500)])
    expect(outcomeOf(fold)).toEqual([3_900, -2_600])
    const reversal = reversalRecord(writer, {
      ...{ ...where, document: 'i', at: 5_000_000, audience: 'buying' },
    })
    fold.apply([reversal])
    expect(outcomeOf(fold)).toEqual([3_300, -2_200])
  })
})
