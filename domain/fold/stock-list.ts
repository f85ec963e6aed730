/**
 * Stock by SKU and warehouse in the order of a list: counted in numbers, and only the page that is asked
 * for is put into words. Knows no masters; which SKUs come first is for who asks.
 */

import { datesOfBatch } from '#domain/ledgers/stock/batch-dates.ts'
import { cellsOfLine, detailOfCell } from '#domain/ledgers/stock/place.ts'
import { type StockStatus, stockStatuses } from '#domain/records/posted-body.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { FoldState } from './fold-state.ts'
import { type StockColumns, stockColumns, type StockFigureName } from './stock-columns.ts'

/** What a list is narrowed to by a figure of its rows; `short`: more is promised than is there. */
export type StockFigureFilter =
  | 'negative'
  | 'in-stock'
  | 'reserved'
  | 'on-order'
  | 'in-transit'
  | 'short'

export interface StockListed {
  /** In the order of the list. */
  readonly skus: readonly string[]
  /** Whether SKUs that are not among `skus` come after them, or not at all. */
  readonly others: 'last' | 'never'
  readonly warehouses: ReadonlySet<string>
  readonly only?: StockFigureFilter | 'near-expiry' | StockStatus
  /** Instead of the order of `skus`; what is alike stays in that order. */
  readonly sort?: { readonly by: StockFigureName; readonly direction: 'up' | 'down' }
  /** On which expired goods and lapsed reservations are left out of what is available. */
  readonly today?: BusinessDate
  /** 临期: the last day of what is near its expiry, by SKU; asked with `only`. */
  expiresBy?(sku: string): BusinessDate
  readonly offset: number
  readonly limit: number
}

export interface StockListRow {
  readonly sku: SkuId
  readonly warehouse: WarehouseId
  readonly quantity: Quantity
  readonly reserved: Quantity
  readonly available: Quantity
  readonly onOrder: Quantity
  readonly inTransit: Quantity
  /** Of the quantity, what `only` asks for, where that is a part. */
  readonly part?: Quantity
}

export interface StockListPage {
  /** Rows that pass, on all pages. */
  readonly total: number
  /** By SKU, then warehouse, unless sorted. */
  readonly rows: readonly StockListRow[]
}

/** Everything that finding the rows of one list takes. */
interface Listing {
  readonly state: FoldState
  readonly asked: StockListed
  readonly columns: StockColumns
  readonly rankBySku: Int32Array
  /** By number of a warehouse, whether it is asked for. */
  readonly isAsked: Uint8Array
}

export function stockList(state: FoldState, asked: StockListed): StockListPage {
  const columns = stockColumns(state, asked.today)
  const isAsked = new Uint8Array(state.names.warehouses.size)
  for (const warehouse of asked.warehouses) {
    const number = state.names.warehouses.find(warehouse)
    if (number >= 0) isAsked[number] = 1
  }
  const listing = { state, asked, columns, isAsked, rankBySku: ranksOf(state, asked) }
  return asked.sort === undefined ? byRank(listing) : byFigure(listing, asked.sort)
}

/** Which figures are anything but nothing somewhere: filters that find something. */
export function figuresInUse(
  state: FoldState,
  today: BusinessDate | undefined,
): readonly Exclude<StockFigureFilter, 'negative' | 'in-stock'>[] {
  const columns = stockColumns(state, today)
  return (['reserved', 'on-order', 'in-transit', 'short'] as const).filter((name) => {
    for (let row = 0; row < columns.rows; row++) if (hasFigure(columns, row, name)) return true
    return false
  })
}

/** In the order of `skus`: counted by rank first, so that only the rows of the page are sorted. */
function byRank(listing: Listing): StockListPage {
  const { asked, columns, rankBySku } = listing
  const countByRank = new Int32Array(asked.skus.length + 1)
  let total = 0
  for (let row = 0; row < columns.rows; row++) {
    if (!isListed(listing, row)) continue
    const rank = rankBySku[columns.sku[row] as number] as number
    countByRank[rank] = (countByRank[rank] as number) + 1
    total += 1
  }
  const window = windowOf(countByRank, asked)
  const found: number[] = []
  for (let row = 0; row < columns.rows; row++) {
    const rank = rankBySku[columns.sku[row] as number] as number
    if (rank < window.first || rank > window.last) continue
    if (isListed(listing, row)) found.push(row)
  }
  const start = asked.offset - window.before
  const rankOf = (row: number) => rankBySku[columns.sku[row] as number] as number
  const rows = found
    .map((row) => ({ rank: rankOf(row), said: rowOf(listing, row) }))
    .sort((one, other) => one.rank - other.rank || compareRows(one.said, other.said))
    .slice(start, start + asked.limit)
    .map(({ said }) => said)
  return { total, rows }
}

