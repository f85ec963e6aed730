import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import {
  aPosting,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { otherInExamples } from './other-in.examples.ts'
import { otherIn } from './other-in.ts'

const { fromTheMaker, leftOver } = otherInExamples

describe('other receipt', () => {
  it('[OIN1] takes goods in, at a price where it states one', () => {
    expect(legsOf(aPosting(otherIn, leftOver))).toEqual([
      'count line-1 0.45 sku-apple main-warehouse',
    ])
    const { bodies } = postedDocument(aPosting(otherIn, fromTheMaker))
    expect(bodies.map(({ part, values }) => [part, values])).toEqual([
      ['goods', undefined],
      ['buying', [{ leg: 'line-1', amount: 4_080 }]],
    ])
  })

  it('[OIN2] wants to know where goods come from', () => {
    const header = { warehouseId: exampleShop.mainWarehouse }
    expect(refusalsOf(otherIn, { ...leftOver, header })).toEqual(['required reason'])
  })

  it('[OIN3] earns what was given, and takes back the expense of what was not used', () => {
    expect(voucherOf(otherIn, fromTheMaker)).toEqual([
      'debit inventory cost-of line-1',
      'credit other-income cost-of line-1',
    ])
    expect(voucherOf(otherIn, leftOver)).toEqual([
      'debit inventory cost-of line-1',
      'red debit office-expense cost-of line-1',
    ])
  })
})
