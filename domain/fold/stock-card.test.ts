import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import { acts, historyOf } from '#tests/builders/random-history.ts'
import { openFold } from './fold.ts'

const branch = idOf('branch', 'branch-0')
const sku = idOf('sku', 'sku-0')

/** The company values goods by warehouse. */
const byWarehouse = new JournalWriter().write({
  ...{ device: 'office', branch: 'branch-0', audience: 'goods', at: 1 },
  kind: 'masters-changed.v1',
  body: {
    changes: [
      { entity: 'company', id: idOf('company', 'own'), fields: { costScope: 'warehouse' } },
    ],
  },
})

describe('a movement card', () => {
  it('[CRD1] of several pools stands in one order, and ends at what they hold together', () => {
    fc.assert(
      fc.property(acts({ skus: 1, branches: 1, acts: 40 }), (given) => {
        const fold = openFold()
        fold.apply([...historyOf(given).flat(), byWarehouse])
        const rows = fold.stock.card(sku, { branch })
        const moments = rows.map(({ at }) => at)
        expect(moments).toEqual([...moments].sort((a, b) => a - b))
        const last = rows.at(-1)
        const pool = fold.stock.pool(sku, branch)
        expect(last?.quantityAfter ?? 0).toBe(pool?.quantity ?? 0)
        expect(last?.valueAfter ?? 0).toBe(pool?.value ?? 0)
        expect(rows.reduce((sum, { cost }) => sum + cost, 0)).toBe(pool?.value ?? 0)
      }),
      { numRuns: 60 },
    )
  })
})
