import { expect, it } from 'vitest'
import { arrivalsOf } from '#tests/builders/arrivals.ts'
import { postingRecords } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

it('[FRC2] costs wait for the legs they speak of, also while a posting without them is in force', () => {
  const writer = new JournalWriter()
  const about = { branch: 'main', document: 'r', type: 'goods-receipt', at: 1_000_000 } as const
  const leg = { leg: '1', sku: 'apple', warehouse: 'shop', quantity: 100_000, value: 5_000 }
  const entries = [
    ...postingRecords(writer, { ...about, device: 'A', legs: [leg] }),
    ...postingRecords(writer, { ...about, device: 'B', legs: [] }),
  ]
  for (const order of arrivalsOf(entries.length)) {
    const fold = openFold()
    for (const index of order) fold.apply([entries[index] as FoldEntry])
    const pool = fold.stock.pool(idOf('sku', 'apple'), idOf('branch', 'main'))
    expect(pool).toMatchObject({ quantity: 100_000, value: 5_000, isProvisional: false })
  }
})
