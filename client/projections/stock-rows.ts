/** Stock by SKU × warehouse, and one SKU's stock in full. */
import { textOf } from '#domain/masters/master-field.ts'
import { skuName } from '#domain/masters/sku.ts'
import { addDays, businessDateOf, startOf } from '#domain/values/business-date.ts'
import type { Page, QueryArgs, StockDetail, StockRow } from '#client/engine/face/face.ts'
import { goodsDetail, nearBy } from './goods-rows.ts'
import { foundSkus, productRow, unitRows } from './product-rows.ts'
import { canRead, type Reading, type Warehouse, warehousesOf } from './reading.ts'

const limitDays = 90

export function stockPage(reading: Reading, args: QueryArgs<'stock'>): Page<StockRow> {
  const warehouses = new Map(warehousesOf(reading).map((each) => [each.id, each]))
  const { warehouseId, search, only, offset, limit } = args
  const isSearched = (search?.trim() ?? '') !== ''
  const { total, rows } = reading.fold.stock.list({
    // Of a search the best match first.
    skus: foundSkus(reading, search),
    others: isSearched ? 'never' : 'last',
    warehouses: new Set(
      [...warehouses.keys()].filter((id) => warehouseId === undefined || id === warehouseId),
    ),
    ...(only === undefined ? {} : { only }),
    expiresBy: (skuId) => nearBy(reading, skuId),
    ...{ offset, limit },
  })
  const shown = rows.flatMap(
    ({ sku, warehouse, part }) => stockRow(reading, sku, warehouses.get(warehouse), part) ?? [],
  )
  return { total, offset, rows: shown }
}

function stockRow(
  reading: Reading,
  skuId: string,
  warehouse: Warehouse | undefined,
  part?: number,
): StockRow | undefined {
  const { masters, stock } = reading.fold
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
    quantity: stock.balance(skuId, warehouse.id),
    ...(part === undefined ? {} : { part }),
  }
}

export function stockDetail(reading: Reading, skuId: string): StockDetail | undefined {
  const product = productRow(reading, skuId)
  if (product === undefined) return undefined
  const { stock } = reading.fold
  const { branches } = reading.reader()
  const byWarehouse = warehousesOf(reading).flatMap(
    (warehouse) => stockRow(reading, skuId, warehouse) ?? [],
  )
  const byBranch = branches.flatMap((branchId) => {
    const pool = stock.pool(skuId, branchId)
    return pool === undefined ? [] : [{ branchId, ...pool }]
  })
  return {
    product,
    byWarehouse,
    ...goodsDetail(reading, skuId),
    ...(canRead(reading, 'buying') ? { byBranch } : {}),
    days: closingQuantities(reading, skuId, product.onHand),
  }
}

/** On hand at the close of each day, reckoned backwards from now. */
function closingQuantities(
  reading: Reading,
  skuId: string,
  onHand: number,
): StockDetail['days'][number][] {
  const { branches, zone } = reading.reader()
  const today = businessDateOf(reading.now(), zone)
  const first = startOf(addDays(today, 1 - limitDays), zone)
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
  for (let back = 0; back < limitDays; back++) {
    const date = addDays(today, 0 - back)
    days.unshift({ date, quantity })
    quantity -= movedByDay.get(date) ?? 0
  }
  return days
}
