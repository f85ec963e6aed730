/**
 * 物料清单 on a SKU: the recipe as its fields keep it, one value per day from which it holds, and read as
 * the exact `Bom` that is reckoned with. `bom` holds from the beginning, `bom:2026-03-01` from that day.
 */

import type { BusinessDate } from '#domain/values/business-date.ts'
import { isBusinessDate } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { isId } from '#domain/values/ids.ts'
import { limitBomRows, limitQuantity } from '#domain/values/limits.ts'
import { quantityDecimals, stepsPerUnit } from '#domain/values/quantity.ts'
import { percentDecimals } from '#domain/values/percent.ts'
import { type Ratio, ratioOfScaled } from '#domain/values/ratio.ts'
import { type Bom, type Boms, findBomCycle } from './bom.ts'
import type { MasterProblem } from './entity.ts'
import { entryOf, familyName, familyOf, hasFlag, type MasterFields } from './master-field.ts'
import { isBundle } from './product.ts'

/** 组件: so many steps of its base unit go into one run. */
export interface ComponentRow {
  readonly skuId: string
  readonly quantity: number
  /** 损耗率, a `Percent`. */
  readonly loss?: number
  /** 替代料, the first choice first. */
  readonly alternatives?: readonly string[]
}

/** 副产品: so many steps come out of one run beside the product, and bear so much of its cost. */
export interface ByproductRow {
  readonly skuId: string
  readonly quantity: number
  /** A `Percent`; 0 is scrap. */
  readonly share: number
}

/** What one run makes, in steps of the product; one base unit where no row says so. */
export interface OutputRow {
  readonly output: number
}

export type BomRow = ComponentRow | ByproductRow | OutputRow

export interface BomVersion {
  /** '' from the beginning. */
  readonly from: BusinessDate | ''
  readonly rows: readonly BomRow[]
}

interface MasterLookup {
  get(entity: 'sku' | 'product', id: string): MasterFields | undefined
}

const wholePercent = 100 * 10 ** percentDecimals

/** [BOM9] Whether `value` is a recipe: components, each once, by-products with at most the whole cost. */
export function isBomRows(value: Json): boolean {
  if (!Array.isArray(value) || value.length > limitBomRows) return false
  const rows = value.map(rowOf)
  if (rows.includes(undefined)) return false
  const known = rows.filter((row) => row !== undefined)
  const named = known.flatMap((row) => ('skuId' in row ? [row.skuId] : []))
  const shares = known.reduce((sum, row) => sum + ('share' in row ? row.share : 0), 0)
  return (
    known.some(isComponent) &&
    known.filter((row) => 'output' in row).length <= 1 &&
    new Set(named).size === named.length &&
    shares <= wholePercent
  )
}

export function isComponent(row: BomRow): row is ComponentRow {
  return 'skuId' in row && !('share' in row)
}

function rowOf(entry: Json): BomRow | undefined {
  const fields = entryOf(entry) ?? {}
  return outputOf(fields) ?? byproductOf(fields) ?? componentOf(fields)
}

function outputOf({ output, ...others }: MasterFields): OutputRow | undefined {
  return isSteps(output) && isEmpty(others) ? { output } : undefined
}

function byproductOf({
  skuId,
  quantity,
  share,
  ...others
}: MasterFields): ByproductRow | undefined {
  const isGood = isSkuId(skuId) && isSteps(quantity) && isPart(share) && isEmpty(others)
  return isGood ? { skuId, quantity, share } : undefined
}

function componentOf({
  skuId,
  quantity,
  loss = 0,
  alternatives = [],
  ...others
}: MasterFields): ComponentRow | undefined {
  if (!isSkuId(skuId) || !isSteps(quantity) || !isEmpty(others)) return undefined
  if (!isPart(loss) || !isIdList(alternatives)) return undefined
  return {
    ...{ skuId, quantity },
    ...(loss !== 0 && { loss }),
    ...(alternatives.length > 0 && { alternatives }),
  }
}

function isEmpty(others: MasterFields): boolean {
  return Object.keys(others).length === 0
}

function isSkuId(value: Json | undefined): value is string {
  return typeof value === 'string' && isId(value)
}

function isSteps(value: Json | undefined): value is number {
  return typeof value === 'number' && value >= 1 && value <= limitQuantity
}

function isPart(value: Json | undefined): value is number {
  return typeof value === 'number' && value >= 0 && value <= wholePercent
}

