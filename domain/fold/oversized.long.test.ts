import { describe, expect, it } from 'vitest'
import { postingRecords } from '#tests/builders/documents.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { limitMoney, limitQuantity } from '#domain/values/limits.ts'
import { type Fold, openFold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const where = { device: 'A', branch: 'main' } as const

/** Ten times 1,900 legs at the limit, and most of them out again; not one sum stays below 2^53. */
function absurdTrade(): FoldEntry[] {
  const writer = new JournalWriter()
  const goods = { sku: 'apple', warehouse: 'shop' }
  return Array.from({ length: 10 }, (_, i) => {
    const legs = Array.from({ length: 1_900 }, (__, j) => ({
      ...{ leg: `l${j}`, ...goods, quantity: limitQuantity - j, value: limitMoney - 3 * j },
    }))
    const out = legs
      .slice(i)
      .map(({ leg, quantity }) => ({ leg, ...goods, quantity: 5 - quantity }))
    return [
      ...postingRecords(writer, {
        ...{ ...where, document: `r${i}`, type: 'goods-receipt', at: 1_000 + i * 10, legs },
      }),
      ...postingRecords(writer, {
        ...{ ...where, document: `s${i}`, type: 'shipment', at: 1_005 + i * 10, legs: out },
      }),
    ]
  }).flat()
}

function stateOf(fold: Fold): unknown {
  return [
    fold.hash('goods', branch),
    fold.hash('buying', branch),
    fold.findings().map(({ key }) => key),
  ]
}

describe('sums beyond what a shop has', () => {
  it('[FIN14] are told, throw nothing and are the same in every order of arrival', () => {
    const entries = absurdTrade()
    const receipts = entries.filter(({ record }) => JSON.stringify(record.body).includes('receipt'))
    const some = openFold()
    some.apply(receipts)
    expect(some.findings().map(({ code }) => code)).toEqual(['stock-too-large'])
    const reopened = openFold({ checkpoint: some.checkpoint() })
    expect(stateOf(reopened)).toEqual(stateOf(some))
    const fold = openFold()
    fold.apply(entries)
    const backwards = openFold()
    for (const entry of [...entries].reverse()) backwards.apply([entry])
    expect(stateOf(backwards)).toEqual(stateOf(fold))
  })
})
