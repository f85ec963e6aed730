import { describe, expect, it } from 'vitest'
import { exampleShop } from '#domain/doctype/example-shop.ts'
import {
  aDisabled,
  aPosting,
  costsOf,
  legsOf,
  refusalsOf,
  voucherOf,
} from '#tests/builders/a-post-context.ts'
import { goodsReceiptExamples } from './goods-receipt.examples.ts'
import { goodsReceipt } from './goods-receipt.ts'

const { withSpecialInvoice, boxesAndAGift, goodsBeforeInvoice } = goodsReceiptExamples

describe('goods receipt', () => {
  it('[GRC1] takes goods in', () => {
    expect(legsOf(aPosting(goodsReceipt, boxesAndAGift))).toEqual([
      'receipt line-1 240 sku-cola back-warehouse',
      'receipt line-2 24 sku-cola back-warehouse',
    ])
  })

  it('[GRC2] a keeper writes the goods part alone', () => {
    const actor = { userId: 'user-2', roles: ['keeper' as const] }
    const { parts } = aPosting(goodsReceipt, boxesAndAGift, { actor, audiences: ['goods'] })
    expect(parts.map(({ audience }) => audience)).toEqual(['goods'])
    expect(parts[0]?.body).toMatchObject({
      header: { warehouseId: exampleShop.backWarehouse },
      lines: [{ unit: '箱' }, { unit: '箱' }],
    })
    expect(JSON.stringify(parts)).not.toMatch(/supplier|price|amount|invoice/)
  })

  it('[GRC3] costs net of the tax that is deducted, else the whole price', () => {
    const as = (invoiceKind: string) => ({
      ...withSpecialInvoice,
      header: { ...withSpecialInvoice.header, invoiceKind },
    })
    expect(costsOf(aPosting(goodsReceipt, as('special')))).toEqual(['line-1 100.00'])
    expect(costsOf(aPosting(goodsReceipt, as('ordinary')))).toEqual(['line-1 113.00'])
    const company = { id: 'company-1', fields: { taxpayer: 'small' } }
    const masters = { ...exampleShop.masters, list: () => [company] }
    expect(costsOf(aPosting(goodsReceipt, as('special'), { masters }))).toEqual(['line-1 113.00'])
  })

  it('[GRC4] takes a gift for nothing, not for a price', () => {
    expect(costsOf(aPosting(goodsReceipt, boxesAndAGift))).toEqual(['line-1 408.00', 'line-2 0.00'])
    const lines = boxesAndAGift.lines.map((line) => ({ ...line, price: 1, isGift: 1 }))
    expect(refusalsOf(goodsReceipt, { ...boxesAndAGift, lines })).toEqual([
      'gift-with-price price',
      'gift-with-price price',
    ])
  })

  it('[GRC5] owes the supplier, or accrues', () => {
    expect(voucherOf(goodsReceipt, withSpecialInvoice)).toEqual([
      'debit inventory net-of line-1',
      'debit input-vat tax-of line-1',
      'credit payable gross-of line-1',
    ])
    expect(voucherOf(goodsReceipt, goodsBeforeInvoice)).toContain(
      'credit accrued-payable gross-of line-1',
    )
  })

  it('[GRC6] refuses what is disabled', () => {
    const refused = (id: string) =>
      refusalsOf(goodsReceipt, withSpecialInvoice, { masters: aDisabled(id) })
    expect(refused('sku-cola')).toEqual(['reference-disabled skuId'])
    expect(refused('drinks-supplier')).toEqual(['reference-disabled supplierId'])
  })
})
