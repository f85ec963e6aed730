/**
 * 现存, 占用, 可用 and 在订 of all goods as typed columns, one row per SKU and warehouse: what long lists are counted,
 * filtered and sorted from without an object per row. Derived, and kept until the next record comes.
 */

import { datesOfBatch } from '#domain/ledgers/stock/batch-dates.ts'
import { isAway, isTransit } from '#domain/masters/transit.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import { claimsOfSku } from './claims.ts'
import type { FoldState } from './fold-state.ts'

/** What a list can be sorted by. */
export type StockFigureName = 'onHand' | 'reserved' | 'available' | 'onOrder'

/** The first `rows` entries count; figures in steps. A warehouse has one row per SKU, whatever branches it was of. */
export interface StockColumns {
  readonly rows: number
  /** Numbers of names. */
  readonly sku: Int32Array
  readonly warehouse: Int32Array
  readonly onHand: Float64Array
  /** 占用: open reservations that have not lapsed. */
  readonly reserved: Float64Array
  /** 可用: good goods that have not expired, less what is reserved. */
  readonly available: Float64Array
  /** 在订. */
  readonly onOrder: Float64Array
  /** 在途: all that is on hand in a branch's transit. */
  readonly inTransit: Float64Array
}

interface Kept {
  readonly version: number
  readonly today: string
  readonly columns: StockColumns
}

const keptByState = new WeakMap<FoldState, Kept>()

/** [DCV9] As of `today`, on which expired goods and lapsed reservations are left out. */
export function stockColumns(state: FoldState, today: BusinessDate | undefined): StockColumns {
  const known = keptByState.get(state)
  if (known?.version === state.version && known.today === (today ?? '')) return known.columns
  const columns = makeColumns(state, today)
  keptByState.set(state, { version: state.version, today: today ?? '', columns })
  return columns
}

interface Making extends StockColumns {
  rows: number
  readonly rowOfLine: Int32Array
  /** Rows that more than one place may stand for, or none: by SKU and warehouse. */
  readonly rareRows: Map<number, number>
}

function makeColumns(state: FoldState, today: BusinessDate | undefined): StockColumns {
  const { ledger, claims } = state
  const limit = ledger.lines.size + claims.table.rows
  const making: Making = {
    ...{ rows: 0, rowOfLine: new Int32Array(ledger.lines.size), rareRows: new Map() },
    ...{ sku: new Int32Array(limit), warehouse: new Int32Array(limit) },
    ...{ onHand: new Float64Array(limit), reserved: new Float64Array(limit) },
    ...{ available: new Float64Array(limit), onOrder: new Float64Array(limit) },
    inTransit: new Float64Array(limit),
  }
  addLines(state, making)
  leaveOutUnusable(state, making, today)
  for (const sku of claims.bySku.keys()) addClaims(state, making, sku, today)
  return making
}

function addLines({ names, ledger }: FoldState, making: Making): void {
  const { lines, places } = ledger
  const { quantity } = ledger.lineTable.columns
  const placesOf = new Int32Array(names.warehouses.size)
  for (let place = 0; place < places.size; place++) {
    const warehouse = places.first(place)
    placesOf[warehouse] = (placesOf[warehouse] as number) + 1
  }
  const isTransitWarehouse = Uint8Array.from(placesOf, (_, warehouse) =>
    Number(isTransit(names.warehouses.text(warehouse))),
  )
  const isAwayWarehouse = Uint8Array.from(placesOf, (_, warehouse) =>
    Number(isAway(names.warehouses.text(warehouse))),
  )
  for (let line = 0; line < lines.size; line++) {
    const sku = lines.first(line)
    const warehouse = places.first(lines.second(line))
    const isUnderWay = isTransitWarehouse[warehouse] === 1
    const held = quantity[line] as number
    making.rowOfLine[line] = -1
    if (isAwayWarehouse[warehouse] === 1) continue
    // What has arrived leaves no row behind.
    if (isUnderWay && held === 0) continue
    const isAlone = placesOf[warehouse] === 1
    const row = isAlone ? newRow(making, sku, warehouse) : rareRow(names, making, sku, warehouse)
    making.rowOfLine[line] = row
    making.onHand[row] = (making.onHand[row] as number) + held
    if (!isUnderWay) making.available[row] = (making.available[row] as number) + held
    else making.inTransit[row] = (making.inTransit[row] as number) + held
  }
}

function newRow(making: Making, sku: number, warehouse: number): number {
  const row = making.rows++
  making.sku[row] = sku
  making.warehouse[row] = warehouse
  return row
}

function rareRow(
  { warehouses }: FoldState['names'],
  making: Making,
  sku: number,
  warehouse: number,
): number {
  const key = sku * warehouses.size + warehouse
  const known = making.rareRows.get(key)
  if (known !== undefined) return known
  const row = newRow(making, sku, warehouse)
  making.rareRows.set(key, row)
  return row
}

/** Goods that are not 合格品, or past their printed day (policies 16). */
function leaveOutUnusable(
  { names, ledger }: FoldState,
  { rowOfLine, available, warehouse }: Making,
  today: BusinessDate | undefined,
): void {
  const { quantity } = ledger.cellTable.columns
  for (let cell = 0; cell < ledger.cells.size; cell++) {
    const held = quantity[cell] as number
    if (held === 0) continue
    const detail = ledger.cells.second(cell)
    const line = ledger.cells.first(cell)
    const isGood = ledger.slots.second(ledger.details.second(detail)) === 0
    if (isGood && !hasExpired(ledger, line, ledger.details.first(detail), today)) continue
    const row = rowOfLine[line] as number
    if (row < 0 || isTransit(names.warehouses.text(warehouse[row] as number))) continue
    available[row] = (available[row] as number) - held
  }
}

function hasExpired(
  ledger: FoldState['ledger'],
  line: number,
  tag: number,
  today: BusinessDate | undefined,
): boolean {
  const batch = ledger.tags.first(tag)
  if (today === undefined || batch === 0 || ledger.batchDates.rows === 0) return false
  return (datesOfBatch(ledger, ledger.lines.first(line), batch).expires ?? today) < today
}

function addClaims(
  state: FoldState,
  making: Making,
  sku: number,
  today: BusinessDate | undefined,
): void {
  const { names, ledger, claims } = state
  const { place: placeOf, until } = claims.table.columns
  for (const { row: claim, open, kind } of claimsOfSku(state, sku)) {
    const last = names.texts.read(until[claim] as number)
    const hasLapsed = last !== '' && today !== undefined && last < today
    if (open === 0 || hasLapsed || (kind !== 'reserve' && kind !== 'order')) continue
    const place = placeOf[claim] as number
    const line = ledger.lines.find(sku, place)
    const row =
      line >= 0
        ? (making.rowOfLine[line] as number)
        : rareRow(names, making, sku, ledger.places.first(place))
    const column = kind === 'order' ? making.onOrder : making.reserved
    column[row] = (column[row] as number) + open
    if (kind === 'reserve') making.available[row] = (making.available[row] as number) - open
  }
}
