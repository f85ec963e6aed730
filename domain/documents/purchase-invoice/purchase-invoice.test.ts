import { describe, expect, it } from 'vitest'
import type { DraftDocument } from '#domain/doctype/define.ts'
import { exampleReceipt } from '#domain/doctype/example-receipt.ts'
import type { PostedDocument, PricedReceipts } from '#domain/doctype/readers.ts'
import { reverse } from '#domain/doctype/reverse.ts'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import type { CostAdjustment } from '#domain/records/posted-body.ts'
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { type Quantity, quantity, wholeQuantity, zeroQuantity } from '#domain/values/quantity.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  legsOf,
  postedDocument,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { purchaseInvoiceExamples } from './purchase-invoice.examples.ts'
import { purchaseInvoice } from './purchase-invoice.ts'

const { wholeReceipt, aPart, twoPricesOfOneLine } = purchaseInvoiceExamples

/** 'line-1 240 for 360.00' of every adjustment that posting the draft writes. */
function billedBy(draft: DraftDocument, given: Parameters<typeof aPosting>[2] = {}): string[] {
  const { bodies } = postedDocument(aPosting(purchaseInvoice, draft, given))
  return bodies.flatMap(({ adjustments = [] }) => adjustments.map(sentence))
}

function sentence({
  docId,
  leg,
  kind,
  quantity: billed = zeroQuantity,
  amount,
}: CostAdjustment): string {
  expect([docId, kind]).toEqual([exampleReceipt.docId, 'invoice'])
  return `${leg} ${formatDecimal(billed, 4, { trim: true })} for ${formatDecimal(amount, 2)}`
}

/** A shop in which so much of each leg of the receipt is invoiced. */
function invoiced(byLeg: Readonly<Record<string, number>>): {
  readonly priced: PricedReceipts
} {
  const known = (leg: string) => quantity((byLeg[leg] ?? 0) * 10_000) as Quantity
  return { priced: { invoiced: (_, leg) => known(leg), pricedBy: () => 'CGFP-1' } }
}

function withReceipt(change: Partial<PostedDocument>) {
  return { documents: documentsOf([{ ...exampleReceipt, ...change }]) }
}

describe('purchase invoice', () => {
  it('[PUI1] bills lines of a receipt net of the tax that is deducted, and moves nothing', () => {
    expect(legsOf(aPosting(purchaseInvoice, wholeReceipt))).toEqual([])
    expect(billedBy(wholeReceipt)).toEqual(['line-1 240 for 360.00', 'line-2 125.4 for 627.00'])
    expect(billedBy(aPart)).toEqual(['line-1 96 for 165.12'])
  })

  it('[PUI2] bills no more than came and is not billed yet', () => {
    const refused = (shop: Parameters<typeof refusalsOf>[2]) =>
      refusalsOf(purchaseInvoice, aPart, shop)
    expect(refused(invoiced({ 'line-1': 144 }))).toEqual([])
    expect(refused(invoiced({ 'line-1': 145 }))).toEqual(['invoiced-too-much quantity'])
    const lines = twoPricesOfOneLine.lines.map((line) => ({
      ...line,
      quantity: wholeQuantity(100),
    }))
    expect(refusalsOf(purchaseInvoice, { ...twoPricesOfOneLine, lines })).toEqual([
      'invoiced-too-much quantity',
    ])
  })

  it('[PUI2] names a line of a receipt that stands, of its supplier, that came without an invoice', () => {
    const refused = (change: Partial<PostedDocument>) =>
      refusalsOf(purchaseInvoice, aPart, withReceipt(change))
    expect(refused({})).toEqual([])
    expect(refused({ state: 'reversed' })).toEqual(['origin-reversed originId'])
    expect(refused({ branch: 'other' })).toEqual(['origin-of-other-branch originId'])
    expect(refused({ type: 'opening-stock' })).toEqual(['origin-type-wrong originId'])
    const { header } = exampleReceipt
    expect(refused({ header: { ...header, supplierId: 'other' } })).toEqual([
      'origin-party-differs originId',
    ])
    expect(refused({ header: { ...header, invoiceKind: 'special' } })).toEqual([
      'invoiced-with-goods originId',
    ])
    const [{ originId: _, originLineId: __, ...free } = { lineId: '' }] = aPart.lines
    expect(refusalsOf(purchaseInvoice, { ...aPart, lines: [free] })).toEqual([
      'receipt-required originId',
    ])
  })

  it('[PUI3] bills the rest of a receipt, piece by piece', () => {
    const [leg, ...others] = exampleReceipt.legs
    const pieces = ['A', 'B', 'C'].map((serial, i) => ({
      ...leg,
      ...{ leg: `line-1#${i + 1}`, serial, quantity: wholeQuantity(1) },
    })) as PostedDocument['legs']
    const shop = {
      ...withReceipt({ legs: [...pieces, ...others] }),
      ...invoiced({ 'line-1#1': 1 }),
    }
    const [line] = aPart.lines
    const two = { ...aPart, lines: [{ ...line, lineId: 'line-1', quantity: wholeQuantity(2) }] }
    expect(billedBy(two, shop)).toEqual(['line-1#2 1 for 1.72', 'line-1#3 1 for 1.72'])
    expect(billedBy(twoPricesOfOneLine)).toEqual(['line-2 100 for 500.00', 'line-2 25.4 for 0.00'])
  })

  it('[PUI4] says its amounts to readers of costs alone', () => {
    const { parts } = aPosting(purchaseInvoice, wholeReceipt, { audiences: ['goods'] })
    expect(parts.map(({ audience }) => audience)).toEqual(['goods'])
    expect(JSON.stringify(parts)).not.toMatch(/supplier|price|amount|invoiceKind|adjustments/)
  })

  it('[PUI5] a receipt that is priced is not reversed, and the invoice is named', () => {
    const context = aPostContext(goodsReceipt, invoiced({}))
    expect(reverse(context, exampleReceipt.docId, 'wrong')).toEqual({
      ok: false,
      problem: [{ code: 'document-invoiced', number: 'CGFP-1' }],
    })
    const free = { ...context, priced: undefined }
    expect(reverse(free, exampleReceipt.docId, 'wrong').ok).toBe(true)
  })

  it('[PUI6] turns the accrual into a payable', () => {
    expect(voucherOf(purchaseInvoice, aPart)).toEqual([
      'debit accrued-payable net-of line-1',
      'debit input-vat tax-of line-1',
      'credit payable gross-of line-1',
    ])
  })
})
