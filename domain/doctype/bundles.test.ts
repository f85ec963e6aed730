import { describe, expect, it } from 'vitest'
import { goodsReceipt } from '#domain/documents/goods-receipt/goods-receipt.ts'
import { salesOrder } from '#domain/documents/sales-order/sales-order.ts'
import { salesReturn } from '#domain/documents/sales-return/sales-return.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { asId, type DocumentId, type LineId, type SkuId } from '#domain/values/ids.ts'
import { percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import {
  aPosting,
  documentsOf,
  legsOf,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import { aGoodsReader, trackedShop } from '#tests/builders/a-tracked-shop.ts'
import type { DraftDocument } from './define.ts'
import { exampleShop } from './example-shop.ts'
import type { MasterReader } from './readers.ts'

const { branchId: branch, mainWarehouse: warehouseId, customer, supplier } = exampleShop
const { cola, apple, shirt, delivery } = exampleShop
const set = asId<SkuId>('sku-set')
const unit = 10_000

/** Two cans at 3.00, 0.5 公斤 at 12.00, a delivery: 12.00 listed, of which the goods are 12. */
function mastersWith(bom: MasterFields): MasterReader {
  const prices: Readonly<Record<string, number>> = { [cola]: 3_000_000, [apple]: 12_000_000 }
  const own: Readonly<Record<string, MasterFields>> = {
    'sku-set': { productId: 'set', code: 'T1', baseUnit: '套', ...bom },
    set: { name: '野餐套装', kind: 'bundle' },
  }
  return {
    list: (entity) => trackedShop.masters.list(entity),
    get(entity, id) {
      const known = own[id] ?? trackedShop.masters.get(entity, id)
      return prices[id] === undefined ? known : { ...known, retailPrice: prices[id] }
    },
  }
}

const bom = [
  { skuId: cola, quantity: 2 * unit },
  { skuId: apple, quantity: unit / 2 },
  { skuId: delivery, quantity: unit },
]
const masters = mastersWith({ bom })
const goods = aGoodsReader()
const given = { masters, goods }

function sale(line: object = {}): DraftDocument {
  const sold = { quantity: wholeQuantity(3), price: unitPrice(9_990_000), taxRate: percent(1_300) }
  return shipment.draft({
    ...{ docId: 'sale-1', branch, header: { warehouseId, customerId: customer } },
    lines: [{ lineId: 'line-1', skuId: set, ...sold, ...line }],
  })
}

const sold = postedDocument(aPosting(shipment, sale(), given))

function returned(lines: readonly (readonly [SkuId, number])[], docId = 'return-1'): DraftDocument {
  const link = {
    originId: asId<DocumentId>('sale-1'),
    originLineId: asId<LineId>('line-1'),
  }
  return salesReturn.draft({
    ...{ docId, branch },
    header: { warehouseId, customerId: customer, refund: 'receivable' },
    lines: lines.map(([skuId, steps], i) => ({
      ...{ lineId: `line-${i + 1}`, skuId, quantity: quantity(steps), ...link },
    })),
  })
}

const money = ({ lines }: { readonly lines: readonly Readonly<Record<string, unknown>>[] }) =>
  lines.map(({ amount, tax }) => [amount, tax])

describe('bundles 套装', () => {
  it('[BDL1] leave as their components, of which each is a move of its own', () => {
    expect(legsOf(aPosting(shipment, sale(), given))).toEqual([
      'issue line-1#1 -6 sku-cola main-warehouse',
      'issue line-1#2 -1.5 sku-apple main-warehouse',
    ])
    const milk = mastersWith({ bom: [{ skuId: trackedShop.milk, quantity: 2 * unit }] })
    const fresh = aGoodsReader([
      { batch: 'B1', expires: '2026-12-01', quantity: 4 },
      { batch: 'B2', expires: '2026-12-20', quantity: 9 },
    ])
    const { legs } = postedDocument(aPosting(shipment, sale(), { masters: milk, goods: fresh }))
    expect(legs.map(({ leg, batch, lineId, quantity: q }) => [leg, lineId, batch, q])).toEqual([
      ['line-1#1#1', 'line-1', 'B1', -4 * unit],
      ['line-1#1#2', 'line-1', 'B2', -2 * unit],
    ])
  })

  it('[BDL2] are sold, and neither bought, ordered nor returned whole', () => {
    const line = { lineId: 'line-1', skuId: set, quantity: wholeQuantity(1), price: unitPrice(1) }
    const header = { warehouseId, supplierId: supplier, invoiceKind: 'none' } as const
    const bought = goodsReceipt.draft({ docId: 'r', branch, header, lines: [line] })
    const ordered = salesOrder.draft({ docId: 'o', branch, header: { warehouseId }, lines: [line] })
    const whole = { ...given, documents: documentsOf([sold]) }
    expect(refusalsOf(goodsReceipt, bought, given)).toEqual(['bundle-sold-only skuId'])
    expect(refusalsOf(salesOrder, ordered, given)).toEqual(['bundle-sold-only skuId'])
    expect(refusalsOf(salesReturn, returned([[set, unit]]), whole)).toContain(
      'origin-sku-differs originId',
    )
    const free = salesReturn.draft({
      ...{ docId: 'free', branch, lines: [line] },
      header: { warehouseId, refund: 'receivable' },
    })
    expect(refusalsOf(salesReturn, free, given)).toEqual(['bundle-sold-only skuId'])
    expect(refusalsOf(shipment, sale(), { masters: mastersWith({}), goods })).toEqual([
      'bundle-empty skuId',
    ])
    const phones = mastersWith({ bom: [{ skuId: trackedShop.phone, quantity: unit }] })
    expect(refusalsOf(shipment, sale(), { masters: phones, goods })).toEqual([
      'bundle-of-serials skuId',
    ])
  })

  it('[BDL3] bring money in by the list prices of their components, kept with the sale', () => {
    expect(sold.lines[0]?.['bundleShares']).toBe('sku-cola:1800 sku-apple:1800 sku-delivery:0')
    const unlisted: MasterReader = {
      ...masters,
      get(entity, id) {
        const { retailPrice: _, ...fields } = masters.get(entity, id) ?? {}
        return fields
      },
    }
    const bySteps = postedDocument(aPosting(shipment, sale(), { masters: unlisted, goods }))
    expect(bySteps.lines[0]?.['bundleShares']).toBe(
      'sku-cola:60000 sku-apple:15000 sku-delivery:30000',
    )
    const documents = documentsOf([sold])
    const part = aPosting(salesReturn, returned([[apple, unit / 2]]), { ...given, documents })
    expect(money(postedDocument(part))).toEqual([[499, 57]])
  })

  it('[BDL4] come back in parts, each at most what left, and all together to the fen', () => {
    const [line] = sold.lines
    const documents = documentsOf([sold])
    const context = { ...given, documents }
    const all = returned([
      [cola, unit],
      [apple, unit],
      [cola, 5 * unit],
      [apple, unit / 2],
    ])
    const posted = postedDocument(aPosting(salesReturn, all, context))
    const sums = money(posted).reduce<readonly number[]>(
      ([a = 0, b = 0], [amount, tax]) => [a + Number(amount), b + Number(tax)],
      [0, 0],
    )
    expect(sums).toEqual([line?.['amount'], line?.['tax']])
    expect(posted.legs.map(({ origin }) => origin?.leg)).toEqual([
      ...['line-1#1', 'line-1#2', 'line-1#1', 'line-1#2'],
    ])
    expect(refusalsOf(salesReturn, returned([[cola, 7 * unit]]), context)).toEqual([
      'returned-too-much quantity',
    ])
    expect(refusalsOf(salesReturn, returned([[shirt, unit]]), context)).toContain(
      'origin-sku-differs originId',
    )
  })
})
