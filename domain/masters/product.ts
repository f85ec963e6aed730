/**
 * 商品 (product): what people call one thing; its SKUs are what is counted, priced and moved. Prices,
 * units and barcodes are the SKU's.
 */

import { addDays, type BusinessDate } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { EntityDefinition, MasterProblem } from './entity.ts'
import {
  choice,
  entryOf,
  flag,
  hasFlag,
  integer,
  integerOf,
  list,
  type MasterFields,
  note,
  reference,
  required,
  text,
  textOf,
} from './master-field.ts'

export const product: EntityDefinition = {
  entity: 'product',
  label: ['商品', 'Product'],
  title: ['code', 'name'],
  fields: {
    code: text(['商品编码', 'Product code']),
    name: required(text(['名称', 'Name'])),
    initials: text(['拼音首字母', 'Pinyin initials']),
    specification: text(['规格型号', 'Specification']),
    brand: text(['品牌', 'Brand']),
    categoryId: reference('category', ['分类', 'Category']),
    kind: choice(['类型', 'Kind'], {
      stock: ['库存商品', 'Stocked'],
      service: ['服务', 'Service'],
      bundle: ['套装', 'Bundle'],
    }),
    optionAxes: list(['规格属性', 'Options'], isAxisList),
    shelfLifeDays: integer(['保质期 (天)', 'Shelf life (days)'], { min: 1, max: 36_500 }),
    nearExpiryDays: integer(['临期天数', 'Near expiry (days)'], { min: 1, max: 3_650 }),
    hasBatches: flag(['批次管理', 'Tracked by batch']),
    namesBatches: flag(['出库须选批号', 'Batch named at issue']),
    hasSerials: flag(['序列号管理', 'Tracked by serial number']),
    valuation: choice(['计价', 'Valuation'], {
      pool: ['随公司计价方法', "By the company's method"],
      batch: ['每批单独计价', 'Each batch by itself'],
    }),
    isInspected: flag(['到货待检', 'Inspected on receipt']),
    manufacturer: text(['制造商', 'Manufacturer']),
    note: note(['备注', 'Note']),
    isDisabled: flag(['停用', 'Disabled']),
  },
  check: checkProduct,
}

/** 规格属性: an axis of variants and its values in the order shown: 颜色 of 橙色, 绿色. */
export interface OptionAxis {
  readonly name: string
  readonly values: readonly string[]
}

/** 规格属性 of one product. */
export const limitAxes = 3
/** SKUs that the axes of one product may span. */
export const limitVariants = 1_000

function isAxisList(value: Json): boolean {
  return Array.isArray(value) && value.every((axis) => axisOf(axis) !== undefined)
}

function axisOf(value: Json): OptionAxis | undefined {
  const { name, values, ...others } = entryOf(value) ?? {}
  if (typeof name !== 'string' || name === '' || Object.keys(others).length > 0) return undefined
  if (!Array.isArray(values) || values.length === 0) return undefined
  return values.every((each) => typeof each === 'string' && each !== '')
    ? { name, values: values as readonly string[] }
    : undefined
}

export function optionAxesOf(fields: MasterFields): readonly OptionAxis[] {
  const axes = fields['optionAxes']
  return Array.isArray(axes) ? axes.flatMap((axis: Json) => axisOf(axis) ?? []) : []
}

/** 服务: sold and bought, but never in stock. Everything else is stocked. */
export function isService(fields: MasterFields): boolean {
  return textOf(fields, 'kind') === 'service'
}

/** 套装: sold as one, stocked as its components (MD-09). */
export function isBundle(fields: MasterFields): boolean {
  return textOf(fields, 'kind') === 'bundle'
}

/** How goods of a product are told apart (MD-14); most are not. */
export interface Tracks {
  readonly batch: boolean
  readonly serial: boolean
}

export function tracksOf(fields: MasterFields): Tracks {
  return { batch: hasFlag(fields, 'hasBatches'), serial: hasFlag(fields, 'hasSerials') }
}

/** 有效期至 from the day of production; undefined where the shelf life is not known [MST9]. */
export function expiryOf(fields: MasterFields, produced: BusinessDate): BusinessDate | undefined {
  const days = integerOf(fields, 'shelfLifeDays')
  return days === undefined ? undefined : addDays(produced, days)
}

/** 临期: so many days before its expiry a batch is near it; a month where nothing is said. */
export function nearExpiryDaysOf(fields: MasterFields): number {
  return integerOf(fields, 'nearExpiryDays') ?? 30
}

/** [MST6] One to three axes without repetition, spanning a bounded number of SKUs. */
function checkProduct(_id: string, fields: MasterFields): readonly MasterProblem[] {
  const axes = optionAxesOf(fields)
  const hasRepetition =
    new Set(axes.map(({ name }) => name)).size < axes.length ||
    axes.some(({ values }) => new Set(values).size < values.length)
  if (hasRepetition) return [{ code: 'option-repeated', field: 'optionAxes' }]
  const variants = axes.reduce((count, { values }) => count * values.length, 1)
  if (axes.length <= limitAxes && variants <= limitVariants) return []
  return [{ code: 'too-many-options', field: 'optionAxes' }]
}

/**
 * The value combinations that have no SKU yet, in the order of the axes: what 新增规格 offers. SKUs
 * that exist are never renumbered, and a person may leave combinations out (MD-02).
 */
export function missingVariants(
  axes: readonly OptionAxis[],
  existing: readonly (readonly string[])[],
): string[][] {
  if (axes.length === 0) return []
  const taken = new Set(existing.map((options) => JSON.stringify(options)))
  const all = axes.reduce<string[][]>(
    (rows, { values }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  )
  return all.filter((options) => !taken.has(JSON.stringify(options)))
}
