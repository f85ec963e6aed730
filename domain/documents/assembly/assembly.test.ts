import { describe, expect, it } from 'vitest'
import {
  aPosting,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { assemblyExamples } from './assembly.examples.ts'
import { assembly } from './assembly.ts'

const draft = assemblyExamples.giftSet

describe('assembly', () => {
  it('[AAS1] takes the parts out and the product in as one act', () => {
    const posting = aPosting(assembly, draft)
    expect(legsOf(posting)).toEqual([
      'internal line-1 -10 sku-cola main-warehouse',
      'internal line-2 -7.5 sku-apple main-warehouse',
      'internal product 5 sku-shirt main-warehouse',
    ])
    const { legs } = postedDocument(posting)
    expect(legs.map(({ group, share }) => [group, share])).toEqual([
      ['product', undefined],
      ['product', undefined],
      ['product', 1],
    ])
  })

  it('[AAS2] adds the fee to what the product is worth, where one was said', () => {
    const { bodies } = postedDocument(aPosting(assembly, draft))
    expect(bodies.map(({ part, values }) => [part, values])).toEqual([
      ['goods', undefined],
      ['buying', [{ leg: 'product', amount: 2_500 }]],
    ])
    const plain = postedDocument(aPosting(assembly, assemblyExamples.withoutFee))
    expect(plain.bodies.map(({ part }) => part)).toEqual(['goods'])
  })

  it('[AAS3] books the fee alone', () => {
    expect(voucherOf(assembly, draft)).toHaveLength(2)
    expect(voucherOf(assembly, assemblyExamples.withoutFee)).toEqual([])
  })

  it('[AAS4] refuses a product that is one of its own parts', () => {
    const [first] = draft.lines
    const header = { ...draft.header, skuId: first?.['skuId'] }
    expect(refusalsOf(assembly, { ...draft, header })).toEqual(['part-is-product skuId'])
  })
})
