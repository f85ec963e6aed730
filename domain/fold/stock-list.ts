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

export interface StockListed {
  /** In the order of the list. */
  readonly skus: readonly string[]
  /** Whether SKUs that are not among `skus` come after them, or not at all. */
  readonly others: 'last' | 'never'
  readonly warehouses: ReadonlySet<string>
  readonly only?: 'negative' | 'in-stock' | 'near-expiry' | StockStatus
  /** 临期: the last day of what is near its expiry, by SKU; asked with `only`. */
  expiresBy?(sku: string): BusinessDate
  readonly offset: number
  readonly limit: number
}

export interface StockListPage {
  /** Rows that pass, on all pages. */
  readonly total: number
  /** By SKU, then warehouse. */
  readonly rows: readonly {
    readonly sku: SkuId
    readonly warehouse: WarehouseId
    readonly quantity: Quantity
    /** Of it, what `only` asks for, where that is a part. */
    readonly part?: Quantity
  }[]
}

export function stockList(state: FoldState, asked: StockListed): StockListPage {
  const rankBySku = ranksOf(state, asked)
  const twinsByPlace = twinsOf(state, asked.warehouses)
  const isShown = (quantity: number | undefined): boolean => {
    if (quantity === undefined) return false
    if (asked.only === undefined || isAboutPart(asked)) return true
    return asked.only === 'negative' ? quantity < 0 : quantity > 0
  }
  const countByRank = new Int32Array(asked.skus.length + 1)
  let total = 0
  eachLine((line, rank) => {
    if (!isShown(quantityOf(state, line, twinsByPlace)) || !hasPart(line)) return
    countByRank[rank] = (countByRank[rank] as number) + 1
    total += 1
  })
  const window = windowOf(countByRank, asked)
  const found: { readonly line: number; readonly rank: number }[] = []
  eachLine((line, rank) => {
    if (rank < window.first || rank > window.last) return
    if (isShown(quantityOf(state, line, twinsByPlace)) && hasPart(line)) found.push({ line, rank })
  })
  const start = asked.offset - window.before
  const rows = found
    .map(({ line, rank }) => ({ rank, ...rowOf(state, line, twinsByPlace), ...partOf(line) }))
    .sort((one, other) => one.rank - other.rank || compareRows(one, other))
    .slice(start, start + asked.limit)
    .map(({ rank: _rank, ...row }) => row)
  return { total, rows }

  function hasPart(line: number): boolean {
    return !isAboutPart(asked) || partOfLine(state, line, asked, twinsByPlace) > 0
  }

  function partOf(line: number): { readonly part?: Quantity } {
    return isAboutPart(asked) ? { part: partOfLine(state, line, asked, twinsByPlace) } : {}
  }

  function eachLine(visit: (line: number, rank: number) => void): void {
    const { lines } = state.ledger
    for (let line = 0; line < lines.size; line++) {
      const rank = rankBySku[lines.first(line)] as number
      if (rank >= 0 && twinsByPlace[lines.second(line)] !== undefined) visit(line, rank)
    }
  }
}

/** Whether goods of a line are asked for, and not lines. */
function isAboutPart({ only }: StockListed): boolean {
  return only !== undefined && only !== 'negative' && only !== 'in-stock'
}

/** What a line and its twins hold in a status, or near its expiry. */
function partOfLine(
  state: FoldState,
  line: number,
  asked: StockListed,
  twinsByPlace: readonly (readonly number[] | undefined)[],
): Quantity {
  const { ledger } = state
  const sku = ledger.lines.first(line)
  const wanted = stockStatuses.findIndex((status) => status === asked.only) + 1
  const by = wanted > 0 ? undefined : asked.expiresBy?.(state.names.skus.text(sku))
  const isMeant = (cell: number) => {
    const { batch, status } = detailOfCell(ledger, cell)
    if (wanted > 0) return status === wanted
    const { expires } = batch === 0 ? {} : datesOfBatch(ledger, sku, batch)
    return by !== undefined && expires !== undefined && expires <= by
  }
  let sum = 0
  for (const place of twinsByPlace[ledger.lines.second(line)] ?? []) {
    const other = ledger.lines.find(sku, place)
    for (const cell of other < 0 ? [] : cellsOfLine(ledger, other)) {
      const held = ledger.cellTable.columns.quantity[cell] as number
      if (held > 0 && isMeant(cell)) sum += held
    }
  }
  return sum as Quantity
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

/** By place all places of its warehouse, one unless its master was moved; undefined where not asked for. */
function twinsOf(
  { names, ledger }: FoldState,
  warehouses: ReadonlySet<string>,
): readonly (readonly number[] | undefined)[] {
  const placesByWarehouse = new Map<number, number[]>()
  const twins: (readonly number[] | undefined)[] = []
  for (let place = 0; place < ledger.places.size; place++) {
    const warehouse = ledger.places.first(place)
    const known = placesByWarehouse.get(warehouse) ?? []
    placesByWarehouse.set(warehouse, known)
    known.push(place)
    twins.push(warehouses.has(names.warehouses.text(warehouse)) ? known : undefined)
  }
  return twins
}

/** On hand in the warehouse; undefined where another line of the same warehouse stands for it. */
function quantityOf(
  { ledger }: FoldState,
  line: number,
  twinsByPlace: readonly (readonly number[] | undefined)[],
): number | undefined {
  const { quantity } = ledger.lineTable.columns
  const own = ledger.lines.second(line)
  const twins = twinsByPlace[own] ?? []
  if (twins.length === 1) return quantity[line] as number
  let sum = 0
  for (const place of twins) {
    const other = ledger.lines.find(ledger.lines.first(line), place)
    if (other >= 0 && place < own) return undefined
    if (other >= 0) sum += quantity[other] as number
  }
  return sum
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

function rowOf(
  state: FoldState,
  line: number,
  twinsByPlace: readonly (readonly number[] | undefined)[],
): StockListPage['rows'][number] {
  const { names, ledger } = state
  return {
    sku: names.skus.text(ledger.lines.first(line)) as SkuId,
    warehouse: names.warehouses.text(ledger.places.first(ledger.lines.second(line))) as WarehouseId,
    quantity: (quantityOf(state, line, twinsByPlace) ?? 0) as Quantity,
  }
}

function compareRows(
  one: StockListPage['rows'][number],
  other: StockListPage['rows'][number],
): number {
  if (one.sku !== other.sku) return one.sku < other.sku ? -1 : 1
  return one.warehouse < other.warehouse ? -1 : 1
}
