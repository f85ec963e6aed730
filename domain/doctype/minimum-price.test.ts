import { describe, expect, it } from 'vitest'
import type { Role } from '#domain/records/kinds.ts'
import { type Money, money } from '#domain/values/money.ts'
import { type Percent, percent } from '#domain/values/percent.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { shipment } from '#domain/documents/shipment/shipment.ts'
import { aPosting, refusalsOf } from '#tests/builders/a-post-context.ts'
import { exampleShop } from './example-shop.ts'
import type { MasterReader } from './readers.ts'

interface Discounts {
  readonly header?: { readonly discount?: Money; readonly roundOff?: Money }
  readonly line?: { readonly discountRate?: Percent }
}

/** The example shop, where a can costs 2.00 at least and the company says what follows. */
function shopThat(belowMinimum: 'warn' | 'refuse'): MasterReader {
  const { masters } = exampleShop
  const said = (entity: string) => ({
    ...(entity === 'sku' && { minimumPrice: 2_000_000 }),
    ...(entity === 'company' && { belowMinimum }),
  })
  return {
    get: (entity, id) => ({ ...masters.get(entity, id), ...said(entity) }),
    list: (entity) =>
      [...masters.list(entity)].map(({ id, fields }) => ({
        id,
        fields: { ...fields, ...said(entity) },
      })),
  }
}

const aSale = (price: number, unit?: string, more: Discounts = {}) =>
  shipment.draft({
    docId: 'shipment-1',
    branch: exampleShop.branchId,
    header: { warehouseId: exampleShop.mainWarehouse, ...more.header },
    lines: [
      {
        ...{ lineId: 'line-1', skuId: exampleShop.cola, quantity: wholeQuantity(24) },
        ...{ price: unitPrice(price), taxRate: percent(1_300), ...(unit && { unit }) },
        ...more.line,
      },
    ],
  })

const posted = (price: number, unit?: string, more?: Discounts) =>
  aPosting(shipment, aSale(price, unit, more), { masters: shopThat('warn') }).warnings.map(
    ({ code }) => code,
  )

describe('the minimum price', () => {
  it('[MIN1] SA-14 is said of a sale below it, in any unit, and of no gift', () => {
    expect(posted(1_999_999)).toEqual(['below-minimum-price'])
    expect(posted(2_000_000)).toEqual([])
    expect(posted(0)).toEqual([])
    expect(posted(47_999_999, '箱')).toEqual(['below-minimum-price'])
    expect(posted(48_000_000, '箱')).toEqual([])
  })

  it('[MIN1] counts discounts, and no rounding-off', () => {
    expect(posted(2_200_000, '罐', { line: { discountRate: percent(900) } })).toEqual([])
    expect(posted(2_200_000, '罐', { line: { discountRate: percent(1_000) } })).toHaveLength(1)
    expect(posted(2_000_000, '罐', { header: { discount: money(1) } })).toHaveLength(1)
    expect(posted(2_000_000, '罐', { header: { roundOff: money(1) } })).toEqual([])
  })

  it('[MIN1] is never told with it', () => {
    const [warning] = aPosting(shipment, aSale(1), { masters: shopThat('warn') }).warnings
    expect(Object.keys(warning ?? {}).sort()).toEqual(['code', 'field', 'lineId', 'skuId'])
  })

  it('[MIN2] SA-14 is held against everybody below a manager where the company refuses', () => {
    const refused = (role: Role) =>
      refusalsOf(shipment, aSale(1_999_999), {
        masters: shopThat('refuse'),
        actor: { userId: 'user-1', roles: [role] },
      })
    expect(refused('seller')).toEqual(['below-minimum-price price'])
    expect(refused('manager')).toEqual([])
    expect(refused('owner')).toEqual([])
  })
})
