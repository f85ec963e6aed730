import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { purchaseReturn } from '#domain/documents/purchase-return/purchase-return.ts'
import { retailSale } from '#domain/documents/retail-sale/retail-sale.ts'
import { retailSaleExamples } from '#domain/documents/retail-sale/retail-sale.examples.ts'
import { salesReturn } from '#domain/documents/sales-return/sales-return.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { shipmentExamples } from '#domain/documents/shipment/shipment.examples.ts'
import { asId, type CustomerId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { type Quantity, quantity, wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  postedDocument,
} from '#tests/builders/a-post-context.ts'
import { checkDraft } from './check.ts'
import type { DraftDocument } from './define.ts'
import { exampleShop } from './example-shop.ts'
import type { PostedDocument } from './readers.ts'

const { branchId: branch, mainWarehouse: warehouseId, cola, customer } = exampleShop

const posted = (...given: Parameters<typeof aPosting>) => postedDocument(aPosting(...given))

/** 49 罐 at 50.40 a box of 24, 13 %: 102.90, of it 11.84 tax. */
const sale = posted(shipment, shipmentExamples.boxesOnAccount)

function returning(steps: Quantity, given: { docId?: string; lines?: number } = {}) {
  const { docId = 'return-1', lines = 1 } = given
  return salesReturn.draft({
    docId,
    branch,
    header: { customerId: customer, warehouseId, refund: 'receivable' },
    lines: Array.from({ length: lines }, (_, i) => ({
      ...{ lineId: `line-${i + 1}`, skuId: cola, quantity: steps },
      ...{ originId: asId<DocumentId>(sale.docId), originLineId: asId<LineId>('line-1') },
    })),
  })
}

function problemsOf(draft: DraftDocument, known: readonly PostedDocument[]) {
  return checkDraft(
    salesReturn,
    draft,
    aPostContext(salesReturn, { documents: documentsOf(known) }),
  )
}

describe('links', () => {
  it.each([
    ['origin-unknown', []],
    ['origin-type-wrong', [{ ...sale, type: 'transfer' }]],
    ['origin-of-other-branch', [{ ...sale, branch: 'other' }]],
    ['origin-reversed', [{ ...sale, state: 'reversed' as const }]],
    ['origin-line-unknown', [{ ...sale, lines: [] }]],
    [
      'origin-sku-differs',
      [{ ...sale, legs: sale.legs.map((l) => ({ ...l, sku: exampleShop.apple })) }],
    ],
    ['origin-party-differs', [{ ...sale, header: { customerId: asId<CustomerId>('other') } }]],
  ])('[LNK1] %s', (code, known) => {
    expect(problemsOf(returning(wholeQuantity(1)), known)).toEqual([
      // Without an origin there is no price either.
      { code: 'required', field: 'price', lineId: 'line-1' },
      { code, field: 'originId', lineId: 'line-1' },
    ])
  })

  it('[LNK1] names the leg that is taken back', () => {
    const documents = documentsOf([sale])
    const { legs } = posted(salesReturn, returning(wholeQuantity(2)), { documents })
    expect(legs).toEqual([
      {
        ...{ leg: 'line-1', sku: cola, warehouse: warehouseId, quantity: wholeQuantity(2) },
        ...{ class: 'return-in', origin: { docId: sale.docId, leg: 'line-1' } },
      },
    ])
  })

  it('[LNK2] takes back no more than there was, over documents and lines', () => {
    const documents = documentsOf([sale])
    const first = posted(salesReturn, returning(wholeQuantity(40)), { documents })
    const known = [sale, first]
    const again = { docId: 'return-2' }
    expect(problemsOf(returning(wholeQuantity(9), again), known)).toEqual([])
    expect(problemsOf(returning(wholeQuantity(10), again), known)).toEqual([
      {
        ...{ code: 'returned-too-much', field: 'quantity', lineId: 'line-1' },
        returnable: wholeQuantity(9),
      },
    ])
    const twice = problemsOf(returning(wholeQuantity(5), { ...again, lines: 2 }), known)
    expect(twice.map(({ code, lineId }) => [code, lineId])).toEqual([
      ['returned-too-much', 'line-2'],
    ])
  })

  it('[LNK2] counts a reversed return as not made', () => {
    const documents = documentsOf([sale])
    const first = posted(salesReturn, returning(wholeQuantity(49)), { documents })
    const known = [sale, { ...first, state: 'reversed' as const }]
    expect(problemsOf(returning(wholeQuantity(49), { docId: 'return-2' }), known)).toEqual([])
  })

  it('[LNK3] takes price, unit and rate from the origin', () => {
    const documents = documentsOf([sale])
    const [line] = posted(salesReturn, returning(wholeQuantity(24)), { documents }).lines
    expect(line).toMatchObject({ unit: '箱', price: 50_400_000, taxRate: 1_300, amount: 5_040 })
  })

  it('[LNK3] gives back every fen of amount and tax, in however many returns', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 490_000 }), { maxLength: 6 }), (cuts) => {
        const ends = [...new Set([...cuts, 490_000])].sort((a, b) => a - b)
        const known: PostedDocument[] = [sale]
        let before = 0
        for (const [i, end] of ends.entries()) {
          const draft = returning(quantity(end - before), { docId: `return-${i}` })
          known.push(posted(salesReturn, draft, { documents: documentsOf(known) }))
          before = end
        }
        const back = known.slice(1).flatMap(({ lines }) => lines)
        const sum = (name: string) => back.reduce((total, line) => total + Number(line[name]), 0)
        expect([sum('amount'), sum('tax')]).toEqual([10_290, 1_184])
      }),
      { numRuns: 40 },
    )
  })

  it('[LNK3] refunds what was paid after rounding-off', () => {
    const sold = posted(retailSale, retailSaleExamples.roundedOffWithChange)
    const draft = salesReturn.draft({
      docId: 'return-1',
      branch,
      header: { warehouseId, refund: 'cash' },
      lines: [
        {
          ...{ lineId: 'line-1', skuId: cola, quantity: wholeQuantity(6) },
          ...{ originId: asId<DocumentId>(sold.docId), originLineId: asId<LineId>('line-2') },
        },
      ],
    })
    const [line] = posted(salesReturn, draft, { documents: documentsOf([sold]) }).lines
    expect([line?.['amount'], line?.['tax']]).toEqual([1_797, 207])
  })

  it('[LNK3] leaves the price to be typed where the origin has none yet', () => {
    const pending = { ...sale, lines: sale.lines.map(({ lineId }) => ({ lineId })) }
    expect(problemsOf(returning(wholeQuantity(1)), [pending])).toEqual([
      { code: 'required', field: 'price', lineId: 'line-1' },
    ])
    const typed = returning(wholeQuantity(1))
    const lines = typed.lines.map((line) => ({ ...line, price: 2_000_000 }))
    expect(problemsOf({ ...typed, lines }, [pending])).toEqual([])
  })

  it('[LNK1] a return of bought goods refuses a sale as its origin', () => {
    const draft = { ...returning(wholeQuantity(1)), type: 'purchase-return' }
    const readers = aPostContext(purchaseReturn, {
      audiences: ['goods'],
      documents: documentsOf([sale]),
    })
    expect(checkDraft(purchaseReturn, draft, readers).map(({ code }) => code)).toContain(
      'origin-type-wrong',
    )
  })
})
