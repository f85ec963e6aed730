/**
 * 盘点 (counts) as assertions [F5]: "at this moment this much was there". Kept beside the movements, for
 * few of them are counts; what they moved is derived in `derive-counts.ts`.
 */

import { appendRow, openTable, type Table } from '../columns/table.ts'
import { isReversalBit, rankMask, rankOf } from './movement.ts'
import { isBy } from './order.ts'
import { poolOfGoods } from './place.ts'
import type { StockLedger } from './stock-ledger.ts'

export const countSchema = {
  /** Ascending: its row is added with the movement. */
  movement: 'i32',
  /** Steps, ≥ 0; NaN where nothing is counted, and what is there is restated at a price. */
  counted: 'f64',
  /** What the counter's device took to be there, steps; NaN where it did not say. */
  book: 'f64',
  /** Moment of the first entry, ms; NaN where all was counted at one moment. */
  since: 'f64',
  /** Stated unit price, millionths of a yuan; NaN for none. */
  price: 'f64',
  /** Derived, of a movement that restates: steps of its goods before it. */
  held: 'f64',
  /** Derived, of what a price would speak of: steps, and fen that they are worth there; 0 where there is nothing. */
  entered: 'f64',
  worth: 'f64',
  /** What it leaves to ask, in bits (`count-questions.ts`). */
  asks: 'u8',
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
  appendCount(ledger, movement, count.counted)
  const row = ledger.counts.rows - 1
  const columns = ledger.counts.columns
  columns.book[row] = count.book ?? Number.NaN
  columns.since[row] = count.since ?? Number.NaN
}

/** [CNT8] Says of the movement put last, of class count, that it moves nothing and restates what is there. */
export function noteRestating(ledger: StockLedger, movement: number): void {
  appendCount(ledger, movement, Number.NaN)
}

function appendCount(ledger: StockLedger, movement: number, counted: number): void {
  const row = appendRow(ledger.counts)
  const columns = ledger.counts.columns
  columns.movement[row] = movement
  columns.counted[row] = counted
  columns.book[row] = Number.NaN
  columns.since[row] = Number.NaN
  columns.price[row] = Number.NaN
  columns.held[row] = Number.NaN
  columns.asks[row] = 0
  ledger.countedPools.add(ledger.movements.columns.pool[movement] as number)
}

/** What was counted by `movement`; undefined where it is no count. */
export function countOf(ledger: StockLedger, movement: number): Count | undefined {
  const row = countRow(ledger, movement)
  const { counted, book, since } = ledger.counts.columns
  if (row < 0 || Number.isNaN(counted[row])) return undefined
  return {
    counted: counted[row] as number,
    ...(!Number.isNaN(book[row]) && { book: book[row] as number }),
    ...(!Number.isNaN(since[row]) && { since: since[row] as number }),
  }
}

/** Whether what the movement moves is derived: a count, or the mirror of one (红冲). */
export function isCounted(ledger: StockLedger, movement: number): boolean {
  const row = ownRow(ledger, movement)
  return row >= 0 && !Number.isNaN(ledger.counts.columns.counted[row])
}

/** [CNT8] Whether the movement states what the goods there are worth, or mirrors one that did. */
export function isRestating(ledger: StockLedger, movement: number): boolean {
  const row = ownRow(ledger, movement)
  return row >= 0 && Number.isNaN(ledger.counts.columns.counted[row])
}

/** Whether `putCountPrice` takes what a document says of the movement. */
export function takesCountPrice(ledger: StockLedger, movement: number): boolean {
  return hasCountClass(ledger, movement) && countRow(ledger, movement) >= 0
}

/** The unit price that somebody has stated of what was counted, millionths of a yuan. */
export function countPrice(ledger: StockLedger, movement: number): number | undefined {
  const row = countRow(ledger, movement)
  const price = row < 0 ? Number.NaN : (ledger.counts.columns.price[row] as number)
  return Number.isNaN(price) ? undefined : price
}

/** Of a movement that `takesCountPrice`; one below nothing is none. */
export function putCountPrice(
  ledger: StockLedger,
  movement: number,
  price: number | undefined,
): void {
  const { price: prices } = ledger.counts.columns
  prices[countRow(ledger, movement)] = price === undefined || price < 0 ? Number.NaN : price
}

/** Steps of its goods that were there before a movement that restates. */
export function heldAt(ledger: StockLedger, movement: number): number {
  return ledger.counts.columns.held[countRow(ledger, movement)] as number
}

export function putHeld(ledger: StockLedger, movement: number, held: number): void {
  ledger.counts.columns.held[countRow(ledger, movement)] = held
}

/** [CNT7] [CNT8] What a price of a count speaks of: of a surplus what fills no shortage, else all that is there. */
export interface PricedGoods {
  /** Steps. */
  readonly quantity: number
  /** Fen. */
  readonly value: number
}

/** Of a movement that `takesCountPrice`; nothing where it has found none. */
export function pricedGoods(ledger: StockLedger, movement: number): PricedGoods {
  const row = countRow(ledger, movement)
  const { entered, worth } = ledger.counts.columns
  const isSurplus = (ledger.movements.columns.quantity[movement] as number) > 0
  if (!isSurplus && !isRestating(ledger, movement)) return { quantity: 0, value: 0 }
  return { quantity: entered[row] as number, value: worth[row] as number }
}

/** Notes it of a count; of another movement nothing. */
export function notePricedGoods(
  ledger: StockLedger,
  movement: number,
  { quantity, value }: PricedGoods,
): void {
  if (!takesCountPrice(ledger, movement)) return
  const row = countRow(ledger, movement)
  ledger.counts.columns.entered[row] = quantity
  ledger.counts.columns.worth[row] = value
}

/** Notes what a count leaves to ask. */
export function putQuestions(ledger: StockLedger, movement: number, bits: number): void {
  const row = countRow(ledger, movement)
  if (row < 0) return
  ledger.counts.columns.asks[row] = bits
  if (bits === 0) ledger.countQuestions.delete(movement)
  else ledger.countQuestions.set(movement, bits)
}

/** By movement, what counts leave to ask. */
export function countQuestionsOf({ rows, columns }: CountTable): Map<number, number> {
  const questions = new Map<number, number>()
  for (let row = 0; row < rows; row++) {
    const bits = columns.asks[row] as number
    if (bits !== 0) questions.set(columns.movement[row] as number, bits)
  }
  return questions
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

/** Whether the movement is of class count: it may assert, or mirror what did. */
export function hasCountClass({ movements }: StockLedger, movement: number): boolean {
  return ((movements.columns.kind[movement] as number) & rankMask) === rankOf.count
}

/** That of the movement itself, or of what it mirrors. */
function ownRow(ledger: StockLedger, movement: number): number {
  const { kind, origin } = ledger.movements.columns
  const isMirror = ((kind[movement] as number) & isReversalBit) !== 0
  const count = isMirror ? (origin[movement] as number) : movement
  return count < 0 ? -1 : countRow(ledger, count)
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
