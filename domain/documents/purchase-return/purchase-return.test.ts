import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import { goodsReceiptExamples } from '#domain/documents/goods-receipt/goods-receipt.examples.ts'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aDisabled,
  aPosting,
  documentsOf,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { purchaseReturnExamples } from './purchase-return.examples.ts'
import { purchaseReturn } from './purchase-return.ts'

/** 10 罐 at 11.30 with 13 %, special invoice. */
const receipt = postedDocument(aPosting(goodsReceipt, goodsReceiptExamples.withSpecialInvoice))
const documents = documentsOf([receipt])

function giving(back: number) {
  return purchaseReturn.draft({
    docId: 'return-1',
    branch: exampleShop.branchId,
    header: {
      ...{ supplierId: exampleShop.supplier, warehouseId: exampleShop.backWarehouse },
      invoiceKind: 'special',
    },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: exampleShop.cola, quantity: wholeQuantity(back) },
        ...{ originId: asId<DocumentId>(receipt.docId), originLineId: asId<LineId>('line-1') },
      },
    ],
  })
}

describe('purchase return', () => {
  it('[PUR1] takes goods out, naming what they came in by', () => {
    expect(legsOf(aPosting(purchaseReturn, giving(3), { documents }))).toEqual([
      'issue line-1 -3 sku-cola back-warehouse of goods-receipt-special/line-1',
    ])
    expect(legsOf(aPosting(purchaseReturn, purchaseReturnExamples.spoiltOnArrival))).toEqual([
      'issue line-1 -6.25 sku-apple main-warehouse',
    ])
  })

  it('[PUR2] takes back what was owed for it', () => {
    const [, buying] = aPosting(purchaseReturn, giving(3), { documents }).parts
    expect(buying?.body).toMatchObject({
      lines: [{ price: 11_300_000, taxRate: 1_300, amount: 3_390, tax: 390 }],
    })
    const free = purchaseReturnExamples.wrongDelivery
    const lines = free.lines.map((line) => ({ ...line, price: undefined }))
    expect(refusalsOf(purchaseReturn, { ...free, lines })).toEqual(['required price'])
  })

  it('[PUR3] gives back no more than came', () => {
    expect(refusalsOf(purchaseReturn, giving(10), { documents })).toEqual([])
    expect(refusalsOf(purchaseReturn, giving(11), { documents })).toEqual([
      'returned-too-much quantity',
    ])
  })

  it('[PUR4] is the receipt in red, and the difference of cost', () => {
    expect(voucherOf(purchaseReturn, purchaseReturnExamples.wrongDelivery)).toEqual([
      'red debit inventory cost-of line-1',
      'red debit input-vat tax-of line-1',
      'debit cost-difference cost-of line-1',
      'red debit cost-difference net-of line-1',
      'red credit payable gross-of line-1',
    ])
  })

  it('[PUR5] goes back although it is disabled', () => {
    const draft = purchaseReturnExamples.wrongDelivery
    for (const id of ['sku-cola', 'drinks-supplier']) {
      expect(refusalsOf(purchaseReturn, draft, { masters: aDisabled(id) })).toEqual([])
    }
  })
})
