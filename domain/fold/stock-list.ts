/**
 * Stock by SKU and warehouse in the order of a list: counted in numbers, and only the page that is asked
 * for is put into words. Knows no masters; which SKUs come first is for who asks.
 */

import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { FoldState } from './fold-state.ts'

export interface StockListed {
  /** In the order of the list. */
  readonly skus: readonly string[]
  /** Whether SKUs that are not among `skus` come after them, or not at all. */
  readonly others: 'last' | 'never'
  readonly warehouses: ReadonlySet<string>
  readonly only?: 'negative' | 'in-stock'
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
  }[]
}

export function stockList(state: FoldState, asked: StockListed): StockListPage {
  const rankBySku = ranksOf(state, asked)
  const twinsByPlace = twinsOf(state, asked.warehouses)
  const isShown = (quantity: number | undefined): boolean => {
    if (quantity === undefined) return false
    if (asked.only === undefined) return true
    return asked.only === 'negative' ? quantity < 0 : quantity > 0
  }
  const countByRank = new Int32Array(asked.skus.length + 1)
  let total = 0
  eachLine((line, rank) => {
    if (!isShown(quantityOf(state, line, twinsByPlace))) return
    countByRank[rank] = (countByRank[rank] as number) + 1
    total += 1
  })
  const window = windowOf(countByRank, asked)
  const found: { readonly line: number; readonly rank: number }[] = []
  eachLine((line, rank) => {
    if (rank < window.first || rank > window.last) return
    if (isShown(quantityOf(state, line, twinsByPlace))) found.push({ line, rank })
  })
  const start = asked.offset - window.before
  const rows = found
    .map(({ line, rank }) => ({ rank, ...rowOf(state, line, twinsByPlace) }))
    .sort((one, other) => one.rank - other.rank || compareRows(one, other))
    .slice(start, start + asked.limit)
    .map(({ sku, warehouse, quantity }) => ({ sku, warehouse, quantity }))
  return { total, rows }

  function eachLine(visit: (line: number, rank: number) => void): void {
    const { lines } = state.ledger
    for (let line = 0; line < lines.size; line++) {
      const rank = rankBySku[lines.first(line)] as number
      if (rank >= 0 && twinsByPlace[lines.second(line)] !== undefined) visit(line, rank)
    }
  }
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
