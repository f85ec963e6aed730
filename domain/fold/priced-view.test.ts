import { expect, it } from 'vitest'
import { adjustingRecord, postingRecords, reversalRecord } from '#tests/builders/documents.ts'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const where = { device: 'A', branch: 'main' } as const
const receipt = idOf('document', 'r')

function stateOf({ priced }: Fold): unknown {
  return [
    ['1', '2'].map((leg) => priced.invoiced(receipt, leg) / 10_000),
    priced
      .pricedBy(receipt)
      .map(({ number }) => number)
      .sort(),
  ]
}

it('[ADJ6] what of a receipt is invoiced, and by which documents, follows from those in force', () => {
  const writer = new JournalWriter()
  const goods = { sku: 'apple', warehouse: 'shop', quantity: 100_000, value: 5_000 }
  const received = postingRecords(writer, {
    ...{ ...where, document: 'r', type: 'goods-receipt', at: 1_000_000 },
    legs: ['1', '2'].map((leg) => ({ leg, ...goods })),
  })
  const billed = (document: string, leg: string, quantity: number) =>
    adjustingRecord(writer, {
      ...{ ...where, document, at: 2_000_000 },
      adjustments: [
        { document: 'r', leg, kind: 'invoice', quantity: quantity * 10_000, amount: 100 },
        { document: 'r', leg: '2', kind: 'landed', amount: 10 },
      ],
    })
  const reversal = reversalRecord(writer, {
    ...{ ...where, document: 'i', at: 3_000_000, audience: 'buying' },
  })
  const entries: FoldEntry[] = [...received, billed('i', '1', 4), billed('j', '1', 5), reversal]
  for (const order of arrivalsOf(entries.length)) {
    const fold = openFold()
    for (const index of order) fold.apply([entries[index] as FoldEntry])
    expect(stateOf(fold)).toEqual([[5, 0], ['N-j']])
    expect(stateOf(openFold({ checkpoint: fold.checkpoint() }))).toEqual([[5, 0], ['N-j']])
  }
  const changes = openFold().apply(entries)
  expect([...changes.documents]).toContain(receipt)
})
