/** The list of a past day agrees with the cards, product by product. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf } from '#tests/builders/journal-writer.ts'
import { acts, historyOf } from '#tests/builders/random-history.ts'
import { instant } from '#domain/values/instant.ts'
import { openFold } from './fold.ts'

/** How many runs; more by FOLD_RUNS. */
const numRuns = Number(process.env['FOLD_RUNS'] ?? 60)
const history = acts({ skus: 2, branches: 2, acts: 40, actsMin: 4 })
const hourMs = 3_600_000
const firstMs = 1_767_225_600_000
const skus = [idOf('sku', 'sku-0'), idOf('sku', 'sku-1')]
const branches = [idOf('branch', 'branch-0'), idOf('branch', 'branch-1')]
const warehouses = ['front-0', 'back-0', 'front-1', 'back-1'].map((name) => idOf('warehouse', name))

describe('stock at a past moment 时点库存', () => {
  it('[DCV11] the list is the cards cut at that moment, in quantity and value, by branch and by warehouse', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -1, max: 45 }), (given, hour) => {
        const { stock } = openAndFold(given)
        const at = instant(firstMs + hour * hourMs)
        const listed = stock.listAt({ at })
        for (const sku of skus) {
          for (const branch of branches) {
            const row = listed.find((each) => each.sku === sku && each.branch === branch)
            const { quantity, value } = stock.asOf(sku, { branch }, at)
            expect([row?.quantity ?? 0, row?.value ?? 0]).toEqual([quantity, value])
          }
          for (const warehouse of warehouses) {
            const rows = stock.listAt({ at, warehouse }).filter((row) => row.sku === sku)
            const sum = rows.reduce((total, { quantity }) => total + quantity, 0)
            expect(sum).toBe(stock.asOf(sku, { warehouse }, at).quantity)
            expect(rows.every((row) => row.value === undefined)).toBe(true)
          }
        }
      }),
      { numRuns },
    )
  })
})

function openAndFold(given: Parameters<typeof historyOf>[0]) {
  const fold = openFold()
  fold.apply(historyOf(given).flat())
  return fold
}
