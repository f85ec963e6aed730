import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asId, type ProductId, type SkuId } from '#domain/values/ids.ts'
import {
  checkChange,
  checkMaster,
  entities,
  fieldOf,
  isEntityName,
  splitByAudience,
  titleOf,
} from './entities.ts'
import type { EntityName } from './entity.ts'
import type { MasterFields } from './master-field.ts'
import { oneSkuChanges, oneSkuValues } from './product-form.ts'

function problemsOf(entity: EntityName, fields: MasterFields): Record<string, string> {
  const problems = checkChange({ entity, id: 'x', fields })
  return Object.fromEntries(problems.map(({ field, code }) => [field, code]))
}

describe('entities', () => {
  it('[MST1] knows its entities and fields, and no inherited names', () => {
    expect([isEntityName('sku'), isEntityName('toString'), isEntityName('batch')]).toEqual([
      true,
      false,
      false,
    ])
    for (const name of [
      'toString',
      'constructor',
      'constructor:x',
      'name:x',
      ':x',
      'barcode:',
      'x:y',
    ]) {
      expect([name, fieldOf('sku', name)]).toEqual([name, undefined])
    }
    expect(fieldOf('sku', `barcode:${'9'.repeat(300)}`)).toBeUndefined()
    expect(fieldOf('sku', 'retailPrice:箱')?.audience).toBe('sales')
    expect(problemsOf('sku', { colour: 'red' })).toEqual({ colour: 'field-unknown' })
  })

  it('[MST1] checks each value by its kind', () => {
    expect(
      problemsOf('product', {
        name: ' 可乐',
        code: 7,
        brand: 'x'.repeat(201),
        specification: '330\nml',
        categoryId: 'a/b',
        kind: 'toString',
        shelfLifeDays: 0,
        isDisabled: 2,
        note: 'a\u0007',
        optionAxes: 'red',
        initials: '\ud800',
      }),
    ).toEqual({
      name: 'text-untidy',
      code: 'must-be-text',
      brand: 'text-too-long',
      specification: 'text-untidy',
      categoryId: 'reference-malformed',
      kind: 'choice-unknown',
      shelfLifeDays: 'number-out-of-range',
      isDisabled: 'number-out-of-range',
      note: 'text-untidy',
      optionAxes: 'list-malformed',
      initials: 'text-untidy',
    })
    expect(problemsOf('sku', { retailPrice: -1, minimumPrice: '5', wholesalePrice: 0.5 })).toEqual({
      retailPrice: 'number-out-of-range',
      minimumPrice: 'must-be-integer',
      wholesalePrice: 'must-be-integer',
    })
    expect(problemsOf('customer', { taxRate: 1_300, note: 'a\n\tb', isDisabled: 1 })).toEqual({})
  })

  it('[MST1] lets an empty text clear every field', () => {
    for (const { entity, fields } of Object.values(entities)) {
      const cleared = Object.fromEntries(Object.keys(fields).map((name) => [name, '']))
      expect(problemsOf(entity, cleared)).toEqual({})
    }
  })

  it('[MST1] never throws on any value', () => {
    const anything = fc.dictionary(
      fc.constantFrom('units', 'options', 'barcode:1', 'code', 'retailPrice', 'x'),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(anything, (fields) => {
        checkMaster('sku', 'x', fields as MasterFields)
        checkMaster('product', 'x', { optionAxes: (fields['units'] ?? '') as never })
      }),
    )
  })

  it('[MST2] names what is missing', () => {
    expect(checkMaster('warehouse', 'w', { name: '' })).toEqual([
      { code: 'required', field: 'name' },
      { code: 'required', field: 'branchId' },
    ])
    expect(checkMaster('category', 'c', { name: '饮料', parentId: 'c' })).toEqual([
      { code: 'parent-is-itself', field: 'parentId' },
    ])
  })

  it('[MST3] keeps prices from who may not read them', () => {
    const parts = splitByAudience({
      entity: 'sku',
      id: 's',
      fields: {
        code: 'A1',
        'barcode:6901': '瓶',
        retailPrice: 3_000_000,
        'retailPrice:箱': 36_000_000,
        referencePurchasePrice: 1_700_000,
      },
    })
    expect([...parts].map(([audience, { fields }]) => [audience, Object.keys(fields)])).toEqual([
      ['goods', ['code', 'barcode:6901']],
      ['sales', ['retailPrice', 'retailPrice:箱']],
      ['buying', ['referencePurchasePrice']],
    ])
    const supplier = { entity: 'supplier', id: 'p', fields: { name: '甲' } } as const
    const customer = { entity: 'customer', id: 'p', fields: { name: '乙' } } as const
    expect([...splitByAudience(supplier).keys()]).toEqual(['buying'])
    expect([...splitByAudience(customer).keys()]).toEqual(['sales'])
    expect(() => splitByAudience({ entity: 'sku', id: 's', fields: { x: 1 } })).toThrow('sku.x')
  })

  it('[MST5] numbers branches by three digits', () => {
    expect(checkMaster('branch', 'b', { code: '002', name: '总店' })).toEqual([])
    expect(checkMaster('branch', 'b', { code: '2', name: '总店' })).toEqual([
      { code: 'branch-code-malformed', field: 'code' },
    ])
    expect(titleOf('branch', { code: '002', name: '总店' })).toBe('002 总店')
  })

  it('[MST7] splits one form into product and SKU, and joins it again', () => {
    const ids = { productId: asId<ProductId>('p'), skuId: asId<SkuId>('s') }
    const values = {
      code: 'A1',
      name: '可乐',
      baseUnit: '罐',
      retailPrice: 3_000_000,
      isDisabled: 1,
    }
    const [product, sku] = oneSkuChanges(ids, values)
    expect(product?.fields).toEqual({ code: 'A1', name: '可乐', isDisabled: 1 })
    expect(sku?.fields).toEqual({
      productId: 'p',
      code: 'A1',
      baseUnit: '罐',
      retailPrice: 3_000_000,
      isDisabled: 1,
    })
    expect(oneSkuValues(product?.fields ?? {}, sku?.fields ?? {})).toEqual(values)
    expect(() => oneSkuChanges(ids, { colour: 'red' })).toThrow('colour')
  })
})
