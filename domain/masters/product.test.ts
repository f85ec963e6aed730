import { describe, expect, it } from 'vitest'
import { categoryPath } from './category.ts'
import { zoneOf } from './company.ts'
import { checkMaster } from './entities.ts'
import type { MasterFields } from './master-field.ts'
import { businessDate } from '#domain/values/business-date.ts'
import {
  expiryOf,
  isService,
  missingVariants,
  nearExpiryDaysOf,
  optionAxesOf,
  tracksOf,
} from './product.ts'
import { skuName } from './sku.ts'
import { unitPriceOf, unitsOf } from './unit.ts'

const cola: MasterFields = {
  productId: 'p1',
  code: '100109',
  baseUnit: '罐',
  units: [{ name: '箱', numerator: 24, denominator: 1 }],
  'barcode:6901234567892': '罐',
  'barcode:16901234567899': '箱',
  'barcode:000': '',
  retailPrice: 3_000_000,
  'retailPrice:箱': 66_000_000,
}

function codes(entity: 'product' | 'sku', fields: MasterFields): string[] {
  return checkMaster(entity, 'x', fields).map(({ code, field }) => `${field} ${code}`)
}

describe('product', () => {
  it('[MST9] says how its goods are told apart, and when they expire', () => {
    expect(tracksOf({})).toEqual({ batch: false, serial: false })
    expect(tracksOf({ hasBatches: 1, hasSerials: '' })).toEqual({ batch: true, serial: false })
    expect(expiryOf({ shelfLifeDays: 30 }, businessDate('2026-01-31'))).toBe('2026-03-02')
    expect(expiryOf({}, businessDate('2026-01-31'))).toBeUndefined()
    expect([nearExpiryDaysOf({}), nearExpiryDaysOf({ nearExpiryDays: 7 })]).toEqual([30, 7])
  })

  it('[MST4] reads units with their barcodes and prices', () => {
    expect(unitsOf(cola)).toEqual([
      { name: '罐', factor: { numerator: 1, denominator: 1 }, barcodes: ['6901234567892'] },
      { name: '箱', factor: { numerator: 24, denominator: 1 }, barcodes: ['16901234567899'] },
    ])
    expect(unitPriceOf(cola, 'retailPrice', '箱')).toBe(66_000_000)
    expect(unitPriceOf(cola, 'retailPrice', '罐')).toBe(3_000_000)
    expect(unitPriceOf(cola, 'wholesalePrice', '箱')).toBeUndefined()
    expect(codes('sku', cola)).toEqual([])
  })

  it('[MST4] refuses units that cannot be told apart or counted', () => {
    const one = { numerator: 1, denominator: 1 }
    expect(
      codes('sku', { ...cola, units: [{ name: '罐', ...one }], 'barcode:16901234567899': '' }),
    ).toEqual(['units unit-repeated'])
    expect(codes('sku', { ...cola, 'barcode:1': '托' })).toEqual(['barcode:1 unit-unknown'])
    const many = Array.from({ length: 16 }, (_, i) => ({ name: `箱${i}`, ...one }))
    expect(codes('sku', { ...cola, units: [...many, { name: '箱', ...one }] })).toEqual([
      'units too-many-units',
    ])
    for (const bad of [
      { name: '箱', numerator: 0, denominator: 1 },
      { name: '3箱', ...one },
      { name: '', ...one },
      { name: '箱', ...one, x: 1 },
      '箱',
    ]) {
      expect(codes('sku', { ...cola, units: [bad], 'barcode:16901234567899': '' })).toEqual([
        'units list-malformed',
      ])
    }
    expect(codes('sku', { ...cola, baseUnit: '-', 'barcode:6901234567892': '-' })).toContain(
      'baseUnit text-untidy',
    )
  })

  it('[MST6] spans at most three axes', () => {
    const axes = [
      { name: '颜色', values: ['橙色', '绿色'] },
      { name: '尺码', values: ['M', 'L'] },
    ]
    expect(codes('product', { name: 'T恤', optionAxes: axes })).toEqual([])
    expect(optionAxesOf({ optionAxes: axes })).toEqual(axes)
    const repeated = [{ name: '颜色', values: ['橙色', '橙色'] }]
    expect(codes('product', { name: 'T恤', optionAxes: repeated })).toEqual([
      'optionAxes option-repeated',
    ])
    const four = ['a', 'b', 'c', 'd'].map((name) => ({ name, values: ['1'] }))
    expect(codes('product', { name: 'T恤', optionAxes: four })).toEqual([
      'optionAxes too-many-options',
    ])
    const wide = ['a', 'b'].map((name) => ({
      name,
      values: Array.from({ length: 40 }, (_, i) => `${i}`),
    }))
    expect(codes('product', { name: 'T恤', optionAxes: wide })).toEqual([
      'optionAxes too-many-options',
    ])
  })

  it('[MST6] offers only the combinations without a SKU', () => {
    const axes = [
      { name: '颜色', values: ['橙色', '绿色'] },
      { name: '尺码', values: ['M', 'L'] },
    ]
    expect(missingVariants(axes, [['橙色', 'L']])).toEqual([
      ['橙色', 'M'],
      ['绿色', 'M'],
      ['绿色', 'L'],
    ])
    expect(missingVariants([], [])).toEqual([])
    expect(skuName({ name: '速写T恤' }, { options: ['橙色', 'M'] })).toBe('速写T恤 橙色,M')
    expect(skuName({ name: '可乐' }, cola)).toBe('可乐')
  })

  it('[MST2] stocks what is not said to be a service', () => {
    expect([isService({}), isService({ kind: 'stock' }), isService({ kind: 'service' })]).toEqual([
      false,
      false,
      true,
    ])
    expect(zoneOf({})).toEqual({ offsetMinutes: 480, cutOffMinutes: 0 })
    expect(zoneOf({ cutOffMinutes: 240 })).toEqual({ offsetMinutes: 480, cutOffMinutes: 240 })
  })

  it('[MST8] follows categories to the root, a gap or a circle', () => {
    const categories: Record<string, MasterFields> = {
      a: { name: '食品' },
      b: { name: '饮料', parentId: 'a' },
      c: { name: '碳酸', parentId: 'b' },
      x: { name: '甲', parentId: 'y' },
      y: { name: '乙', parentId: 'x' },
      z: { name: '丙', parentId: 'gone' },
    }
    const path = (id: string) => categoryPath(id, (each) => categories[each])
    expect(path('c')).toEqual(['食品', '饮料', '碳酸'])
    expect(path('x')).toEqual(['乙', '甲'])
    expect(path('z')).toEqual(['丙'])
    expect(path('')).toEqual([])
  })
})
