import { describe, expect, it } from 'vitest'
import { exampleDispatch } from '#domain/doctype/example-dispatch.ts'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import type { Leg } from '#domain/records/posted-body.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { transitOf } from '#domain/masters/transit.ts'
import {
  aPosting,
  costsOf,
  documentsOf,
  legsOf,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import { transferArrivalExamples } from './transfer-arrival.examples.ts'
import { transferArrival } from './transfer-arrival.ts'

const { allOfIt, fourShort, sentBack } = transferArrivalExamples

/** The first line with other fields. */
function arriving(fields: Readonly<Record<string, unknown>>) {
  const lines = fourShort.lines.map((line) => ({ ...line, ...fields }))
  return { ...fourShort, docId: 'arrival-next', lines } as typeof fourShort
}

/** The example dispatch, its first line sent as `goods`. */
function sentAs(goods: Partial<Leg>) {
  const legs = exampleDispatch.legs.map((leg) => ({ ...leg, ...goods }))
  return { documents: documentsOf([{ ...exampleDispatch, legs }]) }
}

const transit = transitOf(exampleShop.branchId)

describe('transfer arrival', () => {
  it('[TRA1] [LNK4] brings in what it takes out of transit', () => {
    expect(legsOf(aPosting(transferArrival, allOfIt))).toEqual([
      `internal line-1-out -96 sku-cola ${transit} of example-dispatch/line-1-in`,
      'internal line-1-in 96 sku-cola main-warehouse with line-1-out',
      `internal line-2-out -12.5 sku-apple ${transit} of example-dispatch/line-2-in`,
      'internal line-2-in 12.5 sku-apple main-warehouse with line-2-out',
    ])
    const free = arriving({ originId: undefined, originLineId: undefined })
    expect(refusalsOf(transferArrival, free)).toEqual(['dispatch-missing originId'])
  })

  it('[TRA2] takes no more than is under way', () => {
    const before = postedDocument(aPosting(transferArrival, fourShort))
    const documents = documentsOf([exampleDispatch, before])
    const next = (count: number) => arriving({ quantity: wholeQuantity(count) })
    expect(refusalsOf(transferArrival, next(4), { documents })).toEqual([])
    expect(refusalsOf(transferArrival, next(5), { documents })).toEqual([
      'more-than-under-way quantity',
    ])
  })

  it('[TRA3] takes goods in as they were sent, unless it says otherwise', () => {
    const given = sentAs({ batch: 'B1', status: 'pending' })
    const goodsOf = (fields: Readonly<Record<string, unknown>>) =>
      postedDocument(aPosting(transferArrival, arriving(fields), given)).legs.map(
        ({ batch, status }) => [batch, status],
      )
    expect(goodsOf({})).toEqual([
      ['B1', 'pending'],
      ['B1', 'pending'],
    ])
    expect(goodsOf({ status: 'defective' })).toEqual([
      ['B1', 'pending'],
      ['B1', 'defective'],
    ])
  })

  it('[TRA4] may say at what value goods arrive', () => {
    const posting = aPosting(transferArrival, arriving({ arrivalValue: 6_600 }))
    expect(costsOf(posting)).toEqual(['line-1-in 66.00'])
  })

  it('[TRA5] may come back to where they were sent from', () => {
    expect(legsOf(aPosting(transferArrival, sentBack))).toContain(
      'internal line-1-in 4 sku-cola back-warehouse with line-1-out',
    )
  })

  it('[TRA6] takes in what another branch has sent, and names that branch', () => {
    const { branchId: here } = exampleShop
    const away = '00000000-0000-4000-8000-000000000002'
    const fromAway = { ...exampleDispatch, header: { warehouseId: 'away-warehouse' } }
    const second = { ...exampleDispatch, docId: 'second-dispatch' }
    const { masters } = exampleShop
    const given = {
      documents: documentsOf([fromAway, second]),
      masters: {
        list: (entity: Parameters<typeof masters.list>[0]) => masters.list(entity),
        get: (entity: Parameters<typeof masters.get>[0], id: string) =>
          id === 'away-warehouse' ? { branchId: away } : masters.get(entity, id),
      },
    }
    const posting = aPosting(transferArrival, fourShort, given)
    expect(legsOf(posting)[0]).toContain(transitOf(here))
    expect(postedDocument(posting).bodies[0]?.alsoTo).toBe(away)

    const theirs = { documents: documentsOf([sentTo(away)]) }
    const back = aPosting(transferArrival, fourShort, theirs)
    expect(legsOf(back)[0]).toContain(transitOf(away))
    expect(postedDocument(back).bodies[0]?.alsoTo).toBe(away)
  })

  it('[TRA6] takes in by itself what each branch has sent', () => {
    const [one, other] = ['away-1', 'away-2'].map((branch) => ({
      ...sentTo(branch),
      docId: `dispatch-${branch}`,
    }))
    const lines = [one, other].map((dispatch, i) => ({
      ...{ lineId: `line-${i}`, skuId: exampleShop.cola, quantity: wholeQuantity(1) },
      ...{ originId: dispatch?.docId, originLineId: 'line-1' },
    }))
    const documents = documentsOf([one, other].flatMap((each) => each ?? []))
    expect(refusalsOf(transferArrival, { ...fourShort, lines }, { documents })).toEqual([
      'sent-by-two-branches',
    ])
  })
})

/** The example dispatch, sent to a warehouse of another branch. */
function sentTo(branch: string) {
  const legs = exampleDispatch.legs.map((leg) =>
    leg.pair === undefined ? leg : { ...leg, warehouse: transitOf(branch) },
  )
  return { ...exampleDispatch, legs }
}
