import { describe, expect, it } from 'vitest'
import { businessDate } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { ratio } from '#domain/values/ratio.ts'
import { explodeAllLevels, explodeOneLevel, type Needs } from './bom.ts'
import { checkMaster } from './entities.ts'
import type { MasterFields } from './master-field.ts'
import { bomField, bomsOn, bomVersionOn, findSkuCircle, isBomRows } from './sku-bom.ts'

const unit = 10_000
const day = businessDate('2026-06-15')
const sku = (more: MasterFields): MasterFields => ({
  ...{ productId: 'p', code: 'c', baseUnit: '件' },
  ...more,
})
const codesOf = (id: string, fields: MasterFields) =>
  checkMaster('sku', id, fields).map(({ code, field }) => `${code} ${field}`)
const mastersOf = (skus: Readonly<Record<string, MasterFields>>, bundle?: string) => ({
  get: (entity: 'sku' | 'product', id: string) =>
    entity === 'sku' ? skus[id] : { kind: id === bundle ? 'bundle' : 'stock' },
})
const plain = (needs: Needs) =>
  Object.fromEntries([...needs].map(([id, n]) => [id, `${n.numerator}/${n.denominator}`]))

describe('recipes on SKUs 物料清单', () => {
  it('[BOM9] takes components once each, one output and by-products of at most the whole cost', () => {
    const wood = { skuId: 'wood', quantity: 4 * unit }
    const good: Json[] = [
      [wood],
      [{ output: 24 * unit }, { ...wood, loss: 500, alternatives: ['steel'] }],
      [wood, { skuId: 'dust', quantity: unit, share: 0 }, { skuId: 'chip', quantity: 1, share: 9 }],
    ]
    const bad: Json[] = [
      ...[[], 'wood', [wood, wood], [{ ...wood, quantity: 0 }], [{ ...wood, colour: 'red' }]],
      [{ output: unit }, { output: unit }, wood],
      [{ output: unit, skuId: 'x' }, wood],
      [{ skuId: 'dust', quantity: unit, share: 1 }],
      [wood, { skuId: 'dust', quantity: unit, share: 10_001 }],
      [{ ...wood, alternatives: 'steel' }],
    ]
    expect(good.map(isBomRows)).toEqual(good.map(() => true))
    expect(bad.map(isBomRows)).toEqual(bad.map(() => false))
    expect(codesOf('table', sku({ bom: [wood] }))).toEqual([])
    expect(codesOf('wood', sku({ bom: [wood] }))).toEqual(['bom-circular bom'])
    expect(codesOf('table', sku({ 'bom:soon': [wood] }))).toEqual(['date-malformed bom:soon'])
  })

  it('[BOM10] holds from its day on, until a later one does', () => {
    const rows = (quantity: number) => [{ skuId: 'wood', quantity }]
    const fields = sku({ bom: rows(1), 'bom:2026-06-15': rows(2), 'bom:2026-07-01': rows(3) })
    const on = (text: string) => bomVersionOn(fields, businessDate(text))?.rows
    expect(['2026-06-14', '2026-06-15', '2026-06-30', '2026-07-01'].map(on)).toEqual(
      [1, 2, 2, 3].map(rows),
    )
    expect(bomVersionOn(sku({ 'bom:2026-07-01': rows(3) }), day)).toBeUndefined()
    expect(bomVersionOn(sku({ bom: '' }), day)).toBeUndefined()
    expect([bomField(''), bomField(day)]).toEqual(['bom', 'bom:2026-06-15'])
  })

  it('[BOM2] reads losses and outputs exactly; phantoms and bundles give way to their components', () => {
    const skus = {
      gift: sku({ bom: [{ skuId: 'set', quantity: unit }] }),
      set: sku({ productId: 'pack', bom: [{ skuId: 'inner', quantity: 2 * unit }] }),
      inner: sku({ isPhantom: 1, bom: [{ skuId: 'tea', quantity: 3 * unit, loss: 500 }] }),
      tea: sku({ bom: [{ output: 24 * unit }, { skuId: 'leaf', quantity: unit }] }),
    }
    const boms = bomsOn(mastersOf(skus, 'pack'), day)
    expect(plain(explodeOneLevel(boms, 'gift', ratio(2n)))).toEqual({ tea: '63/5' })
    expect(plain(explodeAllLevels(boms, 'gift', ratio(2n)))).toEqual({ leaf: '21/40' })
  })

  it('[BOM1] finds the way round through any versions of several SKUs', () => {
    const of = (field: string, skuId: string) => sku({ [field]: [{ skuId, quantity: unit }] })
    const skus: Readonly<Record<string, MasterFields>> = {
      ...{ a: of('bom', 'b'), b: of('bom:2026-01-01', 'c'), c: of('bom:2027-01-01', 'a') },
      d: of('bom', 'a'),
    }
    const { c: _, ...open } = skus
    expect(findSkuCircle('a', (id) => skus[id])).toEqual(['a', 'b', 'c', 'a'])
    expect(findSkuCircle('d', (id) => skus[id])).toBeUndefined()
    expect(findSkuCircle('a', (id) => open[id])).toBeUndefined()
  })

  it('[BOM8] ends where recipes that were set apart close a circle', () => {
    const of = (skuId: string) => sku({ isPhantom: 1, bom: [{ skuId, quantity: 2 * unit }] })
    const boms = bomsOn(mastersOf({ a: of('b'), b: of('c'), c: of('a') }), day)
    expect(plain(explodeAllLevels(boms, 'a', ratio(1n)))).toEqual({ a: '8/1' })
    const levels = Array.from({ length: 60 }, (_, i) => {
      const twice = [`l${i + 1}`, `r${i + 1}`].map((skuId) => ({ skuId, quantity: unit }))
      const fields = sku({ isPhantom: 1, bom: twice })
      return { [`l${i}`]: fields, [`r${i}`]: fields }
    })
    const wide = bomsOn(mastersOf(Object.assign({}, ...levels)), day)
    expect(explodeAllLevels(wide, 'l0', ratio(1n)).size).toBeLessThan(200)
  })
})
