import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import {
  aPosting,
  legsOf,
  refusalsOf,
  voucherOf,
  postedDocument,
} from '#tests/builders/a-post-context.ts'
import { transferExamples } from './transfer.examples.ts'
import { transfer } from './transfer.ts'

const draft = transferExamples.clearTheShelf

describe('transfer', () => {
  it('[TRF1] takes out and in, line by line', () => {
    expect(legsOf(aPosting(transfer, draft))).toEqual([
      'internal line-1-out -6 sku-shirt main-warehouse',
      'internal line-1-in 6 sku-shirt back-warehouse with line-1-out',
      'internal line-2-out -24 sku-cola main-warehouse',
      'internal line-2-in 24 sku-cola back-warehouse with line-2-out',
    ])
  })

  it('[TRF2] wants two warehouses', () => {
    const header = { ...draft.header, targetWarehouseId: exampleShop.mainWarehouse }
    expect(refusalsOf(transfer, { ...draft, header })).toEqual(['same-warehouse targetWarehouseId'])
  })

  it('[TRF2] wants warehouses of its branch', () => {
    const elsewhere = { ...draft, branch: 'other-branch' }
    expect(refusalsOf(transfer, elsewhere, { branchId: 'other-branch' })).toEqual([
      'warehouse-of-other-branch sourceWarehouseId',
      'warehouse-of-other-branch targetWarehouseId',
    ])
  })

  it('[TRF4] may say at what value goods arrive', () => {
    const lines = draft.lines.map((line) => ({ ...line, arrivalValue: 6_600 }))
    const { bodies } = postedDocument(aPosting(transfer, { ...draft, lines }))
    expect(bodies.map(({ part, values }) => [part, values?.[0]])).toEqual([
      ['goods', undefined],
      ['buying', { leg: 'line-1-in', amount: 6_600 }],
    ])
  })

  it('[TRF3] needs no voucher', () => {
    expect(voucherOf(transfer, draft)).toEqual([])
  })
})
