/**
 * 成本调整 of short issues: what goods that arrived later cost more or less than the provisional
 * value of the issue they cover. Its own line of the card, at the receipt's time [CO-07].
 */

import { appendRow, openTable, type Table } from '../../columns/table.ts'
import { touchSource } from '../joins.ts'
import { compareMovements } from '../order.ts'
import type { StockLedger } from '../stock-ledger.ts'

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

/** The column `trueUps` of a pool is 1 + the row of its last one; its rows are in the order of `by`. */
export interface TrueUps {
  readonly table: Table<typeof trueUpSchema>
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
  return { table: openTable(trueUpSchema), free: [] }
}

/** Σ of the true-ups of an issue, fen; 0 for what came in. */
export function trueUpOf({ movements }: StockLedger, movement: number): number {
  const { quantity, value } = movements.columns
  return (quantity[movement] as number) < 0 ? (value[movement] as number) : 0
}

/** The same, of what receipts before the movement `before` have caused, in whatever pool that stands. */
export function trueUpBefore(ledger: StockLedger, movement: number, before: number): number {
  if ((ledger.movements.columns.quantity[movement] as number) >= 0) return 0
  return trueUpsOf(ledger, ledger.movements.columns.pool[movement] as number)
    .filter(({ target, by }) => target === movement && compareMovements(ledger, by, before) < 0)
    .reduce((sum, { amount }) => sum + amount, 0)
}

export function addTrueUp(ledger: StockLedger, pool: number, trueUp: TrueUp): void {
  const { table, free } = ledger.trueUps
  const last = ledger.poolTable.columns.trueUps
  const row = free.pop() ?? appendRow(table)
  const { target, by, quantity, amount, before } = table.columns
  target[row] = trueUp.target
  by[row] = trueUp.by
  quantity[row] = trueUp.quantity
  amount[row] = trueUp.amount
  before[row] = (last[pool] as number) - 1
  last[pool] = row + 1
  addToTarget(ledger, trueUp.target, trueUp.amount)
}

/** Takes back the pool's last true-ups for as long as `isAfter` says so of what caused them. */
export function cutTrueUps(
  ledger: StockLedger,
  pool: number,
  isAfter: (by: number) => boolean,
): void {
  const { table, free } = ledger.trueUps
  const last = ledger.poolTable.columns.trueUps
  const { target, by, amount, before } = table.columns
  let row = (last[pool] as number) - 1
  while (row >= 0 && isAfter(by[row] as number)) {
    addToTarget(ledger, target[row] as number, 0 - (amount[row] as number))
    free.push(row)
    row = before[row] as number
  }
  last[pool] = row + 1
}

export function forgetTrueUps(ledger: StockLedger): void {
  const { table, free } = ledger.trueUps
  const last = ledger.poolTable.columns.trueUps
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    if (last[pool] !== 0) cutTrueUps(ledger, pool, () => true)
  }
  table.rows = 0
  free.length = 0
}

/** True-ups of a pool, in the order of what caused them. */
export function trueUpsOf(ledger: StockLedger, pool: number): TrueUp[] {
  const { target, by, quantity, amount, before } = ledger.trueUps.table.columns
  const found: TrueUp[] = []
  let row = (ledger.poolTable.columns.trueUps[pool] as number) - 1
  for (; row >= 0; row = before[row] as number) {
    found.push({
      target: target[row] as number,
      by: by[row] as number,
      quantity: quantity[row] as number,
      amount: amount[row] as number,
    })
  }
  return found.reverse()
}

function addToTarget(ledger: StockLedger, target: number, amount: number): void {
  const { value } = ledger.movements.columns
  value[target] = (value[target] as number) + amount
  touchSource(ledger, target)
}
