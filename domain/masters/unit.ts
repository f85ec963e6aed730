/**
 * 多单位 (units of a SKU): the base unit, the greater or smaller ones with their exact factors, and
 * what hangs on each: barcodes and prices. Read from the fields of a SKU; the arithmetic is in values.
 */

import type { Json } from '#domain/values/canonical-text.ts'
import { limitUnits } from '#domain/values/limits.ts'
import { baseFactor, isUnitFactor, type NamedUnit } from '#domain/values/unit.ts'
import type { MasterProblem } from './entity.ts'
import {
  entryOf,
  familyName,
  familyOf,
  integerOf,
  type MasterFields,
  textOf,
} from './master-field.ts'

/** A unit that a SKU is traded in; the first of a SKU's units is its base unit. */
export interface SkuUnit extends NamedUnit {
  /** Barcodes printed on this unit, in order of their text. */
  readonly barcodes: readonly string[]
}

/** How the `units` field of a SKU writes a unit beside the base unit. */
export interface UnitEntry {
  readonly name: string
  readonly numerator: number
  readonly denominator: number
}

const limitUnitName = 20

/** Letters that cannot be taken for part of a quantity in '3箱4瓶'. */
export function isUnitName(name: string): boolean {
  return (
    name.length <= limitUnitName && /^[^\s\d.+\-*×:\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u.test(name)
  )
}

/** Whether `value` is an array of `UnitEntry` with names and factors in range. */
export function isUnitList(value: Json): boolean {
  return Array.isArray(value) && value.every((entry) => unitOf(entry) !== undefined)
}

function unitOf(entry: Json): NamedUnit | undefined {
  const { name, numerator, denominator, ...others } = entryOf(entry) ?? {}
  if (typeof name !== 'string' || !isUnitName(name) || Object.keys(others).length > 0)
    return undefined
  if (typeof numerator !== 'number' || typeof denominator !== 'number') return undefined
  const factor = { numerator, denominator }
  return isUnitFactor(factor) ? { name, factor } : undefined
}

/** The base unit first, then the others as entered. A malformed entry is left out, never thrown. */
export function unitsOf(sku: MasterFields): SkuUnit[] {
  const entries = sku['units']
  const others = Array.isArray(entries) ? entries.flatMap((entry: Json) => unitOf(entry) ?? []) : []
  const barcodes = [...familyOf(sku, 'barcode')].sort(([a], [b]) => (a < b ? -1 : 1))
  return [{ name: textOf(sku, 'baseUnit'), factor: baseFactor }, ...others].map((unit) => ({
    ...unit,
    barcodes: barcodes.flatMap(([barcode, name]) => (name === unit.name ? [barcode] : [])),
  }))
}

/** A price of a SKU per `unit`: its own, or none; the base unit's stands under the bare name. */
export function unitPriceOf(
  sku: MasterFields,
  priceName: 'retailPrice' | 'wholesalePrice' | 'minimumPrice' | 'referencePurchasePrice',
  unit: string,
): number | undefined {
  const isBase = unit === textOf(sku, 'baseUnit')
  return integerOf(sku, isBase ? priceName : familyName(priceName, unit))
}

/** [MST4] Units have one name each, and barcodes and prices hang on units that exist. */
export function checkUnits(sku: MasterFields): MasterProblem[] {
  const names = unitsOf(sku).map(({ name }) => name)
  const problems: MasterProblem[] = []
  if (textOf(sku, 'baseUnit') !== '' && !isUnitName(textOf(sku, 'baseUnit'))) {
    problems.push({ code: 'text-untidy', field: 'baseUnit' })
  }
  if (new Set(names).size < names.length) problems.push({ code: 'unit-repeated', field: 'units' })
  if (names.length > limitUnits) problems.push({ code: 'too-many-units', field: 'units' })
  for (const [barcode, unit] of familyOf(sku, 'barcode')) {
    if (typeof unit === 'string' && names.includes(unit)) continue
    problems.push({ code: 'unit-unknown', field: familyName('barcode', barcode) })
  }
  return problems
}
