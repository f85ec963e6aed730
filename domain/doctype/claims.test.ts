import { describe, expect, it } from 'vitest'
import { salesOrder } from '#domain/documents/sales-order/sales-order.ts'
import { salesOrderExamples } from '#domain/documents/sales-order/sales-order.examples.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { shipmentExamples } from '#domain/documents/shipment/shipment.examples.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import type { DraftDocument } from './define.ts'
import { exampleOrder } from './example-order.ts'
import { reverse } from './reverse.ts'

const { boxesForFriday, goodsToCome } = salesOrderExamples
const { passerBy, withDelivery } = shipmentExamples

/** The shipment with its first line carrying out a line of an order. */
function carryingOut(draft: DraftDocument, orderLineId: string): DraftDocument {
  const [first, ...others] = draft.lines
  const orderId = asId<DocumentId>('example-order')
  const link = { orderId, orderLineId: asId<LineId>(orderLineId) }
  return { ...draft, lines: [{ lineId: 'line-1', ...first, ...link }, ...others] }
}

const promised = (available: number, isTakenFrom = false) => ({
  available: () => wholeQuantity(available),
  reserved: () => undefined,
  ordered: () => undefined,
  isTakenFrom: () => isTakenFrom,
})

describe('claims of documents', () => {
  it('[OCL1] takes of the order that a line carries out, and free lines take nothing', () => {
    const [goods] = postedDocument(aPosting(shipment, carryingOut(passerBy, 'line-2'))).bodies
    expect(goods?.claims).toMatchObject([
      { kind: 'take', quantity: 13_350, of: { docId: 'example-order', lineId: 'line-2' } },
    ])
    expect(postedDocument(aPosting(shipment, passerBy)).bodies[0]?.claims).toBeUndefined()
  })

  it('[OCL2] keeps no services', () => {
    const [goods] = postedDocument(aPosting(salesOrder, goodsToCome)).bodies
    expect(goods?.lines).toHaveLength(2)
    expect(goods?.claims).toHaveLength(1)
  })

  it.each([
    ['order-unknown', []],
    ['order-type-wrong', [{ ...exampleOrder, type: 'transfer' }]],
    ['order-of-other-branch', [{ ...exampleOrder, branch: 'other' }]],
    ['order-reversed', [{ ...exampleOrder, state: 'reversed' as const }]],
    ['order-line-unknown', [{ ...exampleOrder, lines: [] }]],
  ])('[OCL3] refuses with %s', (code, known) => {
    const given = { documents: documentsOf(known) }
    expect(refusalsOf(shipment, carryingOut(passerBy, 'line-2'), given)).toEqual([
      `${code} orderId`,
    ])
  })

  it('[OCL3] refuses other goods', () => {
    expect(refusalsOf(shipment, carryingOut(withDelivery, 'line-2'))).toEqual([
      'order-sku-differs orderId',
    ])
  })

  it('[OCL4] adds up the lines of one place', () => {
    const [line] = boxesForFriday.lines
    const lines = ['a', 'b'].map((lineId) => ({ ...line, lineId }))
    const twice = { ...boxesForFriday, lines }
    expect(refusalsOf(salesOrder, twice, { promised: promised(96) })).toEqual([])
    expect(refusalsOf(salesOrder, twice, { promised: promised(95) })).toEqual([
      'available-short quantity',
    ])
  })

  it('[OCL5] does not reverse an order that is carried out', () => {
    const act = (isTakenFrom: boolean) =>
      reverse(
        aPostContext(salesOrder, { promised: promised(0, isTakenFrom) }),
        exampleOrder.docId,
        '客户取消',
      )
    expect(act(false).ok).toBe(true)
    expect(act(true)).toMatchObject({ problem: [{ code: 'order-carried-out' }] })
  })
})
