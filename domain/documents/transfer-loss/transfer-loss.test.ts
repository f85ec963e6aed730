import { describe, expect, it } from 'vitest'
import { exampleDispatch } from '#domain/doctype/example-dispatch.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { transferArrivalExamples } from '#domain/documents/transfer-arrival/transfer-arrival.examples.ts'
import { transferArrival } from '#domain/documents/transfer-arrival/transfer-arrival.ts'
import { transitOf } from '#domain/masters/transit.ts'
import {
  aPosting,
  documentsOf,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { transferLossExamples } from './transfer-loss.examples.ts'
import { transferLoss } from './transfer-loss.ts'

const { fourCansShort, badlyPacked } = transferLossExamples

const transit = transitOf(exampleShop.branchId)

describe('transfer loss', () => {
  it('[TRL1] takes goods out of transit', () => {
    expect(legsOf(aPosting(transferLoss, fourCansShort))).toEqual([
      `issue line-1 -4 sku-cola ${transit} of example-dispatch/line-1-in`,
    ])
  })

  it('[TRL2] wants a cause and who answers for it', () => {
    const draft = { ...fourCansShort, header: {} }
    expect(refusalsOf(transferLoss, draft)).toEqual(['required cause', 'required answerable'])
  })

  it('[TRL3] is posted by a manager, to pending loss', () => {
    const actor = { userId: 'user-2', roles: ['keeper' as const] }
    expect(refusalsOf(transferLoss, fourCansShort, { actor })).toEqual(['role-missing'])
    expect(voucherOf(transferLoss, fourCansShort)).toEqual([
      'debit pending-loss cost-of line-1',
      'credit inventory cost-of line-1',
    ])
  })

  it('[TRL4] gives way to what turns up later when it is reversed', () => {
    const loss = postedDocument(aPosting(transferLoss, badlyPacked))
    const taking = (lost: typeof loss) =>
      refusalsOf(transferArrival, transferArrivalExamples.allOfIt, {
        documents: documentsOf([exampleDispatch, lost]),
      })
    expect(taking(loss)).toEqual(['more-than-under-way quantity'])
    expect(taking({ ...loss, state: 'reversed' })).toEqual([])
  })
})
