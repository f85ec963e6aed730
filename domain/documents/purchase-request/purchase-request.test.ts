import { describe, expect, it } from 'vitest'
import { purchaseOrderExamples } from '#domain/documents/purchase-order/purchase-order.examples.ts'
import { purchaseOrder } from '#domain/documents/purchase-order/purchase-order.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPosting,
  documentsOf,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import { purchaseRequestExamples } from './purchase-request.examples.ts'
import { purchaseRequest } from './purchase-request.ts'

const { shelfIsEmpty, withoutPrices } = purchaseRequestExamples

describe('purchase request', () => {
  it('[PRQ1] asks for goods and moves none', () => {
    const [goods] = postedDocument(aPosting(purchaseRequest, shelfIsEmpty)).bodies
    expect(goods?.legs).toEqual([])
    expect(goods?.claims).toMatchObject([
      { lineId: 'line-1', kind: 'request', quantity: wholeQuantity(240) },
      { lineId: 'line-2', kind: 'request' },
    ])
  })

  it('[PRQ2] keeps supplier and estimate to those who read costs', () => {
    const { parts } = aPosting(purchaseRequest, shelfIsEmpty, { audiences: ['goods'] })
    expect(JSON.stringify(parts)).not.toMatch(/supplier|price|amount/)
    const plain = aPosting(purchaseRequest, withoutPrices)
    expect(plain.parts.map(({ audience }) => audience)).toEqual(['goods'])
    const seller = { actor: { userId: 'user-2', roles: ['seller' as const] } }
    expect(refusalsOf(purchaseRequest, withoutPrices, seller)).toEqual([])
  })

  it('[PRQ3] is ordered together with other requests, each line naming its own', () => {
    const asked = [shelfIsEmpty, withoutPrices].map((draft) =>
      postedDocument(aPosting(purchaseRequest, draft)),
    )
    const [template] = purchaseOrderExamples.hundredBoxes.lines
    const lines = asked.map(({ docId, lines: [line] }, i) => ({
      ...{ lineId: `line-${i + 1}`, price: template?.['price'], quantity: wholeQuantity(6) },
      ...{ skuId: line?.['skuId'], orderId: asId<DocumentId>(docId) },
      orderLineId: asId<LineId>('line-1'),
    }))
    const draft = { ...purchaseOrderExamples.hundredBoxes, lines }
    const posting = aPosting(purchaseOrder, draft, { documents: documentsOf(asked) })
    expect(postedDocument(posting).bodies[0]?.claims).toMatchObject([
      { kind: 'order', of: { docId: 'purchase-request-shelf', lineId: 'line-1' } },
      { kind: 'order', of: { docId: 'purchase-request-plain', lineId: 'line-1' } },
    ])
  })
})
