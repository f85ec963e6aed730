import { describe, expect, it } from 'vitest'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { aPosting, postedDocument } from '#tests/builders/a-post-context.ts'
import { purchaseOrderExamples } from './purchase-order.examples.ts'
import { purchaseOrder } from './purchase-order.ts'

const { hundredBoxes } = purchaseOrderExamples

describe('purchase order', () => {
  it('[POR1] awaits goods and moves none', () => {
    const [goods] = postedDocument(aPosting(purchaseOrder, hundredBoxes)).bodies
    expect(goods?.legs).toEqual([])
    expect(goods?.claims).toMatchObject([
      { lineId: 'line-1', kind: 'order', sku: 'sku-cola', quantity: wholeQuantity(2_400) },
    ])
  })

  it('[POR2] leaves the buying part to be supplied', () => {
    const { parts } = aPosting(purchaseOrder, hundredBoxes, { audiences: ['goods'] })
    expect(parts.map(({ audience }) => audience)).toEqual(['goods'])
    expect(JSON.stringify(parts)).not.toMatch(/supplier|price|amount|tax/)
  })
})