function isIdList(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.length <= limitBomRows && value.every(isSkuId)
}

/** The field of a version. */
export function bomField(from: BomVersion['from']): string {
  return from === '' ? 'bom' : familyName('bom', from)
}

/** The oldest first; what is malformed is left out, never thrown. */
export function bomVersions(sku: MasterFields): readonly BomVersion[] {
  const first: readonly (readonly [string, Json])[] =
    sku['bom'] === undefined || sku['bom'] === '' ? [] : [['', sku['bom']]]
  return [...first, ...familyOf(sku, 'bom')]
    .flatMap(([from, value]): BomVersion[] => {
      if (!isBomRows(value) || (from !== '' && !isBusinessDate(from))) return []
      const rows = (value as readonly Json[]).flatMap((entry) => rowOf(entry) ?? [])
      return [{ from: from as BomVersion['from'], rows }]
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** [BOM10] The version that holds on a day, the newest where none is said: the latest that began by then. */
export function bomVersionOn(
  sku: MasterFields,
  day: BusinessDate | undefined,
): BomVersion | undefined {
  const begun = bomVersions(sku).filter(
    ({ from }) => from === '' || day === undefined || from <= day,
  )
  return begun.at(-1)
}

/** All recipes as they hold on a day, read as they are asked for. */
export function bomsOn(masters: MasterLookup, day: BusinessDate | undefined): Boms {
  const known = new Map<string, Bom | undefined>()
  return {
    get(skuId: string) {
      if (known.has(skuId)) return known.get(skuId)
      const sku = masters.get('sku', skuId) ?? {}
      const version = bomVersionOn(sku, day)
      const bom = version && bomOf(version.rows, isPassedThrough(masters, sku))
      known.set(skuId, bom)
      return bom
    },
  }
}

/** 虚拟件 and 套装 lie in no warehouse: where they are needed, their components are. */
function isPassedThrough(masters: MasterLookup, sku: MasterFields): boolean {
  const { productId } = sku
  const product = typeof productId === 'string' ? masters.get('product', productId) : undefined
  return hasFlag(sku, 'isPhantom') || isBundle(product ?? {})
}

function bomOf(rows: readonly BomRow[], isPhantom: boolean): Bom {
  const output = rows.find((row) => 'output' in row)
  return {
    output: inUnits(output?.output ?? stepsPerUnit),
    lines: rows.filter(isComponent).map(({ skuId, quantity, loss, alternatives }) => ({
      ...{ component: skuId, quantity: inUnits(quantity) },
      ...(loss !== undefined && { loss: asPart(loss) }),
      ...(alternatives !== undefined && { alternatives }),
    })),
    byproducts: rows.flatMap((row) =>
      'share' in row
        ? [{ product: row.skuId, quantity: inUnits(row.quantity), costShare: asPart(row.share) }]
        : [],
    ),
    isPhantom,
  }
}

function inUnits(steps: number): Ratio {
  return ratioOfScaled(steps, quantityDecimals)
}

function asPart(percent: number): Ratio {
  return ratioOfScaled(percent, percentDecimals + 2)
}

/** [BOM1] The way round by which a SKU's recipes, in whichever versions, lead back to it. */
export function findSkuCircle(
  id: string,
  skuOf: (id: string) => MasterFields | undefined,
): readonly string[] | undefined {
  const everOf = (sku: MasterFields): Bom => {
    const rows = bomVersions(sku).flatMap((version) => version.rows)
    return bomOf([...rows.filter(isComponent)], false)
  }
  const boms = { get: (each: string) => everOf(skuOf(each) ?? {}) }
  return findBomCycle(boms, id, boms.get(id))
}

/** What one SKU can know of its own recipes. */
export function checkBoms(id: string, sku: MasterFields): MasterProblem[] {
  const dates = [...familyOf(sku, 'bom').keys()].filter((from) => !isBusinessDate(from))
  const badDates = dates.map((from) => ({
    ...{ code: 'date-malformed' as const, field: familyName('bom', from) },
  }))
  const own = bomVersions(sku).filter(({ rows }) =>
    rows.some((row) => 'skuId' in row && rowNames(row).includes(id)),
  )
  return [
    ...badDates,
    ...own.map(({ from }) => ({ code: 'bom-circular' as const, field: bomField(from) })),
  ]
}

function rowNames(row: ComponentRow | ByproductRow): readonly string[] {
  return 'alternatives' in row ? [row.skuId, ...(row.alternatives ?? [])] : [row.skuId]
}
