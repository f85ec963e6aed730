import { describe, expect, it } from 'vitest'
import { exampleDispatch } from '#domain/doctype/example-dispatch.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { reverse } from '#domain/doctype/reverse.ts'
import { transferArrivalExamples } from '#domain/documents/transfer-arrival/transfer-arrival.examples.ts'
import { transferArrival } from '#domain/documents/transfer-arrival/transfer-arrival.ts'
import { money } from '#domain/values/money.ts'
import { transitOf } from '#domain/masters/transit.ts'
import {
  aPostContext,
  aPosting,
  costsOf,
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

const north = '00000000-0000-4000-8000-000000000002'
const northWarehouse = 'north-warehouse'
const { masters } = exampleShop
const withNorth: typeof masters = {
  list: (entity) => masters.list(entity),
  get: (entity, id) =>
    id === northWarehouse ? { name: '北店仓', branchId: north } : masters.get(entity, id),
}
const toNorth = { ...draft, header: { ...draft.header, targetWarehouseId: northWarehouse } }

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

  it('[TRD5] [TRD7] goes into the transit of the branch that gets it, and names that branch', () => {
    const posting = aPosting(transferDispatch, toNorth, { masters: withNorth })
    expect(legsOf(posting)).toContain(
      `internal line-1-in 48 sku-cola ${transitOf(north)} with line-1-out`,
    )
    expect(postedDocument(posting).bodies.map(({ alsoTo }) => alsoTo)).toEqual([north])
    const inside = postedDocument(aPosting(transferDispatch, draft))
    expect(inside.bodies.map(({ alsoTo }) => alsoTo)).toEqual([undefined])
  })

  it('[TRD6] goes at the stated value, else at what the goods cost here', () => {
    const worth = (_branch: string, _sku: string, steps: number) => money(steps / 1_000)
    const given = { masters: withNorth, worth }
    expect(costsOf(aPosting(transferDispatch, toNorth, given))).toEqual([
      'line-1-in 4.80',
      'line-2-in 1.20',
    ])
    const [first, ...others] = toNorth.lines
    const lines = [{ ...first, lineId: 'line-1', transferValue: 6_600 }, ...others]
    expect(costsOf(aPosting(transferDispatch, { ...toNorth, lines }, given))[0]).toBe(
      'line-1-in 66.00',
    )
    const keeper = aPosting(transferDispatch, toNorth, { ...given, audiences: ['goods'] })
    expect(keeper.parts.map(({ audience }) => audience)).toEqual(['goods'])
    expect(costsOf(aPosting(transferDispatch, draft, given))).toEqual([])
  })

  it('[TRD7] is taken back by the branch that has posted it, which tells the other', () => {
    const posted = postedDocument(aPosting(transferDispatch, toNorth, { masters: withNorth }))
    const reversing = (seen: Partial<typeof posted>) =>
      reverse(
        aPostContext(transferDispatch, { documents: documentsOf([{ ...posted, ...seen }]) }),
        toNorth.docId,
        'wrong',
      )
    expect(reversing({ postedIn: 'south' })).toEqual({
      ok: false,
      problem: [{ code: 'document-of-other-branch' }],
    })
    const taken = reversing({ alsoTo: north })
    expect(taken.ok && taken.value.parts[0]?.body).toMatchObject({ alsoTo: north })
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
