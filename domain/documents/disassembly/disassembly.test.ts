import { describe, expect, it } from 'vitest'
import {
  aPosting,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { aGoodsReader, trackedShop } from '#tests/builders/a-tracked-shop.ts'
import { disassemblyExamples } from './disassembly.examples.ts'
import { disassembly } from './disassembly.ts'

const draft = disassemblyExamples.giftSet

describe('disassembly', () => {
  it('[DDI1] takes the product out and its parts in as one act', () => {
    expect(legsOf(aPosting(disassembly, draft))).toEqual([
      'internal product -2 sku-shirt main-warehouse',
      'internal line-1 4 sku-cola main-warehouse',
      'internal line-2 3 sku-apple main-warehouse',
    ])
  })

  it('[DDI2] shares by weight, or by quantity', () => {
    const sharesOf = (of: typeof draft) =>
      postedDocument(aPosting(disassembly, of)).legs.map(({ share }) => share)
    expect(sharesOf(draft)).toEqual([undefined, 1_000, 2_000])
    expect(sharesOf(disassemblyExamples.byQuantity)).toEqual([undefined, 120_000, 30_000])
  })

  it('[DDI3] wants a weight on each line where one has it', () => {
    const lines = draft.lines.map(({ weight: _weight, ...line }, i) =>
      i === 0 ? line : (draft.lines[i] ?? line),
    )
    expect(refusalsOf(disassembly, { ...draft, lines })).toEqual(['weight-alone weight'])
  })

  it('[DDI7] lets a part of weight 0 bear a stated cost beside parts that have weights', () => {
    const withWeights = (...weights: (number | undefined)[]) => ({
      ...draft,
      header: { ...draft.header, fee: 100 },
      lines: draft.lines.map(({ weight: _weight, ...line }, i) => ({
        ...line,
        ...(weights[i] !== undefined && { weight: weights[i] }),
        ...(i === 0 && { statedCost: 700 }),
      })),
    })
    const { bodies } = postedDocument(aPosting(disassembly, withWeights(0, 5)))
    expect(bodies.flatMap(({ values }) => values ?? [])).toEqual([
      { leg: 'line-2', amount: 100 },
      { leg: 'line-1', amount: 700 },
    ])
    for (const weights of [[1, 5], [0, 0], []]) {
      expect(refusalsOf(disassembly, withWeights(...weights))).toEqual([
        'stated-cost-with-share statedCost',
      ])
    }
  })

  it('[DDI4] books the fee alone', () => {
    expect(voucherOf(disassembly, draft)).toEqual([])
    expect(voucherOf(disassembly, disassemblyExamples.withFee)).toHaveLength(2)
  })

  it('[DDI6] takes the product from its batch and names the batches of its parts', () => {
    const { masters, milk, phone } = trackedShop
    const goods = aGoodsReader([{ batch: 'P', expires: '2026-12-01', quantity: 3 }])
    const box = {
      ...draft,
      header: { ...draft.header, skuId: milk, quantity: 40_000 },
      lines: [{ lineId: 'line-1', skuId: phone, quantity: 20_000, serials: 'S1 S2' }],
    }
    const legs = postedDocument(aPosting(disassembly, box, { masters, goods })).legs
    expect(
      legs.map(({ leg, quantity, batch, serial }) => [leg, quantity, batch ?? serial]),
    ).toEqual([
      ['product#1', -30_000, 'P'],
      ['product#2', -10_000, undefined],
      ['line-1#1', 10_000, 'S1'],
      ['line-1#2', 10_000, 'S2'],
    ])
  })

  it('[DDI5] refuses a product that is one of its own parts', () => {
    const [first] = draft.lines
    const header = { ...draft.header, skuId: first?.['skuId'] }
    expect(refusalsOf(disassembly, { ...draft, header })).toEqual(['part-is-product skuId'])
  })
})
