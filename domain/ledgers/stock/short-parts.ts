/**
 * Parts of a line below zero, carried along with the balances: goods of one batch, bin, serial number or status, and
 * those that nothing tells apart, while the line as a whole may have enough.
 */

import { addWrapped } from '#domain/values/wrapped-sum.ts'
import type { Table } from '../columns/table.ts'
import type { PairIndex } from '../columns/pair-index.ts'
import type { cellSchema, lineSchema, StockLedger } from './stock-ledger.ts'

export interface ShortParts {
  readonly cells: Set<number>
  /** Lines whose plain goods are below zero; of lines that have cells alone. */
  readonly plains: Set<number>
  /** Σ of the cells of a line, steps; of lines that have cells. */
  readonly heldApart: Map<number, number>
}

export function openShortParts(tables: {
  readonly cells: PairIndex
  readonly cellTable: Table<typeof cellSchema>
  readonly lineTable: Table<typeof lineSchema>
}): ShortParts {
  const parts: ShortParts = { cells: new Set(), plains: new Set(), heldApart: new Map() }
  const held = tables.cellTable.columns.quantity
  for (let cell = 0; cell < tables.cells.size; cell++) {
    const line = tables.cells.first(cell)
    const quantity = held[cell] as number
    parts.heldApart.set(line, addWrapped(parts.heldApart.get(line) ?? 0, quantity))
    if (quantity < 0) parts.cells.add(cell)
  }
  for (const [line, apart] of parts.heldApart) {
    if ((tables.lineTable.columns.quantity[line] as number) < apart) parts.plains.add(line)
  }
  return parts
}

/** The cell and its line have just changed by so many steps. */
export function noteCellChange(ledger: StockLedger, cell: number, change: number): void {
  const { cells, heldApart } = ledger.shortParts
  const line = ledger.cells.first(cell)
  heldApart.set(line, addWrapped(heldApart.get(line) ?? 0, change))
  noteShort(ledger, cells, cell, (ledger.cellTable.columns.quantity[cell] as number) < 0)
  notePlainChange(ledger, line)
}

/** The balance of a line has changed. */
export function notePlainChange(ledger: StockLedger, line: number): void {
  const apart = ledger.shortParts.heldApart.get(line)
  if (apart === undefined) return
  const onHand = ledger.lineTable.columns.quantity[line] as number
  noteShort(ledger, ledger.shortParts.plains, line, onHand < apart)
}

function noteShort(ledger: StockLedger, short: Set<number>, part: number, isShort: boolean): void {
  if (!isShort && !short.has(part)) return
  ledger.negativeChanges++
  if (isShort) short.add(part)
  else short.delete(part)
}
