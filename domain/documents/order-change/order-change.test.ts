import { describe, expect, it } from 'vitest'
import { asId, type SkuId } from '#domain/values/ids.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { aPosting, postedDocument, refusalsOf } from '#tests/builders/a-post-context.ts'
import { orderChangeExamples } from './order-change.examples.ts'
import { orderChange } from './order-change.ts'

const { more, closed } = orderChangeExamples

describe('order change', () => {
  it('[OCH1] restates lines of an order', () => {
    const [goods] = postedDocument(aPosting(orderChange, closed)).bodies
    expect(goods?.claims).toMatchObject([
      { kind: 'change', quantity: 0, of: { docId: 'example-order', lineId: 'line-1' } },
      { kind: 'change', quantity: 0, of: { docId: 'example-order', lineId: 'line-2' } },
    ])
  })

  it('[OCH2] checks the increase alone', () => {
    const promised = (available: number) => ({
      available: () => wholeQuantity(available),
      reserved: () => wholeQuantity(48),
      ordered: () => undefined,
      isTakenFrom: () => false,
    })
    expect(refusalsOf(orderChange, more, { promised: promised(24) })).toEqual([])
    expect(refusalsOf(orderChange, more, { promised: promised(23) })).toEqual([
      'available-short quantity',
    ])
  })

  it('[OCH3] wants an order with such a line', () => {
    const [line] = more.lines
    const changed = (fields: object) => ({
      ...more,
      lines: [{ lineId: 'line-1', ...line, ...fields }],
    })
    const refusals = (fields: object) => refusalsOf(orderChange, changed(fields))
    expect(refusals({ orderId: undefined })).toEqual(['required orderId'])
    expect(refusals({ orderId: 'other' })).toEqual(['order-unknown orderId'])
    expect(refusals({ orderLineId: 'line-9' })).toEqual(['order-line-unknown orderId'])
    expect(refusals({ skuId: asId<SkuId>('sku-shirt') })).toEqual(['order-sku-differs orderId'])
  })
})
