import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPosting,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { aGoodsReader, trackedShop } from '#tests/builders/a-tracked-shop.ts'
import { statusChangeExamples } from './status-change.examples.ts'
import { statusChange } from './status-change.ts'

const draft = statusChangeExamples.inspectedGood
const { masters, phone, milk } = trackedShop

function numbered(line: object) {
  return statusChange.draft({
    ...{ docId: 'numbered', branch: exampleShop.branchId },
    header: { warehouseId: exampleShop.mainWarehouse, reason: 'numbered' },
    lines: [{ lineId: 'line-1', status: 'good', newStatus: 'good', ...line } as never],
  })
}

describe('status change', () => {
  it('[STC1] takes goods out of one status and into the other, on the spot', () => {
    const posting = aPosting(statusChange, draft)
    expect(legsOf(posting)).toEqual([
      'internal line-1-out -48 sku-cola back-warehouse',
      'internal line-1-in 48 sku-cola back-warehouse with line-1-out',
    ])
    const { legs } = postedDocument(posting)
    expect(legs.map(({ status }) => status)).toEqual(['pending', undefined])
  })

  it('[STC2] wants something to change', () => {
    const same = draft.lines.map((line) => ({ ...line, newStatus: 'pending' }))
    expect(refusalsOf(statusChange, { ...draft, lines: same })).toEqual(['status-same newStatus'])
  })

  it('[STC3] needs no voucher', () => {
    expect(voucherOf(statusChange, draft)).toEqual([])
  })

  it('[STC4] gives goods the numbers that they came without', () => {
    const given = {
      masters,
      goods: aGoodsReader([{ batch: 'B1', expires: '2026-12-01', quantity: 9 }]),
    }
    const legs = (line: object) =>
      postedDocument(aPosting(statusChange, numbered(line), given)).legs.map(
        ({ leg, quantity, batch, serial, expires }) => [
          leg,
          quantity / 10_000,
          batch,
          serial,
          expires,
        ],
      )
    expect(legs({ skuId: phone, newSerials: 'S1 S2', quantity: wholeQuantity(2) })).toEqual([
      ['line-1-out#1', -1, undefined, undefined, undefined],
      ['line-1-out#2', -1, undefined, undefined, undefined],
      ['line-1-in#1', 1, undefined, 'S1', undefined],
      ['line-1-in#2', 1, undefined, 'S2', undefined],
    ])
    const batch = { newBatch: 'B7', expires: '2026-12-31', quantity: wholeQuantity(5) }
    expect(legs({ skuId: milk, ...batch })).toEqual([
      ['line-1-out', -5, undefined, undefined, undefined],
      ['line-1-in', 5, 'B7', undefined, '2026-12-31'],
    ])
  })
})
