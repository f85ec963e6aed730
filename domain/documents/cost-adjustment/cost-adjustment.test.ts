import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import {
  aPosting,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { costAdjustmentExamples } from './cost-adjustment.examples.ts'
import { costAdjustment } from './cost-adjustment.ts'

const draft = costAdjustmentExamples.pricedTooLow

function valuesOf(of: Parameters<typeof aPosting>[1]) {
  const { bodies } = postedDocument(aPosting(costAdjustment, of))
  return bodies.flatMap(({ values }) => values ?? [])
}

describe('cost adjustment', () => {
  it('[CAD1] changes values and moves no goods', () => {
    expect(legsOf(aPosting(costAdjustment, draft))).toEqual([
      'value line-1 0 sku-cola main-warehouse',
      'value line-2 0 sku-shirt main-warehouse',
    ])
    const keeper = aPosting(costAdjustment, draft, { audiences: ['goods'] })
    expect(postedDocument(keeper).bodies.flatMap(({ values }) => values ?? [])).toEqual([])
  })

  it('[CAD2] goes one way, for a reason', () => {
    expect(valuesOf(draft)).toEqual([
      { leg: 'line-1', amount: 3_600 },
      { leg: 'line-2', amount: 12_000 },
    ])
    expect(valuesOf(costAdjustmentExamples.fellInPrice)).toEqual([
      { leg: 'line-1', amount: -8_850 },
    ])
    const header = { warehouseId: exampleShop.mainWarehouse, direction: 'increase' }
    expect(refusalsOf(costAdjustment, { ...draft, header })).toEqual(['required reason'])
  })

  it('[CAD3] is posted by finance or a manager', () => {
    const as = (role: 'buyer' | 'finance' | 'manager') => ({
      actor: { userId: 'user-2', roles: [role] },
    })
    expect(refusalsOf(costAdjustment, draft, as('buyer'))).toEqual(['role-missing'])
    expect(refusalsOf(costAdjustment, draft, as('finance'))).toEqual([])
    expect(refusalsOf(costAdjustment, draft, as('manager'))).toEqual([])
  })

  it('[CAD4] moves value between stock and the cost of sales', () => {
    expect(voucherOf(costAdjustment, costAdjustmentExamples.fellInPrice)).toEqual([
      'debit inventory cost-of line-1',
      'credit cost-difference cost-of line-1',
    ])
  })
})
