/** A change of the cost method over any history: the preview says what it does, and leaves no trace. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fold } from '#domain/fold/fold.ts'
import type { CostMethod } from '#domain/ledgers/stock/policy.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { startOf, businessDate } from '#domain/values/business-date.ts'
import { figuresOf, foldOf } from './fold-figures.ts'
import { histories, type History } from './history.ts'
import { momentOf } from './plan.ts'
import { companyRecord } from './posting.ts'
import { patience, runs } from './runs.ts'
import { writeHistory } from './write-history.ts'

const from = startOf(businessDate('2026-02-01'), { offsetMinutes: 480, cutOffMinutes: 0 })

/** Fen of all goods, and what each leg cost with what was trued up since. */
function valued(fold: Fold, docIds: readonly string[]) {
  return {
    value: [...fold.stock.pools()].reduce((sum, { value }) => sum + value, 0),
    costs: docIds.flatMap((docId) =>
      fold.stock
        .costOf(docId)
        .map(({ leg, cost, trueUp }) => [`${docId}|${leg}`, cost - trueUp] as const),
    ),
  }
}

function previewHolds(history: History, method: CostMethod): void {
  const { groups, postings, writer } = writeHistory(history)
  const fold = foldOf(groups.flat())
  const docIds = postings.map(({ document }) => idOf('document', document))
  const before = figuresOf(fold)
  const costs = valued(fold, docIds)
  const told = fold.methodImpactOf({ from, method })
  expect(figuresOf(fold)).toEqual(before)
  expect(fold.audit()).toBeUndefined()
  fold.apply([
    companyRecord(writer, {
      ...{ audience: 'goods', at: momentOf(0), entity: 'company', id: idOf('company', 'tests') },
      fields: { 'costMethodFrom:2026-02': method },
    }),
  ])
  const after = valued(fold, docIds)
  expect(after.value - costs.value).toBe(told.valueChange)
  const changed = new Map(
    told.legs
      .filter(({ isReversal }) => !isReversal)
      .map(({ docId, leg, costAfter }) => [`${docId}|${leg}`, costAfter]),
  )
  const expected = costs.costs.map(([key, cost]) => [key, changed.get(key) ?? cost])
  expect(after.costs).toEqual(expected)
}

describe('a change of the cost method over any history', () => {
  it(
    '[CMC5] the preview tells what it does to the fen, and leaves no trace',
    () => {
      const [batch, warehouse] = ['batch', 'warehouse']
      const wished = fc.constantFrom<CostMethod>('moving-average', 'fifo', 'month-end')
      const shape = { skus: 2, branches: 2, acts: 40, hours: 1_800 }
      fc.assert(
        fc.property(histories(shape), wished, (history, method) => {
          // From batch cost, and to months per warehouse, no change leads.
          fc.pre(history.policy.method !== batch)
          fc.pre(method !== 'month-end' || history.policy.scope !== warehouse)
          previewHolds(history, method)
        }),
        runs(150),
      )
    },
    patience,
  )
})
