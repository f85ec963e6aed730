import { describe, expect, it } from 'vitest'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { makeCatalogue } from './catalogue.ts'

function shop() {
  const masters = new Map<string, MasterFields>([
    ['product|p1', { name: '可口可乐', initials: 'kkkl' }],
    ['product|p2', { name: '苹果', initials: 'pg' }],
    ['sku|s1', { productId: 'p1', code: 'B2', baseUnit: '瓶', 'barcode:6901': '瓶' }],
    ['sku|s2', { productId: 'p2', code: 'A1', baseUnit: '斤' }],
    ['sku|s3', { productId: 'p2', code: 'A0', baseUnit: '斤', isDisabled: 1 }],
  ])
  const catalogue = makeCatalogue({
    get: (entity, id) => masters.get(`${entity}|${id}`),
    list: (entity) =>
      [...masters]
        .filter(([key]) => key.startsWith(`${entity}|`))
        .map(([key, fields]) => ({ id: key.slice(entity.length + 1), fields })),
  })
  return { masters, catalogue }
}

describe('the catalogue', () => {
  it('[CTG1] finds by initials, name, code and barcode', () => {
    const { catalogue } = shop()
    expect(catalogue.search('kk', 5)).toEqual(['s1'])
    expect(catalogue.search('苹', 5)).toEqual(['s2', 's3'])
    expect(catalogue.byCode('a1')).toBe('s2')
    expect(catalogue.scan('6901')).toEqual([{ skuId: 's1', unit: '瓶' }])
  })

  it('[CTG2] lists those in use first, by code', () => {
    expect(shop().catalogue.ids()).toEqual(['s2', 's1', 's3'])
  })

  it('[CTG3] follows a change of a SKU, and of the product of several', () => {
    const { masters, catalogue } = shop()
    catalogue.ids()
    masters.set('product|p2', { name: '红富士', initials: 'hfs' })
    masters.set('sku|s1', { productId: 'p1', code: 'C3', baseUnit: '瓶' })
    catalogue.refresh(
      new Map([
        ['product', new Set(['p2'])],
        ['sku', new Set(['s1'])],
      ]),
    )
    expect(catalogue.search('hfs', 5)).toEqual(['s2', 's3'])
    expect(catalogue.search('苹', 5)).toEqual([])
    expect(catalogue.byCode('b2')).toBeUndefined()
    expect(catalogue.byCode('c3')).toBe('s1')
    expect(catalogue.scan('6901')).toEqual([])
  })
})
