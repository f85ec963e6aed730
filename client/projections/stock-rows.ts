/** Stock by SKU × warehouse, and one SKU's stock in full. */
import { textOf } from '#domain/masters/master-field.ts'
import { skuName } from '#domain/masters/sku.ts'
import { addDays, businessDateOf, startOf } from '#domain/values/business-date.ts'
import type { Page, QueryArgs, StockDetail, StockRow } from '#client/engine/face.ts'
import { foundSkus, productRow, unitRows } from './product-rows.ts'
import { canRead, type Reading, type Warehouse, warehousesOf } from './reading.ts'

/** A SKU in a warehouse that it ever moved in. */
interface Place {
  readonly skuId: string
  readonly warehouseId: string
}

export interface StockAnswers {
  page(args: QueryArgs<'stock'>): Page<StockRow>
}

const limitDays = 90

/** Keeps the order of the list between questions: only its figures change with each post. */
export function makeStockAnswers(reading: Reading): StockAnswers {
  let places: readonly Place[] = []
  let madeOf: { readonly ids: readonly string[]; readonly count: number } | undefined

  function ordered(): readonly Place[] {
    const ids = reading.catalogue.ids()
    const found: Place[] = []
    for (const { sku, warehouse } of reading.fold.stock.balances()) {
      found.push({ skuId: sku, warehouseId: warehouse })
    }
    if (madeOf?.ids === ids && madeOf.count === found.length) return places
    const rank = new Map(ids.map((id, index) => [id, index]))
    const rankOf = ({ skuId }: Place) => rank.get(skuId) ?? ids.length
    places = found.sort(
      (one, other) => rankOf(one) - rankOf(other) || (one.warehouseId < other.warehouseId ? -1 : 1),
    )
    madeOf = { ids, count: found.length }
    return places
  }

  return {
    page(args) {
      const warehouses = new Map(warehousesOf(reading).map((each) => [each.id, each]))
      const isIn = placeFilter(reading, args, warehouses)
      const passed = inOrderOf(reading, args.search, ordered()).filter(isIn)
      const rows = passed
        .slice(args.offset, args.offset + args.limit)
        .flatMap((place) => stockRow(reading, place, warehouses) ?? [])
      return { total: passed.length, offset: args.offset, rows }
    },
  }
}

/** Of a search the best match first. */
function inOrderOf(
  reading: Reading,
  search: string | undefined,
  places: readonly Place[],
): readonly Place[] {
  if ((search?.trim() ?? '') === '') return places
  const rank = new Map(foundSkus(reading, search).map((id, index) => [id, index]))
  const rankOf = ({ skuId }: Place) => rank.get(skuId) ?? 0
  return places
    .filter(({ skuId }) => rank.has(skuId))
    .sort((one, other) => rankOf(one) - rankOf(other))
}

function placeFilter(
  reading: Reading,
  { warehouseId, only }: QueryArgs<'stock'>,
  warehouses: ReadonlyMap<string, Warehouse>,
): (place: Place) => boolean {
  const { stock } = reading.fold
  return (place) => {
    if (warehouseId !== undefined && place.warehouseId !== warehouseId) return false
    if (!warehouses.has(place.warehouseId)) return false
    if (only === undefined) return true
    const quantity = stock.balance(place.skuId, place.warehouseId)
    return only === 'negative' ? quantity < 0 : quantity > 0
  }
}

function stockRow(
  reading: Reading,
  { skuId, warehouseId }: Place,
  warehouses: ReadonlyMap<string, Warehouse>,
): StockRow | undefined {
  const { masters, stock } = reading.fold
  const warehouse = warehouses.get(warehouseId)
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
    warehouseId,
    warehouseName: warehouse.name,
    branchId: warehouse.branchId,
    quantity: stock.balance(skuId, warehouseId),
  }
}

export function stockDetail(reading: Reading, skuId: string): StockDetail | undefined {
  const product = productRow(reading, skuId)
  if (product === undefined) return undefined
  const { stock } = reading.fold
  const { branches } = reading.reader()
  const warehouses = new Map(warehousesOf(reading).map((each) => [each.id, each]))
  const byWarehouse = [...warehouses.keys()].flatMap(
    (warehouseId) => stockRow(reading, { skuId, warehouseId }, warehouses) ?? [],
  )
  const byBranch = branches.flatMap((branchId) => {
    const pool = stock.pool(skuId, branchId)
    return pool === undefined ? [] : [{ branchId, ...pool }]
  })
  return {
    product,
    byWarehouse,
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
