import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { retailSaleExamples } from '#domain/documents/retail-sale/retail-sale.examples.ts'
import { retailSale } from '#domain/documents/retail-sale/retail-sale.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPosting,
  documentsOf,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { salesReturnExamples } from './sales-return.examples.ts'
import { salesReturn } from './sales-return.ts'

/** 苹果 for 15.75 and 6 罐 for 18.00, 0.05 rounded off. */
const sale = postedDocument(aPosting(retailSale, retailSaleExamples.roundedOffWithChange))
const documents = documentsOf([sale])

function taking(back: number) {
  return salesReturn.draft({
    docId: 'return-1',
    branch: exampleShop.branchId,
    header: { warehouseId: exampleShop.mainWarehouse, refund: 'cash' },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: exampleShop.cola, quantity: wholeQuantity(back) },
        ...{ originId: asId<DocumentId>(sale.docId), originLineId: asId<LineId>('line-2') },
      },
    ],
  })
}

describe('sales return', () => {
  it('[SRT1] takes goods back, naming how they left', () => {
    expect(legsOf(aPosting(salesReturn, taking(2), { documents }))).toEqual([
      'return-in line-1 2 sku-cola main-warehouse of retail-sale-change/line-2',
    ])
    expect(legsOf(aPosting(salesReturn, salesReturnExamples.wrongSize))).toEqual([
      'return-in line-1 1 sku-shirt main-warehouse',
    ])
  })

  it('[SRT2] refunds what was paid', () => {
    const refunded = (back: number) => {
      const [, sales] = aPosting(salesReturn, taking(back), { documents }).parts
      return sales?.body
    }
    expect(refunded(6)).toMatchObject({ lines: [{ price: 3_000_000, amount: 1_797, tax: 207 }] })
    expect(refunded(2)).toMatchObject({ lines: [{ amount: 599, tax: 69 }] })
  })

  it('[SRT3] takes back no more than was sold', () => {
    expect(refusalsOf(salesReturn, taking(7), { documents })).toEqual([
      'returned-too-much quantity',
    ])
  })

  it('[SRT4] refunds by the way that is named', () => {
    expect(voucherOf(salesReturn, salesReturnExamples.wrongSize)).toEqual([
      'red debit wechat gross-of line-1',
      'red credit revenue net-of line-1',
      'red credit output-vat tax-of line-1',
      'red debit cost-of-sales cost-of line-1',
      'red credit inventory cost-of line-1',
    ])
    const { header, ...draft } = salesReturnExamples.wrongSize
    const silent = { ...draft, header: { ...header, refund: undefined } }
    expect(refusalsOf(salesReturn, silent)).toEqual(['required refund'])
  })

  it('[SRT5] is not posted by a keeper', () => {
    const as = (role: 'keeper' | 'seller') => ({ actor: { userId: 'user-2', roles: [role] } })
    const draft = salesReturnExamples.atTheCounter
    expect(refusalsOf(salesReturn, draft, as('keeper'))).toEqual(['role-missing'])
    expect(refusalsOf(salesReturn, draft, as('seller'))).toEqual([])
  })
})
