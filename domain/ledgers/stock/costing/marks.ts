/**
 * States of a long pool at about every 64th movement, so that a late record replays what comes after it
 * and little more. A cache: absent marks only mean a longer replay, so no checkpoint holds them.
 */

import type { StockLedger } from '../stock-ledger.ts'

/** Movements between two marks. */
export const markEvery = 64
/** Shorter chains are replayed whole. */
const markedLengthMin = 128

export interface CostState {
  quantity: number
  value: number
  rateValue: number
  rateQuantity: number
  isTainted: boolean
  /** Its goods are told apart by receipt: `ledger.layers` holds what `quantity` and `value` sum up. */
  isLayered: boolean
}

/** Quantity, value, rate (two), bits, position. A mark of which the quantity is NaN is none. */
const fields = 6
const taintedBit = 1
const layeredBit = 2

export interface CostMarks {
  /** By pool; the mark in row i stands at one of the positions from 64 i on, below 64 (i + 1). */
  readonly states: Map<number, Float64Array>
  /** Copies of the layers that belong to a mark, by pool and row. */
  readonly layers: Map<number, Map<number, Float64Array>>
}

export function openMarks(): CostMarks {
  return { states: new Map(), layers: new Map() }
}

export function clearMarks({ states, layers }: CostMarks): void {
  states.clear()
  layers.clear()
}

/** Whether marks are taken in a chain of this length. */
export function keepsMarks({ states, layers }: CostMarks, pool: number, length: number): boolean {
  if (length >= markedLengthMin) return true
  // Marks of a time when the chain was longer would not be renewed.
  if (states.size > 0 && states.delete(pool)) layers.delete(pool)
  return false
}

/**
 * INVARIANT: a mark is a state without open shortages, so everything before it is final but for what
 * later records add before it; a state with shortages clears the mark.
 */
export function putMark(
  ledger: StockLedger,
  pool: number,
  at: number,
  state: Readonly<CostState>,
): void {
  const taken = roomFor(ledger.marks, pool, at)
  const first = Math.floor(at / markEvery) * fields
  const isLeftOut = state.quantity < 0 || (state.isLayered && !isWorthCopying(ledger, pool, at))
  taken[first] = isLeftOut ? Number.NaN : state.quantity
  taken[first + 1] = state.value
  taken[first + 2] = state.rateValue
  taken[first + 3] = state.rateQuantity
  taken[first + 4] = (state.isTainted ? taintedBit : 0) | (state.isLayered ? layeredBit : 0)
  taken[first + 5] = at
  if (state.isLayered && !isLeftOut) copyLayers(ledger, pool, first / fields)
}

/** Position of the last mark at or before `position`, 0 where there is none. */
export function markBefore(marks: CostMarks, pool: number, position: number): number {
  const row = rowBefore(marks, pool, position)
  return row < 0 ? 0 : (marks.states.get(pool)?.[row * fields + 5] ?? 0)
}

/**
 * Loads the last mark at or before `position` into `state` and the pool's layers; its position, 0
 * where there is none.
 */
export function takeMark(
  { marks, layers }: StockLedger,
  pool: number,
  position: number,
  state: CostState,
): number {
  const row = rowBefore(marks, pool, position)
  const first = row * fields
  const taken = row < 0 ? undefined : marks.states.get(pool)
  const bits = taken?.[first + 4] ?? 0
  state.quantity = taken?.[first] ?? 0
  state.value = taken?.[first + 1] ?? 0
  state.rateValue = taken?.[first + 2] ?? 0
  state.rateQuantity = taken?.[first + 3] ?? 0
  state.isTainted = (bits & taintedBit) !== 0
  state.isLayered = (bits & layeredBit) !== 0
  layers.clear(pool)
  const copy = state.isLayered ? marks.layers.get(pool)?.get(row) : undefined
  if (copy !== undefined) layers.restore(pool, copy)
  return taken?.[first + 5] ?? 0
}

/** Marks behind `position` are of an order that is not any more. */
export function dropMarksAfter(marks: CostMarks, pool: number, position: number): void {
  const taken = marks.states.get(pool)
  if (taken === undefined) return
  for (let row = Math.floor(position / markEvery); row * fields < taken.length; row++) {
    if ((taken[row * fields + 5] as number) > position) taken[row * fields] = Number.NaN
  }
}

/** Copies cost what they hold: only so often that all of them hold no more than the chain does. */
function isWorthCopying(ledger: StockLedger, pool: number, at: number): boolean {
  const count = ledger.layers.count(pool)
  return count <= markEvery || at - markBefore(ledger.marks, pool, at - 1) >= count
}

function copyLayers({ marks, layers }: StockLedger, pool: number, row: number): void {
  const known = marks.layers.get(pool)
  const copies = known ?? new Map<number, Float64Array>()
  if (known === undefined) marks.layers.set(pool, copies)
  copies.set(row, layers.copyOf(pool))
}

function roomFor({ states }: CostMarks, pool: number, at: number): Float64Array {
  const index = Math.floor(at / markEvery)
  const taken = states.get(pool)
  if (taken !== undefined && taken.length >= (index + 1) * fields) return taken
  const grown = new Float64Array((index + 1) * 2 * fields).fill(Number.NaN)
  if (taken !== undefined) grown.set(taken)
  states.set(pool, grown)
  return grown
}

/** Row of the last mark at or before `position`, −1 where there is none. */
function rowBefore({ states }: CostMarks, pool: number, position: number): number {
  const taken = states.get(pool)
  if (taken === undefined) return -1
  let row = Math.floor(position / markEvery)
  while (row >= 0) {
    const first = row * fields
    const isMark = !Number.isNaN(taken[first] ?? Number.NaN)
    if (isMark && (taken[first + 5] as number) <= position) return row
    row--
  }
  return -1
}
