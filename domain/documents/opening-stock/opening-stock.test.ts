import { describe, expect, it } from 'vitest'
import { aPosting, costsOf, legsOf, refusalsOf, voucherOf } from '#tests/builders/a-post-context.ts'
import { openingStockExamples } from './opening-stock.examples.ts'
import { openingStock } from './opening-stock.ts'

const { byPrice, byValue, givenForNothing } = openingStockExamples

describe('opening stock', () => {
  it('[OPS1] stands before everything else', () => {
    expect(legsOf(aPosting(openingStock, byPrice))).toEqual([
      'opening line-1 120 sku-cola main-warehouse',
      'opening line-2 30.5 sku-apple main-warehouse',
    ])
  })

  it('[OPS2] costs what is typed, or quantity × price', () => {
    expect(costsOf(aPosting(openingStock, byPrice))).toEqual(['line-1 204.00', 'line-2 186.05'])
    expect(costsOf(aPosting(openingStock, byValue))).toEqual(['line-1 100.00'])
    expect(costsOf(aPosting(openingStock, givenForNothing))).toEqual(['line-1 0.00'])
  })

  it('[OPS2] wants one of the two from who may know it', () => {
    const lines = byValue.lines.map((line) => ({ ...line, amount: undefined }))
    expect(refusalsOf(openingStock, { ...byValue, lines })).toEqual(['required amount'])
    expect(refusalsOf(openingStock, { ...byValue, lines }, { audiences: ['goods'] })).toEqual([])
  })

  it('[OPS3] needs no voucher', () => {
    expect(voucherOf(openingStock, byPrice)).toEqual([])
  })

  it('[OPS4] is posted by finance', () => {
    const as = (role: 'keeper' | 'finance') => ({ actor: { userId: 'user-2', roles: [role] } })
    expect(refusalsOf(openingStock, byPrice, as('keeper'))).toEqual(['role-missing'])
    expect(refusalsOf(openingStock, byPrice, as('finance'))).toEqual([])
  })
})
