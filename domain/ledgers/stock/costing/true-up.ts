/**
 * 成本调整 of short issues: what goods that arrived later cost more or less than the provisional
 * value of the issue they cover. Its own line of the card, at the receipt's time [CO-07].
 */

import { appendRow, openTable, type Table } from '../../columns/table.ts'

export const trueUpSchema = {
  /** Issue whose cost is corrected. */
  target: 'i32',
  /** Receipt that covered it. */
  by: 'i32',
  /** Covered, steps. */
  quantity: 'f64',
  /** Correction of the cost, fen, either sign. */
  amount: 'f64',
  /** Row of the pool's true-up before this one, −1 for none. */
  before: 'i32',
} as const

export interface TrueUps {
  readonly table: Table<typeof trueUpSchema>
  /** Last row of each pool that has any; rows of a pool are in the order of `by`. */
  readonly last: Map<number, number>
  /** Σ by target, fen. */
  readonly sums: Map<number, number>
  /** Rows taken back, to be used again. */
  readonly free: number[]
}

export interface TrueUp {
  readonly target: number
  readonly by: number
  readonly quantity: number
  readonly amount: number
}

export function openTrueUps(): TrueUps {
  return { table: openTable(trueUpSchema), last: new Map(), sums: new Map(), free: [] }
}

export function addTrueUp(trueUps: TrueUps, pool: number, trueUp: TrueUp): void {
  const row = trueUps.free.pop() ?? appendRow(trueUps.table)
  const { target, by, quantity, amount, before } = trueUps.table.columns
  target[row] = trueUp.target
  by[row] = trueUp.by
  quantity[row] = trueUp.quantity
  amount[row] = trueUp.amount
  before[row] = trueUps.last.get(pool) ?? -1
  trueUps.last.set(pool, row)
  addSum(trueUps, trueUp.target, trueUp.amount)
}

/** Takes back the pool's last true-ups for as long as `isAfter` says so of what caused them. */
export function cutTrueUps(trueUps: TrueUps, pool: number, isAfter: (by: number) => boolean): void {
  const { target, by, amount, before } = trueUps.table.columns
  let row = trueUps.last.get(pool) ?? -1
  while (row >= 0 && isAfter(by[row] as number)) {
    addSum(trueUps, target[row] as number, 0 - (amount[row] as number))
    trueUps.free.push(row)
    row = before[row] as number
  }
  if (row < 0) trueUps.last.delete(pool)
  else trueUps.last.set(pool, row)
}

export function forgetTrueUps(trueUps: TrueUps): void {
  trueUps.table.rows = 0
  trueUps.last.clear()
  trueUps.sums.clear()
  trueUps.free.length = 0
}

/** True-ups of a pool, in the order of what caused them. */
export function trueUpsOf(trueUps: TrueUps, pool: number): TrueUp[] {
  const { target, by, quantity, amount, before } = trueUps.table.columns
  const found: TrueUp[] = []
  for (let row = trueUps.last.get(pool) ?? -1; row >= 0; row = before[row] as number) {
    found.push({
      target: target[row] as number,
      by: by[row] as number,
      quantity: quantity[row] as number,
      amount: amount[row] as number,
    })
  }
  return found.reverse()
}

function addSum(trueUps: TrueUps, target: number, amount: number): void {
  const sum = (trueUps.sums.get(target) ?? 0) + amount
  if (sum === 0) trueUps.sums.delete(target)
  else trueUps.sums.set(target, sum)
}
