import { describe, expect, it } from 'vitest'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { goodsReceiptExamples } from '#domain/documents/goods-receipt/goods-receipt.examples.ts'
import { salesReturn } from '#domain/documents/sales-return/sales-return.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { shipmentExamples } from '#domain/documents/shipment/shipment.examples.ts'
import type { Audience } from '#domain/records/audience.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aDisabled,
  aPostContext,
  aPosting,
  documentsOf,
  postedDocument,
} from '#tests/builders/a-post-context.ts'
import { exampleShop } from './example-shop.ts'
import type { PostContext } from './post.ts'
import type { PostedDocument } from './readers.ts'
import { supplyPart } from './supply-part.ts'

const keeper = { actor: { userId: 'user-2', roles: ['keeper'] }, audiences: ['goods'] } as const
const buyer = {
  actor: { userId: 'user-3', roles: ['buyer'] },
  audiences: ['goods', 'buying'],
} as const

const receipt = goodsReceiptExamples.withSpecialInvoice
const supplied = {
  header: { supplierId: exampleShop.supplier, invoiceKind: 'special' },
  lines: [{ lineId: 'line-1', price: 11_300_000, taxRate: 1_300 }],
}

const byKeeper = aPosting(goodsReceipt, receipt, keeper)
const documents = documentsOf([postedDocument(byKeeper)])

function problemsOf(
  given: Partial<PostContext>,
  fields: Parameters<typeof supplyPart>[2] = supplied,
) {
  const context = aPostContext(goodsReceipt, { ...buyer, documents, ...given })
  const part = supplyPart(context, receipt.docId, fields)
  return part.ok ? [] : part.problem
}

describe('supplyPart', () => {
  it('[SUP1] [PRT2] writes what the poster might not, for the posting that was seen', () => {
    const context = aPostContext(goodsReceipt, {
      ...{ ...buyer, documents, ids: () => '00000000-0000-7000-8000-0000000000ff' },
    })
    const part = supplyPart(context, receipt.docId, supplied)
    expect(part).toMatchObject({
      ok: true,
      value: {
        postingId: byKeeper.postingId,
        number: byKeeper.number,
        parts: [
          {
            ...{ audience: 'buying', kind: 'part-supplied.v1' },
            body: {
              part: 'buying',
              parts: {
                goods: byKeeper.parts[0]?.recordId,
                buying: '00000000-0000-7000-8000-0000000000ff',
              },
              header: supplied.header,
              lines: [{ lineId: 'line-1', price: 11_300_000, amount: 11_300, tax: 1_300 }],
              values: [{ leg: 'line-1', amount: 10_000 }],
            },
          },
        ],
      },
    })
    expect(JSON.stringify(part)).not.toMatch(/quantity|warehouse/)
  })

  it('[SUP1] asks only for the missing part, and for all of it', () => {
    const lines = [{ lineId: 'line-1', price: 5, taxRate: '13' }]
    expect(problemsOf({}, { header: {}, lines })).toEqual([
      { code: 'required', field: 'supplierId' },
      { code: 'required', field: 'invoiceKind' },
      { code: 'must-be-integer', field: 'taxRate', lineId: 'line-1' },
    ])
  })

  it('[SUP2] supplies nothing twice, nothing else, and not without the right', () => {
    const full = documentsOf([postedDocument(aPosting(goodsReceipt, receipt))])
    const reversed = documentsOf([{ ...postedDocument(byKeeper), state: 'reversed' }])
    const seller = { userId: 'user-4', roles: ['seller' as const] }
    expect(problemsOf({ documents: full })).toEqual([{ code: 'nothing-missing' }])
    expect(problemsOf({ audiences: ['goods'] })).toEqual([{ code: 'nothing-missing' }])
    expect(problemsOf({ documents: documentsOf([]) })).toEqual([{ code: 'document-unknown' }])
    expect(problemsOf({ documents: reversed })[0]?.code).toBe('already-reversed')
    expect(problemsOf({ actor: seller })[0]?.code).toBe('role-missing')
    const header = { ...supplied.header, warehouseId: exampleShop.mainWarehouse }
    const lines = [...supplied.lines, { lineId: 'line-9', price: 1 }]
    expect(problemsOf({}, { header, lines })).toEqual([
      { code: 'field-not-missing', field: 'warehouseId' },
      { code: 'line-unknown', lineId: 'line-9' },
    ])
  })

  it('[SUP1] lets stand what the other parts say, even of a product disabled since', () => {
    expect(problemsOf({ masters: aDisabled('sku-cola') })).toEqual([])
    expect(problemsOf({ masters: aDisabled('drinks-supplier') })).toEqual([
      { code: 'reference-disabled', entity: 'supplier', field: 'supplierId' },
    ])
  })

  it('[SUP1] prices a linked return from its origin, not counting the return itself', () => {
    const sale = postedDocument(aPosting(shipment, shipmentExamples.boxesOnAccount))
    const returning = (docId: string, count: number) =>
      salesReturn.draft({
        ...{ docId, branch: exampleShop.branchId },
        header: { warehouseId: exampleShop.mainWarehouse, refund: 'receivable' },
        lines: [
          {
            ...{ lineId: 'line-1', skuId: exampleShop.cola, quantity: wholeQuantity(count) },
            ...{ originId: asId<DocumentId>(sale.docId), originLineId: asId<LineId>('line-1') },
          },
        ],
      })
    const posted = (count: number, known: readonly PostedDocument[], may: readonly Audience[]) =>
      postedDocument(
        aPosting(salesReturn, returning(`return-${count}`, count), {
          ...{ audiences: may, documents: documentsOf(known) },
        }),
      )
    const first = posted(2, [sale], ['goods', 'sales'])
    const second = posted(1, [sale, first], ['goods'])
    const context = aPostContext(salesReturn, { documents: documentsOf([sale, first, second]) })
    const part = supplyPart(context, 'return-1', { header: { refund: 'receivable' }, lines: [] })
    // Of 11.84 tax on 49: 0.48 on the first two, 0.72 on three, 0.97 on four.
    expect(part).toMatchObject({
      ok: true,
      value: { parts: [{ body: { lines: [{ amount: 210, tax: 24 }] } }] },
    })
  })
})
