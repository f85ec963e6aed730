import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRandom } from '#domain/demonstration/random.ts'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { salesReturn } from '#domain/documents/sales-return/sales-return.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { transfer } from '#domain/documents/transfer/transfer.ts'
import { writeOff } from '#domain/documents/write-off/write-off.ts'
import { documentTypes } from '#domain/registry.ts'
import { postedBody } from '#domain/records/posted-body.ts'
import { businessDate } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import {
  aPostContext,
  aPosting,
  costsOf,
  documentsOf,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import { aGoodsReader, trackedShop } from '#tests/builders/a-tracked-shop.ts'
import { arbitraryDraft } from './arbitrary.ts'
import { completeDraft } from './complete.ts'
import type { DraftDocument } from './define.ts'
import { exampleShop } from './example-shop.ts'
import { facetsOf } from './facets.ts'
import { serialsOf } from './goods-fields.ts'
import type { PostContext, Posting } from './post.ts'

const { branchId: branch, mainWarehouse, backWarehouse, supplier, cola } = exampleShop
const { milk, phone, binA1, binA2, binOfBack, masters } = trackedShop
const header = { warehouseId: mainWarehouse }
const fresh = { batch: 'B2', expires: '2026-12-20', quantity: 4 }
const old = { batch: 'B1', expires: '2026-12-01', quantity: 3 }
const gone = { batch: 'B0', expires: '2026-11-21', quantity: 5 }

function receipt(line: object): DraftDocument {
  const bought = { ...header, supplierId: supplier, invoiceKind: 'none' } as const
  const price = unitPrice(2_500_000)
  return goodsReceipt.draft({
    ...{ docId: 'receipt-1', branch, header: bought },
    lines: [{ lineId: 'line-1', price, ...line }],
  })
}

function sale(line: object, more: object = {}): DraftDocument {
  const price = unitPrice(3_000_000)
  return shipment.draft({
    ...{ docId: 'sale-1', branch, header: { ...header, ...more } },
    lines: [{ lineId: 'line-1', price, ...line }],
  })
}

function given(goods = aGoodsReader([gone, old, fresh])): Partial<PostContext> {
  return { masters, goods }
}

/** 'line-1#1 -3 B1 S1 @bin-a1 pending of leg': what tells the goods of each leg apart. */
function goodsOf(posting: Posting): string[] {
  return postedDocument(posting).legs.map((leg) =>
    [
      `${leg.leg} ${leg.quantity / 10_000}`,
      ...[leg.batch, leg.serial, leg.bin && `@${leg.bin}`, leg.status, leg.expires],
      leg.origin && `of ${leg.origin.leg}`,
    ]
      .filter(Boolean)
      .join(' '),
  )
}

describe('goods that are told apart', () => {
  it('[GDF1] a shop that tracks nothing sees no new field on any document', async () => {
    for (const definition of documentTypes) {
      const module: Record<string, Record<string, DraftDocument>> = await import(
        `../documents/${definition.type}/${definition.type}.examples.ts`
      )
      for (const draft of Object.values(Object.values(module)[0] ?? {})) {
        const readers = { ...aPostContext(definition), goods: aGoodsReader() }
        const complete = completeDraft(definition, draft, readers)
        expect([...facetsOf(definition, complete, readers)]).toEqual([])
        const same = completeDraft(definition, draft, aPostContext(definition))
        expect(complete).toEqual(same)
      }
    }
  })

  it('[GDF1] fields show for the goods on the lines and the bins of the warehouse', () => {
    const shown = (draft: DraftDocument) => {
      const context = aPostContext(shipment, given())
      return [...facetsOf(shipment, completeDraft(shipment, draft, context), context)].sort()
    }
    expect(shown(sale({ skuId: cola }))).toEqual(['bin'])
    expect(shown(sale({ skuId: cola }, { warehouseId: 'nowhere' }))).toEqual([])
    expect(shown(sale({ skuId: phone }))).toEqual(['bin', 'serial'])
    expect(shown(sale({ skuId: milk }))).toEqual(['batch', 'bin', 'status'])
    expect(shown(sale({ skuId: milk, batch: 'B0' }))).toContain('expired')
  })

  it('[GDF2] fills the quantity from serial numbers and the expiry from the shelf life', () => {
    const complete = (line: object) =>
      completeDraft(goodsReceipt, receipt(line), aPostContext(goodsReceipt, given())).lines[0]
    expect(complete({ skuId: phone, serials: 'S1, S2，S3' })?.['quantity']).toBe(wholeQuantity(3))
    expect(complete({ skuId: milk, produced: '2026-11-20' })).toMatchObject({
      ...{ batch: '20261120', expires: '2026-12-05', status: 'pending' },
    })
    const typed = { batch: 'X', expires: '2026-12-01', status: 'good' }
    expect(complete({ skuId: milk, produced: '2026-11-20', ...typed })).toMatchObject(typed)
    expect(complete({ skuId: cola, produced: '2026-11-20' })?.['expires']).toBeUndefined()
    expect(serialsOf(' S1\nS2;S3、S4 ')).toEqual(['S1', 'S2', 'S3', 'S4'])
  })

  it('[GDF3] asks for numbers where goods are tracked, and for none where they are not', () => {
    const one = { quantity: wholeQuantity(1) }
    const refused = (line: object) =>
      refusalsOf(goodsReceipt, receipt({ ...one, ...line }), given())
    expect(refused({ skuId: milk })).toEqual(['required batch'])
    expect(refused({ skuId: phone })).toEqual(['required serials'])
    expect(refused({ skuId: cola, batch: 'B1' })).toEqual(['not-tracked batch'])
    expect(refused({ skuId: phone, serials: 'S1 S2' })).toEqual(['serials-differ serials'])
    expect(refused({ skuId: phone, serials: 'S1 S1', quantity: wholeQuantity(2) })).toEqual([
      'serial-repeated serials',
    ])
    const late = { produced: '2026-11-20', expires: '2026-11-19' }
    expect(refused({ skuId: milk, ...late })).toEqual(['expires-before-produced expires'])
    expect(refused({ skuId: cola, binId: binOfBack })).toEqual(['bin-of-other-warehouse binId'])
    const here = given(aGoodsReader([], { S1: { warehouseId: mainWarehouse } }))
    const again = receipt({ ...one, skuId: phone, serials: 'S1' })
    expect(refusalsOf(goodsReceipt, again, here)).toEqual(['serial-in-stock serials'])
  })

  it('[GDF4] expired goods are not sold but on the word of a manager, and always written off', () => {
    const line = { skuId: milk, quantity: wholeQuantity(1), batch: 'B0' }
    expect(refusalsOf(shipment, sale(line), given())).toEqual(['batch-expired batch'])
    const allowed = sale(line, { sellExpired: 1 })
    const as = (role: 'seller' | 'manager') => ({ actor: { userId: 'user-2', roles: [role] } })
    expect(refusalsOf(shipment, allowed, { ...given(), ...as('seller') })).toEqual([
      'expired-needs-manager sellExpired',
    ])
    const posting = aPosting(shipment, allowed, { ...given(), ...as('manager') })
    expect(postedDocument(posting).header['sellExpired']).toBe(1)
    const loss = writeOff.draft({
      ...{ docId: 'loss-1', branch, header: { ...header, reason: 'expired' } as const },
      lines: [{ lineId: 'line-1', ...line }],
    })
    expect(goodsOf(aPosting(writeOff, loss, given()))).toEqual(['line-1 -1 B0'])
    const printedDay = { ...sale({ ...line, batch: 'B1' }), at: Date.UTC(2026, 10, 20) as never }
    expect(refusalsOf(shipment, printedDay, given())).toEqual([])
  })

  it('[GDF4] expired goods that arrive, and pieces that lie elsewhere, are said and not refused', () => {
    const warned = (posting: Posting) => posting.warnings.map(({ code }) => code)
    const bad = { skuId: milk, batch: 'B9', expires: businessDate('2026-11-21') }
    const arrived = receipt({ ...bad, quantity: wholeQuantity(1) })
    expect(warned(aPosting(goodsReceipt, arrived, given()))).toEqual(['received-expired'])
    const sold = sale({ skuId: phone, serials: 'S1', quantity: wholeQuantity(1) })
    expect(warned(aPosting(shipment, sold, given()))).toEqual(['serial-not-here'])
    const here = given(aGoodsReader([], { S1: { warehouseId: mainWarehouse } }))
    expect(warned(aPosting(shipment, sold, here))).toEqual([])
  })

  it('[GDF6] warns of expired goods that are moved, and of a batch that nobody has received', () => {
    const header = { sourceWarehouseId: mainWarehouse, targetWarehouseId: backWarehouse }
    const moved = (batch: string) => {
      const lines = [{ lineId: 'line-1', skuId: milk, quantity: wholeQuantity(1), batch }]
      const draft = transfer.draft({ docId: 'move-1', branch, header, lines })
      return aPosting(transfer, draft, given()).warnings.map(({ code }) => code)
    }
    expect(moved('B0')).toEqual(['moved-expired'])
    expect(moved('B2')).toEqual([])
    expect(moved('B7')).toEqual(['batch-not-received'])
  })

  it('[GDF7] asks for the batch of what leaves, where the product says so', () => {
    const { masters } = trackedShop
    const named = {
      ...masters,
      get: (entity: 'product', id: string) => ({
        ...masters.get(entity, id),
        ...(id === 'milk' && { namesBatches: 1 }),
      }),
    } as typeof masters
    const line = { skuId: milk, quantity: wholeQuantity(1) }
    const context = { ...given(), masters: named }
    expect(refusalsOf(shipment, sale(line), context)).toEqual(['required batch'])
    expect(refusalsOf(shipment, sale({ ...line, batch: 'B1' }), context)).toEqual([])
    expect(
      refusalsOf(shipment, sale({ skuId: cola, quantity: wholeQuantity(1) }), context),
    ).toEqual([])
  })

  it('[GDF5] a batch that was passed over stays in the document', () => {
    const line = { skuId: milk, quantity: wholeQuantity(1) }
    const proposedOf = (batch: string) =>
      postedDocument(aPosting(shipment, sale({ ...line, batch }), given())).lines[0]?.[
        'proposedBatch'
      ]
    expect(proposedOf('B2')).toBe('B1')
    expect(proposedOf('B1')).toBeUndefined()
  })
})

describe('legs of goods that are told apart', () => {
  it('[LEG4] one leg for each serial number, which together cost the line', () => {
    const posting = aPosting(goodsReceipt, receipt({ skuId: phone, serials: 'S1 S2 S3' }), given())
    expect(goodsOf(posting)).toEqual(['line-1#1 1 S1', 'line-1#2 1 S2', 'line-1#3 1 S3'])
    expect(costsOf(posting)).toEqual(['line-1#1 2.50', 'line-1#2 2.50', 'line-1#3 2.50'])
    const alone = aPosting(goodsReceipt, receipt({ skuId: phone, serials: 'S1' }), given())
    expect(goodsOf(alone)).toEqual(['line-1 1 S1'])
  })

  it('[LEG5] an issue without a batch takes what expires first, and the rest without one', () => {
    const sold = (count: number) =>
      goodsOf(aPosting(shipment, sale({ skuId: milk, quantity: wholeQuantity(count) }), given()))
    expect(sold(2)).toEqual(['line-1 -2 B1'])
    expect(sold(5)).toEqual(['line-1#1 -3 B1', 'line-1#2 -2 B2'])
    expect(sold(9)).toEqual(['line-1#1 -3 B1', 'line-1#2 -4 B2', 'line-1#3 -2'])
  })

  it('[LEG5] lines of one document share what is there, and a named batch leaves from its bins', () => {
    const lines = [2, 2].map((count, i) => ({
      ...{ lineId: `line-${i + 1}`, skuId: milk, quantity: wholeQuantity(count) },
      price: unitPrice(1),
    }))
    const twice = aPosting(shipment, { ...sale({ skuId: milk }), lines }, given())
    expect(goodsOf(twice)).toEqual(['line-1 -2 B1', 'line-2#1 -1 B1', 'line-2#2 -1 B2'])
    const inBins = aGoodsReader([
      { ...old, bin: binA1 },
      { ...fresh, bin: binA2 },
    ])
    const named = sale({ skuId: milk, quantity: wholeQuantity(5), batch: 'B2' })
    expect(goodsOf(aPosting(shipment, named, given(inBins)))).toEqual([
      'line-1#1 -4 B2 @bin-a2',
      'line-1#2 -1 B2',
    ])
  })

  it('[LEG4] a piece leaves from where it lies, and as what', () => {
    const place = { warehouseId: mainWarehouse, bin: binA1, status: 'pending', batch: 'K' } as const
    const known = given(aGoodsReader([], { S1: place }))
    const sold = aPosting(shipment, sale({ skuId: phone, serials: 'S1' }), known)
    expect(goodsOf(sold)).toEqual(['line-1 -1 K S1 @bin-a1 pending'])
    const header = { sourceWarehouseId: mainWarehouse, targetWarehouseId: backWarehouse }
    const lines = [{ lineId: 'line-1', skuId: phone, serials: 'S1', quantity: wholeQuantity(1) }]
    const moved = transfer.draft({ docId: 'move-2', branch, header, lines })
    expect(goodsOf(aPosting(transfer, moved, known))).toEqual([
      'line-1-out -1 K S1 @bin-a1 pending',
      'line-1-in 1 K S1 pending',
    ])
  })

  it('[LEG5] both legs of a transfer take the same batches', () => {
    const moved = transfer.draft({
      ...{ docId: 'move-1', branch },
      header: { sourceWarehouseId: mainWarehouse, targetWarehouseId: backWarehouse },
      lines: [
        { lineId: 'line-1', skuId: milk, quantity: wholeQuantity(9), targetBinId: binOfBack },
      ],
    })
    const goods = aGoodsReader([gone, { ...old, bin: binA2 }])
    const { legs } = postedDocument(aPosting(transfer, moved, { masters, goods }))
    expect(legs.map(({ leg, pair, batch, bin }) => [leg, pair, batch, bin])).toEqual([
      ['line-1-out#1', undefined, 'B0', undefined],
      ['line-1-out#2', undefined, 'B1', binA2],
      ['line-1-out#3', undefined, undefined, undefined],
      ['line-1-in#1', 'line-1-out#1', 'B0', binOfBack],
      ['line-1-in#2', 'line-1-out#2', 'B1', binOfBack],
      ['line-1-in#3', 'line-1-out#3', undefined, binOfBack],
    ])
    const within = { sourceWarehouseId: mainWarehouse, targetWarehouseId: mainWarehouse }
    const line = { lineId: 'line-1', skuId: cola, quantity: wholeQuantity(1) }
    const toBin = (binId: typeof binA1, targetBinId: typeof binA1) => ({
      ...{ ...moved, header: within, lines: [{ ...line, binId, targetBinId }] },
    })
    expect(refusalsOf(transfer, toBin(binA1, binA1), given())).toEqual([
      'same-warehouse targetWarehouseId',
    ])
    expect(goodsOf(aPosting(transfer, toBin(binA1, binA2), given()))).toEqual([
      'line-1-out -1 @bin-a1',
      'line-1-in 1 @bin-a2',
    ])
  })

  it('[LEG6] a linked return takes back pieces and batches of its line', () => {
    const two = aPosting(shipment, sale({ skuId: milk, quantity: wholeQuantity(5) }), given())
    const back = (line: object, sold: Posting) =>
      aPosting(
        salesReturn,
        salesReturn.draft({
          ...{ docId: 'back-1', branch, header: { ...header, refund: 'cash' } as const },
          lines: [
            { lineId: 'line-1', originId: 'sale-1', originLineId: 'line-1', ...line } as never,
          ],
        }),
        { ...given(), documents: documentsOf([postedDocument(sold)]) },
      )
    const four = { skuId: milk, quantity: wholeQuantity(4) }
    expect(goodsOf(back(four, two))).toEqual([
      'line-1#1 3 B1 pending of line-1#1',
      'line-1#2 1 B2 pending of line-1#2',
    ])
    expect(goodsOf(back({ ...four, quantity: wholeQuantity(1), batch: 'B2' }, two))).toEqual([
      'line-1 1 B2 pending of line-1#2',
    ])
    const phones = aPosting(shipment, sale({ skuId: phone, serials: 'S1 S2' }), given())
    expect(goodsOf(back({ skuId: phone, serials: 'S2' }, phones))).toEqual([
      'line-1 1 S2 of line-1#2',
    ])
  })
})

describe('random documents of a shop that tells goods apart', () => {
  // A change of an order, an invoice, a charge and an arrival speak of documents.
  const ofGoods = documentTypes.filter(
    ({ claims, adjusts, links }) => claims !== 'change' && !adjusts && links?.as !== 'onward',
  )
  it.each(ofGoods.map((definition) => [definition.type, definition] as const))(
    '[GDF3] [LEG4] %s: legs add up to the lines, a piece is one unit, readers accept the record',
    (_, definition) => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const context = aPostContext(definition, given())
          const place = { branch, docId: `doc-${seed}`, origins: [] }
          const draft = arbitraryDraft(definition, {
            ...{ ...context, ...place, random: makeRandom(seed) },
          })
          const { legs, bodies } = postedDocument(aPosting(definition, draft, given()))
          for (const body of bodies) {
            expect(postedBody.check(body as unknown as Json)).toBeUndefined()
          }
          const pieces = legs.filter((leg) => leg.serial !== undefined && leg.counted === undefined)
          for (const leg of pieces) {
            // What is restated at a price does not move.
            const isStill = leg.class === 'count' && definition.type === 'stock-count'
            expect(Math.abs(leg.quantity)).toBe(isStill ? 0 : 10_000)
          }
          // Goods that become others (组装, 拆卸) are not the same number before and after.
          const isSameGoods = legs.every(({ group }) => group === undefined)
          if (definition.movementClass === 'internal' && isSameGoods) {
            expect(legs.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(0)
          }
        }),
        { numRuns: 30 },
      )
    },
  )
})
