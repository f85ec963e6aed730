import { describe, expect, it } from 'vitest'
import { exampleDispatch } from '#domain/doctype/example-dispatch.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { reverse } from '#domain/doctype/reverse.ts'
import { transferArrivalExamples } from '#domain/documents/transfer-arrival/transfer-arrival.examples.ts'
import { transferArrival } from '#domain/documents/transfer-arrival/transfer-arrival.ts'
import { transitOf } from '#domain/masters/transit.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { transferDispatchExamples } from './transfer-dispatch.examples.ts'
import { transferDispatch } from './transfer-dispatch.ts'

const draft = transferDispatchExamples.byCarrier

const transit = transitOf(exampleShop.branchId)

describe('transfer dispatch', () => {
  it('[TRD1] puts on the way what it takes out', () => {
    expect(legsOf(aPosting(transferDispatch, draft))).toEqual([
      'internal line-1-out -48 sku-cola back-warehouse',
      `internal line-1-in 48 sku-cola ${transit} with line-1-out`,
      'internal line-2-out -12 sku-shirt back-warehouse',
      `internal line-2-in 12 sku-shirt ${transit} with line-2-out`,
    ])
  })

  it('[TRD2] goes to another warehouse', () => {
    const header = { ...draft.header, targetWarehouseId: exampleShop.backWarehouse }
    expect(refusalsOf(transferDispatch, { ...draft, header })).toEqual([
      'same-warehouse targetWarehouseId',
    ])
  })

  it('[TRD3] needs no voucher', () => {
    expect(voucherOf(transferDispatch, draft)).toEqual([])
  })

  it('[TRD4] stands while some of it has arrived', () => {
    const arrival = postedDocument(aPosting(transferArrival, transferArrivalExamples.fourShort))
    const reversing = (documents: ReturnType<typeof documentsOf>) =>
      reverse(aPostContext(transferDispatch, { documents }), exampleDispatch.docId, 'wrong')
    expect(reversing(documentsOf([exampleDispatch, arrival]))).toEqual({
      ok: false,
      problem: [{ code: 'document-returned' }],
    })
    const undone = { ...arrival, state: 'reversed' as const }
    expect(reversing(documentsOf([exampleDispatch, undone])).ok).toBe(true)
  })
})
