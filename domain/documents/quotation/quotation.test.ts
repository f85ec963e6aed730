import { describe, expect, it } from 'vitest'
import { salesOrderExamples } from '#domain/documents/sales-order/sales-order.examples.ts'
import { salesOrder } from '#domain/documents/sales-order/sales-order.ts'
import { businessDate } from '#domain/values/business-date.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPosting,
  documentsOf,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import { aGoodsReader } from '#tests/builders/a-tracked-shop.ts'
import { quotationExamples } from './quotation.examples.ts'
import { quotation } from './quotation.ts'

const { fiftyBoxes, toAPasserBy } = quotationExamples

/** An order of the quotation's first line. */
function ordering(validUntil: string) {
  const header = { ...fiftyBoxes.header, validUntil: businessDate(validUntil) }
  const offered = postedDocument(aPosting(quotation, { ...fiftyBoxes, header }))
  const [line] = fiftyBoxes.lines
  const { boxesForFriday } = salesOrderExamples
  const link = { orderId: asId<DocumentId>(offered.docId), orderLineId: asId<LineId>('line-1') }
  const lines = [{ lineId: 'line-1', ...line, ...link, quantity: wholeQuantity(24) }]
  return {
    draft: { ...boxesForFriday, lines },
    given: { documents: documentsOf([offered]), goods: aGoodsReader() },
  }
}

describe('quotation', () => {
  it('[QUO1] offers goods until a day, and keeps none', () => {
    const [goods] = postedDocument(aPosting(quotation, fiftyBoxes)).bodies
    expect(goods?.claims).toMatchObject([{ kind: 'offer', quantity: wholeQuantity(1_200) }])
    const { validUntil: _, ...header } = toAPasserBy.header
    expect(refusalsOf(quotation, { ...toAPasserBy, header })).toEqual(['required validUntil'])
  })

  it('[QUO2] is ordered line by line, and the order keeps its own goods', () => {
    const { draft, given } = ordering('2026-12-05')
    expect(postedDocument(aPosting(salesOrder, draft, given)).bodies[0]?.claims).toMatchObject([
      { kind: 'reserve', quantity: wholeQuantity(24), of: { docId: 'quotation-boxes' } },
    ])
  })

  it('[QUO3] is ordered on through its last day, and not after it', () => {
    const today = ordering('2026-11-22')
    expect(refusalsOf(salesOrder, today.draft, today.given)).toEqual([])
    const over = ordering('2026-11-21')
    expect(refusalsOf(salesOrder, over.draft, over.given)).toEqual(['quotation-expired orderId'])
  })

  it('[QUO4] is the matter of those who sell', () => {
    const as = (role: 'keeper' | 'seller') => ({ actor: { userId: 'user-2', roles: [role] } })
    expect(refusalsOf(quotation, toAPasserBy, as('keeper'))).toEqual(['role-missing'])
    expect(refusalsOf(quotation, toAPasserBy, as('seller'))).toEqual([])
  })
})
