import { describe, expect, it } from 'vitest'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { goodsReceiptExamples } from '#domain/documents/goods-receipt/goods-receipt.examples.ts'
import { purchaseReturn } from '#domain/documents/purchase-return/purchase-return.ts'
import { purchaseReturnExamples } from '#domain/documents/purchase-return/purchase-return.examples.ts'
import { salesReturn } from '#domain/documents/sales-return/sales-return.ts'
import { salesReturnExamples } from '#domain/documents/sales-return/sales-return.examples.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { shipmentExamples } from '#domain/documents/shipment/shipment.examples.ts'
import { stockGain } from '#domain/documents/stock-gain/stock-gain.ts'
import { stockGainExamples } from '#domain/documents/stock-gain/stock-gain.examples.ts'
import { transfer } from '#domain/documents/transfer/transfer.ts'
import { transferExamples } from '#domain/documents/transfer/transfer.examples.ts'
import { writeOff } from '#domain/documents/write-off/write-off.ts'
import { writeOffExamples } from '#domain/documents/write-off/write-off.examples.ts'
import { instant } from '#domain/values/instant.ts'
import { limitStock } from '#domain/values/limits.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  exampleNow,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import { exampleShop } from './example-shop.ts'
import { post } from './post.ts'
import { reverse } from './reverse.ts'
import type { MasterReader } from './readers.ts'

const receipt = goodsReceiptExamples.withSpecialInvoice

