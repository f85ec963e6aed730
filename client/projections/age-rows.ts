/**
 * 库龄 (ages) of what is in stock, by SKU and warehouse: how much came how long ago, first in, first out. Only the rows of
 * the page that is asked for are worked out.
 */
import type { AgeRow, Page, QueryArgs } from '#client/engine/face/face.ts'
import { businessDateOf, daysBetween } from '#domain/values/business-date.ts'
import { divideRounded } from '#domain/values/rounding.ts'
import { foundSkus } from './product-rows.ts'
import { canRead, type Reading, todayOf, placesOf } from './reading.ts'
import { stockRow } from './stock-rows.ts'

/** The last day of each class but the last one (ST-18). */
const lastDays = [30, 60, 90, 180] as const

export function agePage(reading: Reading, args: QueryArgs<'ages'>): Page<AgeRow> {
  const warehouses = new Map(placesOf(reading).map((each) => [each.id, each]))
  const { warehouseId, search, offset, limit } = args
  const { total, rows } = reading.fold.stock.list({
    ...{ skus: foundSkus(reading, search), only: 'in-stock', today: todayOf(reading) },
    others: (search?.trim() ?? '') === '' ? 'last' : 'never',
    warehouses: new Set(
      [...warehouses.keys()].filter((id) => warehouseId === undefined || id === warehouseId),
    ),
    ...{ offset, limit },
  })
  const shown = rows.flatMap((row) => {
    const stock = stockRow(reading, warehouses.get(row.warehouse), row)
    return stock === undefined ? [] : [{ ...stock, ...agesOf(reading, stock) }]
  })
  return { total, offset, rows: shown }
}

type Place = Pick<AgeRow, 'skuId' | 'warehouseId' | 'branchId'>

function agesOf(
  reading: Reading,
  { skuId, warehouseId, branchId }: Place,
): Pick<AgeRow, 'quantities' | 'values' | 'oldest'> {
  const { zone } = reading.reader()
  const today = todayOf(reading)
  const ages = reading.fold.stock.ages(skuId, { warehouse: warehouseId }, reading.now())
  const quantities = [...lastDays, 0].map(() => 0)
  for (const { since, quantity } of ages) {
    const days = daysBetween(businessDateOf(since, zone), today)
    const found = lastDays.findIndex((last) => days <= last)
    const at = found < 0 ? lastDays.length : found
    quantities[at] = (quantities[at] ?? 0) + quantity
  }
  const oldest = ages[0]?.since
  const values = canRead(reading, 'buying') ? valuesOf(reading, skuId, branchId, quantities) : []
  return {
    quantities,
    ...(values.length > 0 && { values }),
    ...(oldest !== undefined && { oldest }),
  }
}

/** At the average of the branch; what is short or without a price has no value to show. */
function valuesOf(
  { fold }: Reading,
  skuId: string,
  branchId: string,
  quantities: readonly number[],
): readonly number[] {
  const pool = fold.stock.pool(skuId, branchId)
  if (pool === undefined || pool.quantity <= 0) return []
  const [value, whole] = [BigInt(pool.value), BigInt(pool.quantity)]
  return quantities.map((quantity) => Number(divideRounded(value * BigInt(quantity), whole)))
}
