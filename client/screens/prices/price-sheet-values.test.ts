import { describe, expect, it } from 'vitest'
import { priceChanges, rowProblems, type TypedPrice } from './price-sheet-values.ts'

const baseUnitOf = () => '瓶'
const row = (key: string, more: Partial<TypedPrice> = {}): TypedPrice => ({
  ...{ key, skuId: 'cola', price: 3_000_000 },
  ...more,
})

describe('a table of prices', () => {
  it('[ANS40] writes what differs, one field per SKU and unit', () => {
    const before = [
      { skuId: 'cola', unit: '瓶', price: 3_000_000 },
      { skuId: 'tea', unit: '盒', price: 9_000_000 },
    ]
    const after = [row('1'), row('2', { price: 2_800_000, least: 60_000 })]
    const rows = [{ price: 3_000_000 }, { price: 2_800_000, least: 60_000 }]
    expect(priceChanges({ entity: 'price-list', id: 'vip' }, before, after, baseUnitOf)).toEqual([
      { entity: 'sku', id: 'cola', fields: { 'listPrice:vip/瓶': rows } },
      { entity: 'sku', id: 'tea', fields: { 'listPrice:vip/盒': '' } },
    ])
    expect(priceChanges({ entity: 'customer', id: 'wang' }, before, after, baseUnitOf)).toEqual([
      {
        ...{ entity: 'customer', id: 'wang' },
        fields: { 'specialPrice:cola/瓶': rows, 'specialPrice:tea/盒': '' },
      },
    ])
    expect(
      priceChanges({ entity: 'price-list', id: 'vip' }, before.slice(0, 1), [row('1')], baseUnitOf),
    ).toEqual([])
  })

  it('[ANS40] divides the prices of one customer into changes that a record holds', () => {
    const rows = Array.from({ length: 301 }, (_, i) => row(String(i), { skuId: `sku-${i}` }))
    const changes = priceChanges({ entity: 'customer', id: 'wang' }, [], rows, baseUnitOf)
    expect(changes.map(({ fields }) => Object.keys(fields).length)).toEqual([150, 150, 1])
  })

  it('[ANS40] says by cell what keeps it from being saved', () => {
    const { price: _, ...unpriced } = row('2')
    const days = { since: '2026-12-02', until: '2026-12-01' }
    const rows = [{ key: '1' }, unpriced, row('3', days), row('4'), row('5', { unit: '瓶' })]
    expect(rowProblems(rows, baseUnitOf)).toEqual([
      { key: '1', field: 'skuId', text: 'prices.needsSku' },
      { key: '2', field: 'price', text: 'prices.needsPrice' },
      { key: '3', field: 'until', text: 'prices.daysWrong' },
      { key: '5', field: 'skuId', text: 'prices.repeated' },
    ])
  })
})
