/** Stock by SKU × warehouse, one SKU's stock in full, and its movement card. */
import type { Accessor } from 'solid-js'
import type { QueryArgs, StockAtRow } from '#client/engine/face/face.ts'
import { createQuery } from './create-query.ts'
import { createRows } from './create-rows.ts'
import { engine } from './engine.ts'

type StockFilter = Omit<QueryArgs<'stock'>, 'offset' | 'limit'>

export function createStockRows(filter: Accessor<StockFilter>) {
  return createRows('stock', filter, () => ['stock', 'masters:sku', 'masters:warehouse'])
}

export function createAgeRows(filter: Accessor<Omit<QueryArgs<'ages'>, 'offset' | 'limit'>>) {
  return createRows('ages', filter, () => ['stock', 'masters:sku', 'masters:warehouse'])
}

/** What was sent and has not arrived. */
export function createUnderWayRows() {
  return createRows(
    'underWay',
    () => ({}),
    () => ['documents', 'stock', 'masters:warehouse'],
  )
}

type StockAtFilter = Omit<QueryArgs<'stockAt'>, 'offset' | 'limit'>

export function createStockAtRows(filter: Accessor<StockAtFilter>) {
  return createRows('stockAt', filter, () => ['stock', 'masters:sku'])
}

/** What all of its rows come to. */
export function createStockAtTotals(filter: Accessor<StockAtFilter>) {
  return createQuery(
    'stockAt',
    () => ({ ...filter(), offset: 0, limit: 0 }),
    () => ['stock', 'masters:sku'],
  )
}

/** All of them at once, for a file. */
export async function readStockAt(filter: StockAtFilter): Promise<readonly StockAtRow[]> {
  const page = await engine().read('stockAt', { ...filter, offset: 0, limit: limitFile })
  return page.rows
}

/** Rows of a spreadsheet. */
const limitFile = 1_000_000

/** Stock at the end of a day (ms), both ways; nothing while no day is chosen. */
export function createStockThen(skuId: Accessor<string>, at: Accessor<number | undefined>) {
  return createQuery(
    'stockThen',
    () => {
      const moment = at()
      return moment === undefined ? undefined : { skuId: skuId(), at: moment }
    },
    () => [`stock:${skuId()}`],
  )
}

export function createStockOf(skuId: Accessor<string | undefined>) {
  return createQuery(
    'stockOf',
    () => argsOf(skuId()),
    () => [`stock:${skuId() ?? ''}`, 'masters:sku'],
  )
}

export function createTrace(traced: Accessor<QueryArgs<'trace'> | undefined>) {
  return createQuery('trace', traced, () => [`stock:${traced()?.skuId ?? ''}`])
}

export function createStockFilters() {
  return createQuery(
    'stockFilters',
    () => ({}),
    () => ['stock'],
  )
}

export function createCard(
  skuId: Accessor<string | undefined>,
  warehouseId: Accessor<string | undefined>,
) {
  return createQuery(
    'card',
    () => {
      const sku = argsOf(skuId())
      const warehouse = warehouseId()
      return sku === undefined || warehouse === undefined ? sku : { ...sku, warehouseId: warehouse }
    },
    () => [`stock:${skuId() ?? ''}`],
  )
}

function argsOf(skuId: string | undefined) {
  return skuId === undefined ? undefined : { skuId }
}
