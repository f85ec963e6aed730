import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { salesReturn } from '#domain/documents/sales-return/sales-return.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { asId, type DocumentId, type LineId } from '#domain/values/ids.ts'
import { type Money, money } from '#domain/values/money.ts'
import { type Percent, percent } from '#domain/values/percent.ts'
import { quantity, wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import {
  aPostContext,
  aPosting,
  documentsOf,
  postedDocument,
  refusalsOf,
} from '#tests/builders/a-post-context.ts'
import { completeDraft } from './complete.ts'
import { exampleShop } from './example-shop.ts'

const { branchId: branch, mainWarehouse: warehouseId, customer: customerId, cola } = exampleShop

interface Said {
  readonly header?: { readonly discount?: Money; readonly roundOff?: Money }
  readonly discountRate?: Percent
}

/** A can each, at these prices. */
function aSale(prices: readonly number[], { header, discountRate }: Said = {}) {
  return shipment.draft({
    ...{ docId: 'sale-1', branch, header: { warehouseId, customerId, ...header } },
    lines: prices.map((price, i) => ({
      ...{ lineId: `line-${i}`, skuId: cola, quantity: wholeQuantity(3) },
      ...{ price: unitPrice(price), taxRate: percent(1_300) },
      ...(discountRate !== undefined && { discountRate }),
    })),
  })
}

const linesOf = (draft: ReturnType<typeof aSale>) =>
  completeDraft(shipment, draft, aPostContext(shipment)).lines

describe('discounts', () => {
  it('[AMT4] SA-10 a percentage off is in the amount, rounded once', () => {
    const [line] = linesOf(aSale([3_333_333], { discountRate: percent(1_250) }))
    expect(line).toMatchObject({ amount: 875, tax: 101 }) // 9.999999 × 0.875 = 8.74999…
    const [free] = linesOf(aSale([3_333_333], { discountRate: percent(10_000) }))
    expect(free).toMatchObject({ amount: 0, tax: 0 })
    expect(refusalsOf(shipment, aSale([1], { discountRate: percent(10_001) }))).toContain(
      'number-too-large discountRate',
    )
  })

  it('[AMT3] SA-10 a discount and a rounding-off are shared by amount, before tax', () => {
    const header = { discount: money(900), roundOff: money(100) }
    const lines = linesOf(aSale([11_110_000, 11_110_000, 11_113_333], { header }))
    expect(lines.map(({ allowance }) => allowance)).toEqual([333, 333, 334])
    expect(lines.map(({ tax }) => tax)).toEqual([345, 345, 345])
  })

  it('[AMT5] takes no more off than there is', () => {
    const tooMuch = { header: { discount: money(301) } }
    expect(refusalsOf(shipment, aSale([1_000_000], tooMuch))).toEqual([
      'round-off-too-large discount',
    ])
    const all = { header: { discount: money(200), roundOff: money(100) } }
    expect(refusalsOf(shipment, aSale([1_000_000], all))).toEqual([])
  })

  it('[LNK3] SA-10 returns take their share of every discount back, to the fen', () => {
    const part = fc.integer({ min: 1, max: 29_999 })
    fc.assert(
      fc.property(fc.nat(900), fc.nat(99), fc.nat(9_999), part, (off, round, rate, first) => {
        const header = { discount: money(off), roundOff: money(round) }
        const draft = aSale([9_990_000, 3_330_000], { header, discountRate: percent(rate) })
        fc.pre(refusalsOf(shipment, draft).length === 0)
        const sale = postedDocument(aPosting(shipment, draft))
        const backOf = (steps: number, before: number) => {
          const back = salesReturn.draft({
            ...{ docId: 'return-1', branch, header: { warehouseId, customerId } },
            lines: [
              {
                ...{ lineId: 'line-0', skuId: cola, quantity: quantity(steps) },
                originId: asId<DocumentId>('sale-1'),
                originLineId: asId<LineId>('line-0'),
              },
            ],
          })
          const documents = { ...documentsOf([sale]), returnedOf: () => quantity(before) }
          const [line] = completeDraft(salesReturn, back, {
            ...aPostContext(salesReturn),
            documents,
          }).lines
          return [Number(line?.['amount']), Number(line?.['tax'])]
        }
        const [one, other] = [backOf(first, 0), backOf(30_000 - first, first)]
        const sold = (name: string) => Number(sale.lines[0]?.[name])
        expect((one[0] ?? 0) + (other[0] ?? 0)).toBe(sold('amount') - sold('allowance'))
        expect((one[1] ?? 0) + (other[1] ?? 0)).toBe(sold('tax'))
      }),
      { numRuns: 60 },
    )
  })
})
