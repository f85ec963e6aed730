/**
 * 示例门店: the few masters that the examples of all document types refer to, so that tests, gallery
 * and training show the same shop. Invented, and complete enough to post every example.
 */

import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import {
  asId,
  type CustomerId,
  type ReasonId,
  type SkuId,
  type SupplierId,
  type WarehouseId,
} from '#domain/values/ids.ts'
import type { MasterReader } from './readers.ts'

const branchId = '00000000-0000-4000-8000-000000000001'

const masters: Readonly<Partial<Record<EntityName, Readonly<Record<string, MasterFields>>>>> = {
  company: {
    'example-company': { name: '示例商贸有限公司', taxpayer: 'general', purchaseCharges: 'stock' },
  },
  branch: { [branchId]: { name: '总店', code: '001' } },
  warehouse: {
    'main-warehouse': { name: '门店仓', branchId },
    'back-warehouse': { name: '后仓', branchId },
  },
  product: {
    cola: { name: '可乐', specification: '330ml' },
    apple: { name: '苹果', specification: '散称' },
    shirt: { name: '速写T恤', optionAxes: [{ name: '颜色', values: ['橙色', '绿色'] }] },
    delivery: { name: '送货上门', kind: 'service' },
  },
  sku: {
    'sku-cola': {
      ...{ productId: 'cola', code: '100109', baseUnit: '罐', weight: 350, volume: 400 },
      units: [{ name: '箱', numerator: 24, denominator: 1 }],
    },
    'sku-apple': {
      ...{ productId: 'apple', code: '100170', baseUnit: '公斤', weight: 1_000, volume: 2_000 },
    },
    'sku-shirt': { productId: 'shirt', code: '200001-1', baseUnit: '件', options: ['橙色'] },
    'sku-delivery': { productId: 'delivery', code: '900001', baseUnit: '次' },
  },
  supplier: { 'drinks-supplier': { name: '华东饮品商贸有限公司', code: 'G01' } },
  reason: { tasting: { name: '到店试吃' } },
  customer: { 'tea-house': { name: '老街茶馆', code: 'K06' } },
}

const reader: MasterReader = {
  get: (entity, id) => masters[entity]?.[id],
  list: (entity) => Object.entries(masters[entity] ?? {}).map(([id, fields]) => ({ id, fields })),
}

export const exampleShop = {
  branchId,
  mainWarehouse: asId<WarehouseId>('main-warehouse'),
  backWarehouse: asId<WarehouseId>('back-warehouse'),
  /** 罐, 1箱 = 24罐. */
  cola: asId<SkuId>('sku-cola'),
  /** Sold by weight in 公斤. */
  apple: asId<SkuId>('sku-apple'),
  shirt: asId<SkuId>('sku-shirt'),
  /** A service: sold, never in stock. */
  delivery: asId<SkuId>('sku-delivery'),
  supplier: asId<SupplierId>('drinks-supplier'),
  customer: asId<CustomerId>('tea-house'),
  reason: asId<ReasonId>('tasting'),
  masters: reader,
} as const
