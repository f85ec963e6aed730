/**
 * What counts moved (盘盈, 盘亏), from all that stands before them in the one order: so a sale that arrives
 * late changes the difference of the count after it, and no stock [F5].
 */

import { noteQuestions } from './count-questions.ts'
import { countOf, isCounted, isRestating, putHeld } from './counts.ts'
import { type InTime, openInTime, type Replayed, replayInTime } from './in-time.ts'
import { isCorrection, isLateMovement } from './late-movements.ts'
import { isReversalBit, rankMask, rankOf } from './movement.ts'
import { cellsOfLine, noCell } from './place.ts'
import { putDerived } from './put-derived.ts'
import { shiftCounts } from './shift-counts.ts'
import type { StockLedger } from './stock-ledger.ts'

/**
 * The goods that counts speak of, a slot each: a cell, or what of a line nothing tells apart [CNT2]. Kept
 * between two pools, because a document counts a thousand of them; slot 0 is none.
 */
export interface CountSlots {
  byLine: Int32Array
  byCell: Int32Array
  /** By slot: a movement of it, and its balance. */
  readonly movements: number[]
  readonly balances: number[]
}

export function openCountSlots(): CountSlots {
  return { byLine: new Int32Array(0), byCell: new Int32Array(0), movements: [], balances: [] }
}

/**
 * [CNT1] Derives what the counts of `pool` moved, from the first position that has changed; its chain
 * is in order. Costs follow in `costPool`.
 */
export function deriveCounts(ledger: StockLedger, pool: number): void {
  const work = ledger.countWork.get(pool)
  ledger.countWork.delete(pool)
  if (work === undefined) return
  if (work !== 'all' && shiftCounts(ledger, pool, work)) return
  ledger.countsByPool.delete(pool)
  const from = ledger.poolTable.columns.costed[pool] as number
  const slots = ledger.countSlots
  if (!findCounted(ledger, pool, from, slots)) return
  // Before the first movement there was nothing of anything.
  if (from > 0) takeBalancesBefore(ledger, pool, from, slots)
  derive(ledger, pool, from, slots)
  clearSlots(ledger, slots)
}

/** Gives a slot to what is counted at `from` or later; whether anything is. */
function findCounted(ledger: StockLedger, pool: number, from: number, slots: CountSlots): boolean {
  const { kind } = ledger.movements.columns
  const chain = ledger.chains.view(pool)
  for (let position = from; position < chain.length; position++) {
    const movement = chain[position] as number
    if (((kind[movement] as number) & rankMask) !== rankOf.count) continue
    if (isDerived(ledger, movement)) giveSlot(ledger, movement, slots)
  }
  return slots.movements.length > 0
}

function isDerived(ledger: StockLedger, movement: number): boolean {
  return (
    isCounted(ledger, movement) || isRestating(ledger, movement) || isCorrection(ledger, movement)
  )
}

function giveSlot(ledger: StockLedger, movement: number, slots: CountSlots): void {
  const { line, cell } = ledger.movements.columns
  if (slots.byLine.length < ledger.lines.size) slots.byLine = new Int32Array(ledger.lines.size * 2)
  if (slots.byCell.length < ledger.cells.size) slots.byCell = new Int32Array(ledger.cells.size * 2)
  const at = cell[movement] as number
  const table = at === noCell ? slots.byLine : slots.byCell
  const key = at === noCell ? (line[movement] as number) : at
  if (table[key] !== 0) return
  slots.balances.push(0)
  table[key] = slots.movements.push(movement)
}

/** Balances before `from`: as they are now, less what stands there and later. */
function takeBalancesBefore(
  ledger: StockLedger,
  pool: number,
  from: number,
  { byLine, byCell, movements, balances }: CountSlots,
): void {
  const { line, cell, quantity } = ledger.movements.columns
  const chain = ledger.chains.view(pool)
  for (const [index, movement] of movements.entries())
    balances[index] = balanceNow(ledger, movement)
  for (let position = from; position < chain.length; position++) {
    const movement = chain[position] as number
    const at = cell[movement] as number
    const slot = at < 0 ? (byLine[line[movement] as number] as number) : (byCell[at] as number)
    if (slot === 0) continue
    balances[slot - 1] = (balances[slot - 1] as number) - (quantity[movement] as number)
  }
}

function derive(
  ledger: StockLedger,
  pool: number,
  from: number,
  { byLine, byCell, balances }: CountSlots,
): void {
  const { line, cell, kind, quantity } = ledger.movements.columns
  const chain = ledger.chains.view(pool)
  const inTimeBySlot = new Map<number, InTime>()
  for (let position = from; position < chain.length; position++) {
    const movement = chain[position] as number
    const at = cell[movement] as number
    const slot = at < 0 ? (byLine[line[movement] as number] as number) : (byCell[at] as number)
    if (slot === 0) continue
    const before = balances[slot - 1] as number
    if (((kind[movement] as number) & rankMask) === rankOf.count) {
      const replayed = () => {
        const known = inTimeBySlot.get(slot) ?? openInTime()
        inTimeBySlot.set(slot, known)
        return replayInTime(ledger, known, { pool, position, like: movement })
      }
      noteHeld(ledger, movement, before)
      putDerived(ledger, movement, derivedQuantity(ledger, movement, before, replayed))
      noteQuestions(ledger, pool, position)
    }
    balances[slot - 1] = before + (quantity[movement] as number)
  }
}

function noteHeld(ledger: StockLedger, movement: number, before: number): void {
  const isMirror = ((ledger.movements.columns.kind[movement] as number) & isReversalBit) !== 0
  if (!isMirror && isRestating(ledger, movement)) putHeld(ledger, movement, before)
}

function clearSlots(
  ledger: StockLedger,
  { byLine, byCell, movements, balances }: CountSlots,
): void {
  const { line, cell } = ledger.movements.columns
  for (const movement of movements) {
    const at = cell[movement] as number
    if (at === noCell) byLine[line[movement] as number] = 0
    else byCell[at] = 0
  }
  movements.length = 0
  balances.length = 0
}

/** Σ of all movements of what `movement` counts, as they stand now. */
function balanceNow(ledger: StockLedger, movement: number): number {
  const { cell, line } = ledger.movements.columns
  const cells = ledger.cellTable.columns.quantity
  if (cell[movement] !== noCell) return cells[cell[movement] as number] as number
  const own = line[movement] as number
  return cellsOfLine(ledger, own).reduce(
    (rest, each) => rest - (cells[each] as number),
    ledger.lineTable.columns.quantity[own] as number,
  )
}

/** `replayed`: all that stands in the chain so far, in the order of what the records say. */
function derivedQuantity(
  ledger: StockLedger,
  movement: number,
  before: number,
  replayed: () => Replayed,
): number {
  const { quantity, kind, origin } = ledger.movements.columns
  if (isCorrection(ledger, movement)) return replayed().balance - before
  if ((kind[movement] as number) & isReversalBit) {
    if (!isCounted(ledger, movement)) return quantity[movement] as number
    if (ledger.corrections.size > 0) return replayed().differences.get(movement) ?? 0
    // INVARIANT: a mirror stands after its origin, whose quantity is derived by now.
    return 0 - (quantity[origin[movement] as number] as number)
  }
  const count = countOf(ledger, movement)
  if (count === undefined) return quantity[movement] as number
  if (isLateMovement(ledger, movement)) return replayed().differences.get(movement) ?? 0
  return count.counted - before
}
