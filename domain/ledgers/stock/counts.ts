/**
 * 盘点 (counts) as assertions [F5]: "at this moment this much was there". What a count moved is derived
 * here, from all that stands before it in the one order; so a sale that arrives late changes the
 * difference of the count after it, and no stock. Kept beside the movements, for few of them are counts.
 */

import { appendRow, openTable, type Table } from '../columns/table.ts'
import { addToBalance } from './add-to-balance.ts'
import { isDeadBit, isReversalBit, rankMask, rankOf } from './movement.ts'
import { isBy } from './order.ts'
import { cellsOfLine, noCell, poolOfGoods } from './place.ts'
import type { StockLedger } from './stock-ledger.ts'

export const countSchema = {
  /** Ascending: its row is added with the movement. */
  movement: 'i32',
  /** Steps, ≥ 0. */
  counted: 'f64',
  /** What the counter's device took to be there, steps; NaN where it did not say. */
  book: 'f64',
  /** Moment of the first entry, ms; NaN where all was counted at one moment. */
  since: 'f64',
} as const

export type CountTable = Table<typeof countSchema>

export interface Count {
  readonly counted: number
  readonly book?: number
  readonly since?: number
}

export function openCounts(): CountTable {
  return openTable(countSchema)
}

/** Says of the movement put last, of class count, that it asserts; it moves what `settle` derives. */
export function noteCount(ledger: StockLedger, movement: number, count: Count): void {
  const row = appendRow(ledger.counts)
  const columns = ledger.counts.columns
  columns.movement[row] = movement
  columns.counted[row] = count.counted
  columns.book[row] = count.book ?? Number.NaN
  columns.since[row] = count.since ?? Number.NaN
  ledger.countedPools.add(ledger.movements.columns.pool[movement] as number)
}

/** What was counted by `movement`; undefined where it is no count. */
export function countOf(ledger: StockLedger, movement: number): Count | undefined {
  const row = countRow(ledger, movement)
  if (row < 0) return undefined
  const { counted, book, since } = ledger.counts.columns
  return {
    counted: counted[row] as number,
    ...(!Number.isNaN(book[row]) && { book: book[row] as number }),
    ...(!Number.isNaN(since[row]) && { since: since[row] as number }),
  }
}

/** Whether what the movement moves is derived: a count, or the mirror of one (红冲). */
export function isCounted(ledger: StockLedger, movement: number): boolean {
  const { kind, origin } = ledger.movements.columns
  const isMirror = ((kind[movement] as number) & isReversalBit) !== 0
  const count = isMirror ? (origin[movement] as number) : movement
  return count >= 0 && countRow(ledger, count) >= 0
}

/** Counts in force, in the order of their arrival. */
export function* countsInForce(ledger: StockLedger): Generator<number> {
  const { movement } = ledger.counts.columns
  const { kind } = ledger.movements.columns
  for (let row = 0; row < ledger.counts.rows; row++) {
    const count = movement[row] as number
    if (((kind[count] as number) & isDeadBit) === 0) yield count
  }
}

/** Goods that one count speaks of, in numbers. */
export interface CountedPlace {
  readonly line: number
  /** `noCell` for goods that nothing tells apart. */
  readonly cell: number
  readonly at: number
}

/** What a count written now of this place and moment would be compared with; the ledger is settled. */
export function sumBefore(ledger: StockLedger, { line, cell, at }: CountedPlace): number {
  const columns = ledger.movements.columns
  const moment = { at, rank: rankOf.count }
  let sum = 0
  for (const movement of ledger.chains.view(poolOfGoods(ledger, line, cell))) {
    if (columns.line[movement] !== line || columns.cell[movement] !== cell) continue
    if (!isBy(ledger, movement, moment)) break
    sum += columns.quantity[movement] as number
  }
  return sum
}

