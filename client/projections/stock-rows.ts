/** Stock by SKU × warehouse, and one SKU's stock in full. */
import type { SkuId } from '#domain/values/ids.ts'
import { isTransit } from '#domain/masters/transit.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { skuName } from '#domain/masters/sku.ts'
import type { StockListRow } from '#domain/fold/stock-list.ts'
import {
  addDays,
  businessDate,
  businessDateOf,
  daysBetween,
  startOf,
} from '#domain/values/business-date.ts'
import type {
  ClaimedRow,
  Page,
  QueryArgs,
  StockDetail,
  StockRow,
} from '#client/engine/face/face.ts'
import { goodsDetail, nearBy } from './goods-rows.ts'
import { foundSkus, productRow, unitRows } from './product-rows.ts'
import {
  canRead,
  nameOf,
  type Reading,
  todayOf,
  placesOf,
  type Warehouse,
  warehousesOf,
} from './reading.ts'

const limitDays = 90

export function stockPage(reading: Reading, args: QueryArgs<'stock'>): Page<StockRow> {
  const warehouses = new Map(placesOf(reading).map((each) => [each.id, each]))
  const { warehouseId, search, only, sort, offset, limit } = args
  const isSearched = (search?.trim() ?? '') !== ''
  const { total, rows } = reading.fold.stock.list({
    // Of a search the best match first.
    skus: foundSkus(reading, search),
    others: isSearched ? 'never' : 'last',
    warehouses: new Set(
      [...warehouses.keys()].filter((id) => warehouseId === undefined || id === warehouseId),
    ),
    ...(only === undefined ? {} : { only }),
    ...(sort === undefined ? {} : { sort }),
    today: todayOf(reading),
    expiresBy: (skuId) => nearBy(reading, skuId),
    ...{ offset, limit },
  })
  const shown = rows.flatMap((row) => stockRow(reading, warehouses.get(row.warehouse), row) ?? [])
  return { total, offset, rows: shown }
}

/** What a list says of a SKU in a warehouse. */
export function stockRow(
  reading: Reading,
  warehouse: Warehouse | undefined,
  { sku: skuId, part, ...figures }: Omit<StockListRow, 'warehouse'>,
): StockRow | undefined {
  const { masters } = reading.fold
  const sku = masters.get('sku', skuId)
  if (warehouse === undefined || sku === undefined) return undefined
  const product = masters.get('product', textOf(sku, 'productId')) ?? {}
  return {
    skuId,
    code: textOf(sku, 'code'),
    name: skuName(product, sku),
    specification: textOf(product, 'specification'),
    baseUnit: textOf(sku, 'baseUnit'),
    units: unitRows(reading, sku),
    warehouseId: warehouse.id,
    warehouseName: warehouse.name,
    branchId: warehouse.branchId,
    ...{ quantity: figures.quantity, reserved: figures.reserved },
    ...{ available: figures.available, onOrder: figures.onOrder },
    inTransit: figures.inTransit,
    ...(part === undefined ? {} : { part }),
  }
}

export function stockDetail(reading: Reading, skuId: string): StockDetail | undefined {
  const product = productRow(reading, skuId)
  if (product === undefined) return undefined
  const { stock } = reading.fold
  const { branches } = reading.reader()
  const byWarehouse = placesOf(reading).flatMap((warehouse) => {
    const { reserved, available, onOrder, inTransit } = reading.fold.claims.figures(
      ...([skuId, warehouse.id, todayOf(reading)] as const),
    )
    const onHand = stock.balance(skuId, warehouse.id)
    if (isTransit(warehouse.id) && onHand === 0) return []
    const figures = { quantity: onHand, reserved, available, onOrder, inTransit }
    return stockRow(reading, warehouse, { sku: product.skuId as SkuId, ...figures }) ?? []
  })
  const byBranch = branches.flatMap((branchId) => {
    const pool = stock.pool(skuId, branchId)
    return pool === undefined ? [] : [{ branchId, ...pool }]
  })
  return {
    product,
    byWarehouse,
    ...goodsDetail(reading, skuId),
    claims: claimedRows(reading, skuId),
    ...(canRead(reading, 'buying') ? { byBranch } : {}),
    days: closingQuantities(reading, skuId, product.onHand),
  }
}

/** More open lines than one looks through are left to the lists of orders. */
const limitClaims = 100

function claimedRows(reading: Reading, skuId: string): readonly ClaimedRow[] {
  const followed = new Set(warehousesOf(reading).map(({ id }) => id))
  const open = reading.fold.claims
    .ofSku(skuId)
    .filter((claim) => claim.open > 0 && followed.has(claim.warehouse))
  const rows = open.map(({ docId, kind, warehouse, until, open: left, kept }) => {
    const entry = reading.fold.documents.get(docId)
    return {
      ...{ docId, kind, kept, open: left, type: entry?.type ?? '', number: entry?.number ?? '' },
      ...{ at: entry?.at ?? 0, warehouseName: nameOf(reading, 'warehouse', warehouse) },
      ...(until !== undefined && { until }),
    }
  })
  return rows.sort((one, other) => one.at - other.at).slice(0, limitClaims)
}

/** Of every zone: what a clock set back to 1970 says is no later. */
const firstDay = businessDate('1970-01-02')

/** On hand at the close of each day, reckoned backwards from now. */
function closingQuantities(
  reading: Reading,
  skuId: string,
  onHand: number,
): StockDetail['days'][number][] {
  const { branches, zone } = reading.reader()
  const today = todayOf(reading)
  const shown = Math.min(limitDays, daysBetween(firstDay, today) + 1)
  if (shown <= 0) return [{ date: today, quantity: onHand }]
  const first = startOf(addDays(today, 1 - shown), zone)
  const movedByDay = new Map<string, number>()
  for (const branch of branches) {
    for (const { at, quantity } of reading.fold.stock.card(skuId, { branch })) {
      if (at < first) continue
      const date = businessDateOf(at, zone)
      movedByDay.set(date, (movedByDay.get(date) ?? 0) + quantity)
    }
  }
  const days: { date: string; quantity: number }[] = []
  let quantity = onHand
  for (let back = 0; back < shown; back++) {
    const date = addDays(today, 0 - back)
    days.unshift({ date, quantity })
    quantity -= movedByDay.get(date) ?? 0
  }
  return days
}