describe('post', () => {
  it('[PST1] refuses without the right, the audience, a good draft, or the past', () => {
    const draft = writeOffExamples.spoiltFruit
    const seller = { userId: 'user-2', roles: ['seller' as const] }
    const late = { ...draft, at: instant(exampleNow + 1) }
    expect(refusalsOf(writeOff, draft, { actor: seller })).toEqual(['role-missing'])
    expect(refusalsOf(writeOff, draft, { audiences: ['sales'] })).toEqual(['audience-missing'])
    expect(refusalsOf(writeOff, { ...draft, lines: [] })).toEqual(['no-lines'])
    expect(refusalsOf(writeOff, late)).toEqual(['dated-in-future'])
    expect(refusalsOf(writeOff, draft)).toEqual([])
  })

  it('[CHK9] refuses what is dated into a sealed month, and nothing that is of now', () => {
    const dated = { ...writeOffExamples.spoiltFruit, at: instant(exampleNow - 1_000) }
    const sealedUntil = (until: number) => ({ openFrom: () => instant(until) })
    expect(refusalsOf(writeOff, dated, sealedUntil(exampleNow))).toEqual(['month-closed at'])
    expect(refusalsOf(writeOff, dated, sealedUntil(dated.at))).toEqual([])
    const now = writeOffExamples.spoiltFruit
    expect(refusalsOf(writeOff, now, sealedUntil(exampleNow + 1_000))).toEqual([])
  })

  it('[PST4] lets people date documents back as far as the company trusts them', () => {
    const limited: MasterReader = {
      get: (entity, id) => exampleShop.masters.get(entity, id),
      list: (entity) =>
        [...exampleShop.masters.list(entity)].map(({ id, fields }) => ({
          ...{ id, fields: { ...fields, backdateDays: 2 } },
        })),
    }
    const dated = (days: number) => ({
      ...transferExamples.refillTheShop,
      at: instant(exampleNow - days * 86_400_000),
    })
    const keeper = { userId: 'user-3', roles: ['keeper' as const] }
    const manager = { userId: 'user-4', roles: ['keeper' as const, 'manager' as const] }
    const refused = (days: number, given: Parameters<typeof refusalsOf>[2]) =>
      refusalsOf(transfer, dated(days), { masters: limited, actor: keeper, ...given })
    expect(refused(2, {})).toEqual([])
    expect(refused(3, {})).toEqual(['backdated-too-far at'])
    expect(refused(3, { actor: manager })).toEqual([])
    expect(refused(3, { masters: exampleShop.masters })).toEqual([])
    const posting = aPosting(transfer, dated(4))
    const documents = documentsOf([postedDocument(posting)])
    const context = aPostContext(transfer, { actor: keeper, masters: limited, documents })
    const back = (days: number) => instant(exampleNow - days * 86_400_000)
    expect(reverse(context, posting.docId, '录错', back(2))).toMatchObject({ ok: true })
    expect(reverse(context, posting.docId, '录错', back(3))).toMatchObject({
      problem: [{ code: 'backdated-too-far', days: 2, earliest: '2026-11-20' }],
    })
  })

  it('[PST1] posts a draft once', () => {
    const draft = writeOffExamples.spoiltFruit
    const documents = documentsOf([postedDocument(aPosting(writeOff, draft))])
    expect(refusalsOf(writeOff, draft, { documents })).toEqual(['already-posted'])
  })

  it('[PST1] keeps its own time where the draft names one', () => {
    const at = instant(exampleNow - 86_400_000)
    expect(aPosting(writeOff, { ...writeOffExamples.spoiltFruit, at }).at).toBe(at)
    expect(aPosting(writeOff, writeOffExamples.spoiltFruit).at).toBe(exampleNow)
  })

  it('[LEG7] refuses what would go below zero where the company forbids it', () => {
    const masters: MasterReader = {
      get: (entity, id) => exampleShop.masters.get(entity, id),
      list: (entity) =>
        [...exampleShop.masters.list(entity)].map(({ id, fields }) => ({
          ...{ id, fields: { ...fields, negativeStock: 'refuse' } },
        })),
    }
    const stock = { onHand: () => wholeQuantity(0) }
    const draft = writeOffExamples.spoiltFruit
    expect(refusalsOf(writeOff, draft, { stock })).toEqual([])
    expect(refusalsOf(writeOff, draft, { stock, masters })).toEqual(['stock-short'])
    // Today's stock is not asked where every moment is.
    const always = { ...stock, shortfalls: () => [] }
    expect(refusalsOf(writeOff, draft, { stock: always, masters })).toEqual([])
    expect(refusalsOf(goodsReceipt, receipt, { stock, masters })).toEqual([])
  })

  it('[PST2] a keeper posts the quantities; the prices wait', () => {
    const keeper = {
      actor: { userId: 'user-2', roles: ['keeper' as const] },
      audiences: ['goods' as const],
    }
    const bare = goodsReceipt.draft({
      ...{ docId: 'doc-1', branch: exampleShop.branchId },
      header: { warehouseId: exampleShop.backWarehouse },
      lines: [{ lineId: 'line-1', skuId: exampleShop.cola, quantity: wholeQuantity(10) }],
    })
    for (const draft of [bare, receipt]) {
      const { parts } = aPosting(goodsReceipt, draft, keeper)
      expect(parts.map(({ audience }) => audience)).toEqual(['goods'])
      expect(JSON.stringify(parts)).not.toMatch(/price|amount|tax|supplier|invoice/)
    }
  })

  it('[PST3] is the same for the same context and draft', () => {
    expect(aPosting(goodsReceipt, receipt)).toEqual(aPosting(goodsReceipt, receipt))
  })

  it('[PRT1] [PRT2] [PRT3] splits a receipt into goods and buying', () => {
    const { parts, postingId } = aPosting(goodsReceipt, receipt)
    const ids = Object.fromEntries(parts.map(({ audience, recordId }) => [audience, recordId]))
    const envelope = { docId: receipt.docId, postingId, parts: ids, lead: 'goods' }
    expect(parts.map(({ kind }) => kind)).toEqual(['posted.v1', 'posted.v1'])
    expect(parts[0]?.body).toMatchObject({ ...envelope, part: 'goods', legs: [{ leg: 'line-1' }] })
    expect(parts[0]?.body).not.toHaveProperty('values')
    expect(parts[1]?.body).toMatchObject({
      ...{ ...envelope, part: 'buying' },
      header: { supplierId: exampleShop.supplier, invoiceKind: 'special' },
      lines: [{ lineId: 'line-1', price: 11_300_000, amount: 11_300, tax: 1_300 }],
      values: [{ leg: 'line-1', amount: 10_000 }],
    })
    expect(parts[1]?.body).not.toHaveProperty('legs')
  })

  it('[PRT3] states no cost for what was found, comes back or goes back', () => {
    const bodies = [
      ...aPosting(stockGain, stockGainExamples.weighedAgain).parts,
      ...aPosting(salesReturn, salesReturnExamples.atTheCounter).parts,
      ...aPosting(purchaseReturn, purchaseReturnExamples.wrongDelivery).parts,
    ].map(({ body }) => body)
    expect(bodies).toHaveLength(5)
    for (const body of bodies) expect(body).not.toHaveProperty('values')
  })

  it('[LEG1] names out and in of an internal move', () => {
    const [goods] = aPosting(transfer, transferExamples.refillTheShop).parts
    const move = { lineId: 'line-1', sku: exampleShop.cola, class: 'internal' }
    expect(goods?.body).toMatchObject({
      legs: [
        { ...move, leg: 'line-1-out', quantity: -480_000, warehouse: exampleShop.backWarehouse },
        {
          ...{ ...move, leg: 'line-1-in', quantity: 480_000, pair: 'line-1-out' },
          warehouse: exampleShop.mainWarehouse,
        },
      ],
    })
  })

  it('[LEG2] moves no goods for a service', () => {
    const [goods] = aPosting(shipment, shipmentExamples.withDelivery).parts
    expect(goods?.body).toMatchObject({ lines: [{}, {}], legs: [{ leg: 'line-1' }] })
  })

  it('[LEG3] warns once per SKU and warehouse, and posts', () => {
    const [line] = writeOffExamples.brokenInTheShop.lines
    const lines = ['line-1', 'line-2'].map((lineId) => ({ ...line, lineId }))
    const onHand = () => wholeQuantity(5)
    const draft = { ...writeOffExamples.brokenInTheShop, lines }
    expect(aPosting(writeOff, draft, { stock: { onHand } }).warnings).toEqual([
      {
        ...{ code: 'stock-short', skuId: exampleShop.cola, warehouseId: exampleShop.mainWarehouse },
        ...{ onHand: wholeQuantity(5), wanted: wholeQuantity(6) },
      },
    ])
    const enough = { onHand: () => wholeQuantity(6) }
    expect(aPosting(writeOff, draft, { stock: enough }).warnings).toEqual([])
  })

  it('[LEG8] refuses more of a SKU than the books can hold, and names the limit', () => {
    const almost = { onHand: () => quantity(limitStock - 100) }
    const receipt = goodsReceiptExamples.withSpecialInvoice
    const refused = post(aPostContext(goodsReceipt, { stock: almost }), receipt)
    expect(refused).toMatchObject({
      problem: [{ code: 'stock-too-large', skuId: exampleShop.cola, limit: limitStock }],
    })
    expect(aPosting(shipment, shipmentExamples.withDelivery, { stock: almost }).warnings).toEqual(
      [],
    )
  })
})
