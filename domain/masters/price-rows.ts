/**
 * 阶梯价 (price rows): what one unit of a SKU costs on a list or for a customer, by quantity and by day. One field
 * holds the rows of one unit, so that two people who price different units both stand.
 */

import { type BusinessDate, isBusinessDate } from '#domain/values/business-date.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { limitPriceRows, limitQuantity, limitUnitPrice } from '#domain/values/limits.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { type UnitPrice, unitPrice } from '#domain/values/unit-price.ts'
import { entryOf, familyName, type MasterFields } from './master-field.ts'

export interface PriceRow {
  readonly price: UnitPrice
  /** 起订量: from so many steps of the base unit on; from the first where left out. */
  readonly least?: number
  /** First and last day on which it holds. */
  readonly since?: BusinessDate
  readonly until?: BusinessDate
}

/** [PLS1] Whether `value` is a list of rows, in the order in which people wrote them. */
export function isPriceRows(value: Json): boolean {
  return (
    Array.isArray(value) &&
    value.length <= limitPriceRows &&
    value.every((row) => rowOf(row) !== undefined)
  )
}

function rowOf(entry: Json): PriceRow | undefined {
  const { price, least, since, until, ...others } = entryOf(entry) ?? {}
  const isGood =
    isInteger(price, 0, limitUnitPrice) &&
    (least === undefined || isInteger(least, 1, limitQuantity)) &&
    Object.keys(others).length === 0
  if (!isGood || !isDay(since) || !isDay(until)) return undefined
  if (since !== undefined && until !== undefined && until < since) return undefined
  return {
    price: unitPrice(price),
    ...(least === undefined ? {} : { least }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}

function isInteger(value: Json | undefined, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
}

function isDay(value: Json | undefined): value is BusinessDate | undefined {
  return value === undefined || (typeof value === 'string' && isBusinessDate(value))
}

/** The field of `family` that holds the rows of `id` (a list, a SKU) in one unit. */
export function priceRowsField(family: string, id: string, unit: string): string {
  return familyName(family, `${id}/${unit}`)
}

/** The rows of a field; malformed ones are left out, never thrown. */
export function priceRowsOf(fields: MasterFields, name: string): readonly PriceRow[] {
  const value = fields[name]
  return Array.isArray(value) ? value.flatMap((row: Json) => rowOf(row) ?? []) : []
}

/**
 * [PLS2] The row for so many base units on a day: of those that hold, the one for the greatest quantity; among these the
 * one that began last, among these the first.
 */
export function priceRowFor(
  rows: readonly PriceRow[],
  quantity: Quantity,
  day: BusinessDate,
): PriceRow | undefined {
  const holds = rows.filter(
    ({ least = 0, since = day, until = day }) => least <= quantity && since <= day && until >= day,
  )
  return holds.reduce<PriceRow | undefined>(
    (best, row) => (best === undefined || isNearer(row, best) ? row : best),
    undefined,
  )
}

function isNearer(row: PriceRow, best: PriceRow): boolean {
  const [least, leastOfBest] = [row.least ?? 0, best.least ?? 0]
  return least === leastOfBest ? (row.since ?? '') > (best.since ?? '') : least > leastOfBest
}
