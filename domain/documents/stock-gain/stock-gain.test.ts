import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import {
  aPosting,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { stockGainExamples } from './stock-gain.examples.ts'
import { stockGain } from './stock-gain.ts'

const draft = stockGainExamples.weighedAgain

describe('stock gain', () => {
  it('[SGN1] takes goods in without a price', () => {
    const posting = aPosting(stockGain, draft)
    expect(legsOf(posting)).toEqual(['count line-1 0.425 sku-apple main-warehouse'])
    expect(posting.parts.map(({ audience }) => audience)).toEqual(['goods'])
  })

  it('[SGN1] takes goods in at a price where it states one', () => {
    const lines = draft.lines.map((line) => ({ ...line, price: 12_000_000 }))
    const { bodies } = postedDocument(aPosting(stockGain, { ...draft, lines }))
    expect(bodies.map(({ part, values }) => [part, values])).toEqual([
      ['goods', undefined],
      ['buying', [{ leg: 'line-1', amount: 510 }]],
    ])
  })

  it('[SGN2] wants a reason', () => {
    const header = { warehouseId: exampleShop.mainWarehouse }
    expect(refusalsOf(stockGain, { ...draft, header })).toEqual(['required reason'])
  })

  it('[SGN3] moves the cost out of pending loss', () => {
    expect(voucherOf(stockGain, draft)).toEqual([
      'debit inventory cost-of line-1',
      'credit pending-loss cost-of line-1',
    ])
  })
})