/** Pools whose chains hold counts: the others have nothing to derive. */
export function countedPoolsOf(ledger: Pick<StockLedger, 'counts' | 'movements'>): Set<number> {
  const { movement } = ledger.counts.columns
  const { pool } = ledger.movements.columns
  const found = new Set<number>()
  for (let row = 0; row < ledger.counts.rows; row++) {
    found.add(pool[movement[row] as number] as number)
  }
  return found
}

/**
 * [CNT1] Derives what the counts of `pool` moved, from the first position that has changed; its chain
 * is in order. Costs follow in `costPool`.
 */
export function deriveCounts(ledger: StockLedger, pool: number): void {
  const { costed, stateAt } = ledger.poolTable.columns
  const from = costed[pool] as number
  const chain = ledger.chains.view(pool)
  const balances = balancesBefore(ledger, chain, from)
  const { quantity } = ledger.movements.columns
  for (let position = from; position < chain.length && balances.size > 0; position++) {
    const movement = chain[position] as number
    const key = keyOf(ledger, movement)
    const before = balances.get(key)
    if (before === undefined) continue
    const moved = derivedQuantity(ledger, movement, before)
    balances.set(key, before + moved)
    if (moved === quantity[movement]) continue
    putDerived(ledger, movement, moved)
    // The state at the end counts what it moved before: it can be replayed, not walked back.
    if (movement < ledger.settledRows) stateAt[pool] = -1
  }
}

/** Balances before `from` of those lines and cells that are counted there or later. */
function balancesBefore(ledger: StockLedger, chain: Int32Array, from: number): Map<number, number> {
  const balances = new Map<number, number>()
  for (let position = from; position < chain.length; position++) {
    const movement = chain[position] as number
    if (!hasCountClass(ledger, movement) || !isCounted(ledger, movement)) continue
    const key = keyOf(ledger, movement)
    if (!balances.has(key)) balances.set(key, balanceNow(ledger, movement))
  }
  if (balances.size === 0) return balances
  const { quantity } = ledger.movements.columns
  for (let position = from; position < chain.length; position++) {
    const movement = chain[position] as number
    const key = keyOf(ledger, movement)
    const balance = balances.get(key)
    if (balance !== undefined) balances.set(key, balance - (quantity[movement] as number))
  }
  return balances
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

/** A cell, or the goods of a line that nothing tells apart: what one count speaks of [CNT2]. */
function keyOf(ledger: StockLedger, movement: number): number {
  const { cell, line } = ledger.movements.columns
  return cell[movement] === noCell ? -1 - (line[movement] as number) : (cell[movement] as number)
}

function derivedQuantity(ledger: StockLedger, movement: number, before: number): number {
  const { quantity, kind, origin } = ledger.movements.columns
  if (!hasCountClass(ledger, movement)) return quantity[movement] as number
  if ((kind[movement] as number) & isReversalBit) {
    const count = origin[movement] as number
    // INVARIANT: a mirror stands after its origin, whose quantity is derived by now.
    if (count >= 0 && countRow(ledger, count) >= 0) return 0 - (quantity[count] as number)
    return quantity[movement] as number
  }
  const row = countRow(ledger, movement)
  if (row < 0) return quantity[movement] as number
  return (ledger.counts.columns.counted[row] as number) - before
}

/** Nothing of its cost may stay: what was an issue may be a surplus now. */
function putDerived(ledger: StockLedger, movement: number, moved: number): void {
  const { quantity, cost, basis } = ledger.movements.columns
  addToBalance(ledger, movement, moved - (quantity[movement] as number))
  quantity[movement] = moved
  cost[movement] = 0
  basis[movement] = 0
  ledger.differences.delete(movement)
}

function hasCountClass({ movements }: StockLedger, movement: number): boolean {
  return ((movements.columns.kind[movement] as number) & rankMask) === rankOf.count
}

/** −1 where the movement is no count. */
function countRow({ counts }: StockLedger, movement: number): number {
  const { movement: movements } = counts.columns
  let low = 0
  let high = counts.rows
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((movements[middle] as number) < movement) low = middle + 1
    else high = middle
  }
  return low < counts.rows && movements[low] === movement ? low : -1
}
