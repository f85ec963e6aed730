import { describe, expect, it } from 'vitest'
import { businessDate } from '#domain/values/business-date.ts'
import { wholeQuantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { checkChange } from './entities.ts'
import type { MasterFields } from './master-field.ts'
import { type PriceAsked, proposePrices } from './price-proposal.ts'

const cola: MasterFields = {
  ...{ code: '1', baseUnit: '瓶', units: [{ name: '箱', numerator: 12, denominator: 1 }] },
  ...{ retailPrice: 3_500_000, wholesalePrice: 2_950_000, referencePurchasePrice: 2_000_000 },
}

/** A shop of one product, one customer and one branch, with what a test says of them. */
function aShop(said: {
  readonly sku?: MasterFields
  readonly customer?: MasterFields
  readonly branch?: MasterFields
  readonly lists?: Readonly<Record<string, MasterFields>>
}) {
  const masters = {
    sku: { cola: { ...cola, ...said.sku } },
    customer: { wang: said.customer ?? {} },
    branch: { shop: said.branch ?? {} },
    'price-list': said.lists ?? {},
  } as const
  const lookup = {
    get: (entity: keyof typeof masters, id: string) =>
      (masters[entity] as Readonly<Record<string, MasterFields>>)[id],
  }
  return (asked: Partial<PriceAsked> = {}) =>
    proposePrices(
      {
        ...{ side: 'sales', skuId: 'cola', branchId: 'shop', customerId: 'wang' },
        ...{ quantity: wholeQuantity(1), day: businessDate('2026-11-23') },
        ...asked,
      },
      lookup,
    ).map(({ rule, price, listId }) => [rule, price, ...(listId === undefined ? [] : [listId])])
}

const dozen = wholeQuantity(12)

describe('a proposed price', () => {
  it('[PRP1] MD-08 comes from the first rule that has one', () => {
    const ask = aShop({
      sku: {
        'listPrice:vip/瓶': [{ price: 3_100_000 }],
        'listPrice:shop/瓶': [{ price: 3_300_000 }],
      },
      customer: { priceListId: 'vip', 'specialPrice:cola/瓶': [{ price: 2_900_000 }] },
      branch: { priceListId: 'shop' },
      lists: { vip: { name: '会员' }, shop: { name: '门店' } },
    })
    expect(ask({ last: unitPrice(3_000_000) })).toEqual([
      ['special', 2_900_000],
      ['last', 3_000_000],
      ['level', 3_100_000, 'vip'],
      ['branch', 3_300_000, 'shop'],
      ['own', 3_500_000],
    ])
    expect(ask({ customerId: 'passer-by' })[0]).toEqual(['branch', 3_300_000, 'shop'])
    expect(ask({ skuId: 'unknown' })).toEqual([])
    expect(ask({ side: 'buying' })).toEqual([['own', 2_000_000]])
  })

  it('[PRP1] passes a list over that is disabled or unknown', () => {
    const ask = aShop({
      sku: { 'listPrice:vip/瓶': [{ price: 3_100_000 }], 'listPrice:gone/瓶': [{ price: 1 }] },
      customer: { priceListId: 'vip' },
      branch: { priceListId: 'gone' },
      lists: { vip: { name: '会员', isDisabled: 1 } },
    })
    expect(ask()).toEqual([['own', 3_500_000]])
  })

  it('[PLS2] takes the row of the quantity and the day', () => {
    const rows = [
      { price: 3_300_000 },
      { price: 3_200_000, since: '2026-11-01' },
      { price: 3_000_000, least: dozen, since: '2026-11-01', until: '2026-11-30' },
      { price: 1_000_000, since: '2026-12-01' },
      { price: 1, until: '2026-10-31' },
    ]
    const ask = aShop({
      sku: { 'listPrice:vip/瓶': rows },
      customer: { priceListId: 'vip' },
      lists: { vip: { name: '会员' } },
    })
    const priceOn = (day: string, quantity = wholeQuantity(1)) =>
      ask({ day: businessDate(day), quantity })[0]?.[1]
    expect(priceOn('2026-11-23')).toBe(3_200_000)
    expect(priceOn('2026-11-30', dozen)).toBe(3_000_000)
    expect(priceOn('2026-12-01', dozen)).toBe(1_000_000)
    expect(priceOn('2026-10-31')).toBe(3_300_000)
  })

  it('[PRP2] prices a box by its own row, else by its bottles', () => {
    const customer = { 'specialPrice:cola/瓶': [{ price: 2_900_000 }] }
    const box = { unit: '箱', quantity: dozen }
    expect(aShop({ customer })(box)).toEqual([
      ['special', 34_800_000],
      ['own', 42_000_000],
    ])
    const own = { ...customer, 'specialPrice:cola/箱': [{ price: 34_000_000 }] }
    const sku = { 'retailPrice:箱': 40_000_000 }
    expect(aShop({ customer: own, sku })(box)).toEqual([
      ['special', 34_000_000],
      ['own', 40_000_000],
    ])
    expect(aShop({ customer })({ unit: '袋' })).toEqual([])
  })

  it('[PRP3] reckons a list from a price of the product, rounded once', () => {
    const priced = (list: MasterFields) =>
      aShop({ customer: { priceListId: 'vip' }, lists: { vip: list } })()[0]
    const wholesale = { name: '会员', basis: 'wholesale', rate: 9_500 }
    expect(priced(wholesale)).toEqual(['level', 2_800_000, 'vip']) // 2.8025
    expect(priced({ ...wholesale, rounding: 'jiao' })).toEqual(['level', 2_800_000, 'vip'])
    expect(priced({ ...wholesale, rounding: 'yuan' })).toEqual(['level', 3_000_000, 'vip'])
    expect(priced({ name: '会员', basis: 'retail', rate: 10_000, rounding: 'yuan' })).toEqual([
      ...['level', 4_000_000, 'vip'],
    ])
    expect(priced({ name: '会员', basis: 'retail' })).toEqual(['own', 3_500_000])
  })
})

describe('price rows', () => {
  const problemOf = (rows: unknown) =>
    checkChange({
      ...{ entity: 'sku', id: 'cola' },
      fields: { 'listPrice:vip/瓶': rows as MasterFields[string] },
    }).map(({ code }) => code)

  it('[PLS1] refuses rows out of range, and passes over those that came', () => {
    expect(problemOf([{ price: 1, least: 1, since: '2026-11-01', until: '2026-11-01' }])).toEqual(
      [],
    )
    for (const row of [
      ...[{}, { price: -1 }, { price: 0.5 }, { price: 1, least: 0 }, { price: 1, colour: 'red' }],
      ...[
        { price: 1, since: '2026-13-01' },
        { price: 1, since: '2026-11-02', until: '2026-11-01' },
      ],
    ]) {
      expect([row, problemOf([row])]).toEqual([row, ['list-malformed']])
    }
    const ask = aShop({
      customer: { 'specialPrice:cola/瓶': [{ price: -1 }, { price: 2_000_000 }] },
    })
    expect(ask()[0]).toEqual(['special', 2_000_000])
  })
})
