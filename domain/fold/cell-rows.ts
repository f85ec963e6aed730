/** 库存明细: the goods of a SKU by warehouse, bin, batch, serial number and status, as people name them. */

import { datesOfBatch } from '#domain/ledgers/stock/batch-dates.ts'
import { cellsOfLine, detailOfCell } from '#domain/ledgers/stock/place.ts'
import { type StockStatus, stockStatuses } from '#domain/records/posted-body.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { FoldState } from './fold-state.ts'
import { isAwayPlace } from './halves.ts'

export interface CellRow {
  readonly sku: SkuId
  readonly warehouse: WarehouseId
  readonly branch: string
  /** Of the goods that nothing tells apart all four are left out. */
  readonly bin?: string
  readonly batch?: string
  readonly serial?: string
  readonly status?: StockStatus
  readonly produced?: BusinessDate
  readonly expires?: BusinessDate
  readonly quantity: Quantity
}

/** Those that hold something, more or less than nothing; by expiry, batch, serial number, bin and status. */
export function cellRows(state: FoldState, sku: string, warehouse?: string): readonly CellRow[] {
  return linesOf(state, sku, warehouse)
    .flatMap((line) => rowsOfLine(state, line))
    .sort(compareRows)
}

/** Of what lies there, what is good. */
export function goodOf(state: FoldState, sku: string, warehouse: string): Quantity {
  const { ledger } = state
  const { quantity } = ledger.cellTable.columns
  let sum = 0
  for (const line of linesOf(state, sku, warehouse)) {
    sum += ledger.lineTable.columns.quantity[line] as number
    for (const cell of cellsOfLine(ledger, line)) {
      if (detailOfCell(ledger, cell).status !== 0) sum -= quantity[cell] as number
    }
  }
  return sum as Quantity
}

/** Statuses that any goods are in now, and whether any batch expires. */
export function toldApart({ ledger }: FoldState): {
  readonly statuses: readonly StockStatus[]
  readonly hasExpiries: boolean
} {
  const { quantity } = ledger.cellTable.columns
  const held = new Set<number>()
  // Few bins and statuses: which slots hold anything is asked of the cells once.
  for (let cell = 0; cell < ledger.cells.size; cell++) {
    if (quantity[cell] !== 0) held.add(detailOfCell(ledger, cell).status)
  }
  return {
    statuses: stockStatuses.filter((_, i) => held.has(i + 1)),
    hasExpiries: ledger.batchDates.rows > 0,
  }
}

/** Numbers of the lines of a SKU in a warehouse, or in all of them. */
export function linesOf(
  { names, ledger }: FoldState,
  sku: string,
  warehouse?: string,
): readonly number[] {
  const [skuNumber, wanted] = [names.skus.find(sku), names.warehouses.find(warehouse ?? '')]
  const found: number[] = []
  for (let place = 0; place < ledger.places.size; place++) {
    if (warehouse !== undefined && ledger.places.first(place) !== wanted) continue
    if (isAwayPlace({ names, ledger }, place)) continue
    const line = ledger.lines.find(skuNumber, place)
    if (line >= 0) found.push(line)
  }
  return found
}

function rowsOfLine(state: FoldState, line: number): CellRow[] {
  const { names, ledger } = state
  const { quantity } = ledger.cellTable.columns
  const place = ledger.lines.second(line)
  const sku = ledger.lines.first(line)
  const about = {
    sku: names.skus.text(sku) as SkuId,
    warehouse: names.warehouses.text(ledger.places.first(place)) as WarehouseId,
    branch: names.branches.text(ledger.places.second(place)),
  }
  let plain = ledger.lineTable.columns.quantity[line] as number
  const rows: CellRow[] = []
  for (const cell of cellsOfLine(ledger, line)) {
    const held = quantity[cell] as number
    plain -= held
    if (held === 0) continue
    const { batch, serial, bin, status } = detailOfCell(ledger, cell)
    const statusName = stockStatuses[status - 1]
    rows.push({
      ...about,
      ...(bin !== 0 && { bin: names.bins.text(bin) }),
      ...(batch !== 0 && { batch: names.batches.text(batch), ...datesOfBatch(ledger, sku, batch) }),
      ...(serial !== 0 && { serial: names.serials.text(serial) }),
      ...(statusName !== undefined && { status: statusName }),
      quantity: held as Quantity,
    })
  }
  return plain === 0 ? rows : [...rows, { ...about, quantity: plain as Quantity }]
}

/** What expires first comes first; goods that nothing tells apart last. */
function compareRows(one: CellRow, other: CellRow): number {
  return compareKeys(keyOf(one), keyOf(other))
}

function keyOf({ expires, batch, serial, bin, status, warehouse }: CellRow): readonly string[] {
  return [expires ?? '~', batch ?? '~', serial ?? '~', warehouse, bin ?? '', status ?? '']
}

function compareKeys(one: readonly string[], other: readonly string[]): number {
  for (const [i, text] of one.entries()) {
    const against = other[i] ?? ''
    if (text !== against) return text < against ? -1 : 1
  }
  return 0
}