/** [DCV10] By a figure; what is alike in the order of `skus`. */
function byFigure(listing: Listing, { by, direction }: NonNullable<StockListed['sort']>) {
  const { asked, columns, rankBySku } = listing
  const found = new Uint32Array(columns.rows)
  let total = 0
  for (let row = 0; row < columns.rows; row++) if (isListed(listing, row)) found[total++] = row
  const [figure, sign] = [columns[by], direction === 'up' ? 1 : -1]
  const { sku, warehouse } = columns
  const sorted = found.subarray(0, total).sort((one, other) => {
    const difference = (figure[one] as number) - (figure[other] as number)
    if (difference !== 0) return sign * difference
    const [a, b] = [sku[one] as number, sku[other] as number]
    const rank = (rankBySku[a] as number) - (rankBySku[b] as number)
    return rank || a - b || (warehouse[one] as number) - (warehouse[other] as number)
  })
  const page = [...sorted.subarray(asked.offset, asked.offset + asked.limit)]
  return { total, rows: page.map((row) => rowOf(listing, row)) }
}

function isListed(listing: Listing, row: number): boolean {
  const { asked, columns, rankBySku, isAsked } = listing
  if (isAsked[columns.warehouse[row] as number] !== 1) return false
  if ((rankBySku[columns.sku[row] as number] as number) < 0) return false
  const { only } = asked
  if (only === undefined) return true
  return isFigure(only) ? hasFigure(columns, row, only) : partOf(listing, row) > 0
}

function isFigure(only: NonNullable<StockListed['only']>): only is StockFigureFilter {
  return only in figureFilters
}

const figureFilters: Record<StockFigureFilter, (columns: StockColumns, row: number) => boolean> = {
  negative: ({ onHand }, row) => (onHand[row] as number) < 0,
  'in-stock': ({ onHand }, row) => (onHand[row] as number) > 0,
  reserved: ({ reserved }, row) => (reserved[row] as number) > 0,
  'on-order': ({ onOrder }, row) => (onOrder[row] as number) > 0,
  'in-transit': ({ inTransit }, row) => inTransit[row] !== 0,
  short: ({ available, reserved }, row) =>
    (reserved[row] as number) > 0 && (available[row] as number) < 0,
}

function hasFigure(columns: StockColumns, row: number, name: StockFigureFilter): boolean {
  return figureFilters[name](columns, row)
}

/** What a row holds in a status, or near its expiry. */
function partOf({ state, asked, columns }: Listing, row: number): Quantity {
  const { names, ledger } = state
  const sku = columns.sku[row] as number
  const wanted = stockStatuses.findIndex((status) => status === asked.only) + 1
  const by = wanted > 0 ? undefined : asked.expiresBy?.(names.skus.text(sku))
  const isMeant = (cell: number) => {
    const { batch, status } = detailOfCell(ledger, cell)
    if (wanted > 0) return status === wanted
    const { expires } = batch === 0 ? {} : datesOfBatch(ledger, sku, batch)
    return by !== undefined && expires !== undefined && expires <= by
  }
  const { quantity } = ledger.cellTable.columns
  return cellsOfRow(state, sku, columns.warehouse[row] as number)
    .filter((cell) => (quantity[cell] as number) > 0 && isMeant(cell))
    .reduce((sum, cell) => sum + (quantity[cell] as number), 0) as Quantity
}

function cellsOfRow({ ledger }: FoldState, sku: number, warehouse: number): readonly number[] {
  const cells: number[] = []
  for (let place = 0; place < ledger.places.size; place++) {
    const line = ledger.places.first(place) === warehouse ? ledger.lines.find(sku, place) : -1
    if (line >= 0) cells.push(...cellsOfLine(ledger, line))
  }
  return cells
}

/** By number of a SKU its place in the list, −1 for those that are left out. */
function ranksOf({ names }: FoldState, { skus, others }: StockListed): Int32Array {
  const ranks = new Int32Array(names.skus.size).fill(others === 'last' ? skus.length : -1)
  for (const [rank, sku] of skus.entries()) {
    const number = names.skus.find(sku)
    if (number >= 0) ranks[number] = rank
  }
  return ranks
}

/** The ranks in which the page begins and ends, and how many rows stand before the first of them. */
function windowOf(
  countByRank: Int32Array,
  { offset, limit }: StockListed,
): { readonly first: number; readonly last: number; readonly before: number } {
  let first = 0
  let before = 0
  while (first < countByRank.length && before + (countByRank[first] as number) <= offset) {
    before += countByRank[first++] as number
  }
  let last = first
  let covered = before
  while (last < countByRank.length && covered < offset + limit) {
    covered += countByRank[last++] as number
  }
  return { first, last: last - 1, before }
}

function rowOf(listing: Listing, row: number): StockListRow {
  const { state, asked, columns } = listing
  const figure = (column: Float64Array) => column[row] as Quantity
  const isAboutPart = asked.only !== undefined && !isFigure(asked.only)
  return {
    sku: state.names.skus.text(columns.sku[row] as number) as SkuId,
    warehouse: state.names.warehouses.text(columns.warehouse[row] as number) as WarehouseId,
    ...{ quantity: figure(columns.onHand), reserved: figure(columns.reserved) },
    ...{ available: figure(columns.available), onOrder: figure(columns.onOrder) },
    inTransit: figure(columns.inTransit),
    ...(isAboutPart && { part: partOf(listing, row) }),
  }
}

function compareRows(one: StockListRow, other: StockListRow): number {
  if (one.sku !== other.sku) return one.sku < other.sku ? -1 : 1
  return one.warehouse < other.warehouse ? -1 : 1
}
