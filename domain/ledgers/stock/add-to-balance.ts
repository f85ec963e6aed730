/** Carries the balances along: what a movement adds to its line and, where it has one, its cell [STK1]. */

import { addWrapped } from '#domain/values/wrapped-sum.ts'
import { noCell } from './place.ts'
import { noteCellChange, notePlainChange } from './short-parts.ts'
import type { StockLedger } from './stock-ledger.ts'

export function addToBalance(ledger: StockLedger, movement: number, change: number): void {
  const { line, cell } = ledger.movements.columns
  addToLine(ledger, line[movement] as number, change)
  const at = cell[movement] as number
  if (at === noCell) return notePlainChange(ledger, line[movement] as number)
  noteTagged(ledger, movement)
  const { quantity } = ledger.cellTable.columns
  quantity[at] = addWrapped(quantity[at] as number, change)
  noteCellChange(ledger, at, change)
}

function addToLine(ledger: StockLedger, line: number, change: number): void {
  const { quantity } = ledger.lineTable.columns
  const before = quantity[line] as number
  const after = addWrapped(before, change)
  quantity[line] = after
  if (before < 0 || after < 0) ledger.negativeChanges++
  if (after < 0) ledger.negativeLines.add(line)
  else ledger.negativeLines.delete(line)
}

/** Goods that are told apart have moved, or moved at another place in the order: their tags are judged anew. */
export function noteTagged(ledger: StockLedger, movement: number): void {
  if (ledger.movements.columns.cell[movement] !== noCell) ledger.taggedChanges.push(movement)
}
