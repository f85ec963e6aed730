import { describe, expect, it } from 'vitest'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { aPosting, postedDocument, refusalsOf } from '#tests/builders/a-post-context.ts'
import { salesOrderExamples } from './sales-order.examples.ts'
import { salesOrder } from './sales-order.ts'

const { boxesForFriday, keptForAWeek, goodsToCome } = salesOrderExamples

const promised = (available: number) => ({
  available: () => wholeQuantity(available),
  reserved: () => undefined,
  ordered: () => undefined,
  isTakenFrom: () => false,
})

describe('sales order', () => {
  it('[SOR1] keeps goods and moves none', () => {
    const [goods] = postedDocument(aPosting(salesOrder, goodsToCome)).bodies
    expect(goods?.legs).toEqual([])
    expect(goods?.claims).toEqual([
      {
        ...{ lineId: 'line-1', kind: 'reserve', sku: 'sku-cola' },
        ...{ warehouse: 'main-warehouse', quantity: wholeQuantity(2_400) },
      },
    ])
  })

  it('[SOR2] refuses what is not available', () => {
    const short = { promised: promised(47) }
    expect(refusalsOf(salesOrder, boxesForFriday, short)).toEqual(['available-short quantity'])
    expect(refusalsOf(salesOrder, boxesForFriday, { promised: promised(48) })).toEqual([])
    expect(refusalsOf(salesOrder, goodsToCome, short)).toEqual([])
  })

  it('[SOR3] ends by itself', () => {
    const [goods] = postedDocument(aPosting(salesOrder, keptForAWeek)).bodies
    expect(goods?.claims).toMatchObject([{ until: '2026-11-29' }])
  })
})
