import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { openingStock } from '#domain/documents/opening-stock/opening-stock.ts'
import { openingStockExamples } from '#domain/documents/opening-stock/opening-stock.examples.ts'
import { retailSale } from '#domain/documents/retail-sale/retail-sale.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { money } from '#domain/values/money.ts'
import { percent } from '#domain/values/percent.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { aPostContext } from '#tests/builders/a-post-context.ts'
import { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, DraftDocument } from './define.ts'
import { exampleShop } from './example-shop.ts'

const { branchId: branch, mainWarehouse: warehouseId, cola, supplier, masters } = exampleShop

function complete(
  definition: AnyDocumentDefinition,
  draft: DraftDocument,
  given: Parameters<typeof aPostContext>[1] = {},
) {
  return completeDraft(definition, draft, aPostContext(definition, given))
}

/** 10 at 11.30, tax included at 13 %. */
function receiptWith(invoiceKind: 'special' | 'ordinary' | 'none') {
  const line = { skuId: cola, quantity: wholeQuantity(10), price: unitPrice(11_300_000) }
  return goodsReceipt.draft({
    docId: 'doc-1',
    branch,
    header: { supplierId: supplier, warehouseId, invoiceKind },
    lines: [{ ...line, lineId: 'line-1', taxRate: percent(1_300) }],
  })
}

function taxpayer(kind: 'general' | 'small'): typeof masters {
  const company = { id: 'example-company', fields: { taxpayer: kind } }
  return { ...masters, list: (entity) => (entity === 'company' ? [company] : masters.list(entity)) }
}

describe('completeDraft', () => {
  it('[CMP1] fills what follows, and nothing from what is wrong or missing', () => {
    const half = {
      ...receiptWith('special'),
      header: { warehouseId, invoiceKind: 'pink', change: 5 },
      lines: [
        { lineId: 'line-1', skuId: cola, quantity: 20_000, price: 1_500_000, amount: 99 },
        { lineId: 'line-2', skuId: cola, quantity: 20_000, price: '1.5' },
        { lineId: 'line-3', price: 1_500_000 },
      ],
    }
    expect(complete(goodsReceipt, half)).toEqual({
      ...half,
      header: { warehouseId },
      lines: [
        { lineId: 'line-1', skuId: cola, quantity: 20_000, price: 1_500_000, amount: 300 },
        { lineId: 'line-2', skuId: cola, quantity: 20_000 },
        { lineId: 'line-3', price: 1_500_000 },
      ],
    })
  })

  it('[CHK2] keeps nothing of an audience that the actor may not write', () => {
    const { header, lines } = complete(goodsReceipt, receiptWith('special'), {
      audiences: ['goods'],
    })
    expect(header).toEqual({ warehouseId })
    expect(lines).toEqual([{ lineId: 'line-1', skuId: cola, quantity: 100_000 }])
  })

  it('[AMT1] prices the unit of the line, and believes an amount that was typed', () => {
    const amounts = (draft: DraftDocument) =>
      complete(openingStock, draft).lines.map((line) => line['amount'])
    expect(amounts(openingStockExamples.byPrice)).toEqual([20_400, 18_605])
    expect(amounts(openingStockExamples.byValue)).toEqual([10_000])
  })

  it.each([
    ['general', 'special', 1_300],
    ['general', 'ordinary', undefined],
    ['general', 'none', undefined],
    ['small', 'special', undefined],
  ] as const)('[AMT2] %s taxpayer, %s invoice', (kind, invoiceKind, tax) => {
    const given = { masters: taxpayer(kind) }
    const [line] = complete(goodsReceipt, receiptWith(invoiceKind), given).lines
    expect(line?.['amount']).toBe(11_300)
    expect(line?.['tax']).toBe(tax)
  })

  it('[AMT2] a small taxpayer pays tax on what it sells', () => {
    const line = { skuId: cola, quantity: wholeQuantity(1), price: unitPrice(1_030_000_000) }
    const draft = shipment.draft({
      docId: 'doc-1',
      branch,
      header: { warehouseId },
      lines: [{ ...line, lineId: 'line-1', taxRate: percent(300) }],
    })
    const [sold] = complete(shipment, draft, { masters: taxpayer('small') }).lines
    expect([sold?.['amount'], sold?.['tax']]).toEqual([103_000, 3_000])
  })

  it('[AMT3] shares a rounding-off over lines by amount, before tax', () => {
    const prices = [33_330_000, 33_330_000, 33_340_000]
    const draft = retailSale.draft({
      docId: 'doc-1',
      branch,
      header: { warehouseId, roundOff: money(1_000) },
      lines: prices.map((price, i) => ({
        ...{ lineId: `line-${i}`, skuId: cola, quantity: wholeQuantity(1) },
        ...{ price: unitPrice(price), taxRate: percent(1_300) },
      })),
    })
    const { lines } = complete(retailSale, draft)
    expect(lines.map((line) => line['allowance'])).toEqual([333, 333, 334])
    expect(lines.map((line) => line['tax'])).toEqual([345, 345, 345])
  })

  it('[AMT3] loses no fen of any rounding-off', () => {
    const line = fc.record({ quantity: fc.integer({ min: 1, max: 9_999_999 }), price: fc.nat(9e8) })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.nat(100_000), (rows, off) => {
        const lines = rows.map((row, i) => ({ ...row, lineId: `line-${i}`, skuId: cola }))
        const draft = { docId: 'doc-1', type: 'retail-sale', branch }
        const header = { warehouseId, roundOff: off }
        const done = complete(retailSale, { ...draft, header, lines })
        const shared = done.lines.reduce((sum, each) => sum + Number(each['allowance']), 0)
        expect(shared).toBe(off)
      }),
    )
  })
})
