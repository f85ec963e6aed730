/**
 * 生产日期 and 有效期至 (produced, expires) of batches, as those who brought them in have read them.
 * Few movements have them, so they lie beside the movements. Of several statements the earliest holds.
 */

import type { BusinessDate } from '#domain/values/business-date.ts'
import { appendRow, openTable, type Table } from '../columns/table.ts'
import { compareMovements } from './order.ts'
import type { StockLedger } from './stock-ledger.ts'
import { branchOf, goodsKey, isStanding, skuOf, tagOf } from './tag-index.ts'

/** Days as the number 20260301; 0 where nothing was said. */
export const batchDateSchema = { movement: 'i32', produced: 'i32', expires: 'i32' } as const

export interface BatchDates {
  readonly produced?: BusinessDate
  /** The printed day, the last on which the goods are usable (policy 16). */
  readonly expires?: BusinessDate
}

/** Rows by movement and by goods, of the first `counted`. */
export interface BatchDateIndex {
  counted: number
  readonly byGoods: Map<number, number[]>
  readonly byMovement: Map<number, number>
}

export type BatchDateTable = Table<typeof batchDateSchema>

export function openBatchDates(): BatchDateTable {
  return openTable(batchDateSchema)
}

export function openBatchDateIndex(): BatchDateIndex {
  return { counted: 0, byGoods: new Map(), byMovement: new Map() }
}

export function putBatchDates(
  ledger: StockLedger,
  movement: number,
  { produced, expires }: BatchDates,
): void {
  if (produced === undefined && expires === undefined) return
  const row = appendRow(ledger.batchDates)
  const columns = ledger.batchDates.columns
  columns.movement[row] = movement
  columns.produced[row] = numberOfDay(produced)
  columns.expires[row] = numberOfDay(expires)
}

export function statesDates(ledger: StockLedger, movement: number): boolean {
  return indexOf(ledger).byMovement.has(movement)
}

/** [BAT1] What holds of a batch: of each day the earliest statement in force, of one branch or of all. */
export function datesOfBatch(
  ledger: StockLedger,
  sku: number,
  batch: number,
  branch?: number,
): BatchDates {
  const rows = statementsOf(ledger, sku, batch, branch)
  const { produced, expires } = ledger.batchDates.columns
  const first = (column: Int32Array) =>
    rows.map((row) => column[row] as number).find((day) => day !== 0)
  const [made, last] = [first(produced), first(expires)]
  return {
    ...(made !== undefined && { produced: dayOfNumber(made) }),
    ...(last !== undefined && { expires: dayOfNumber(last) }),
  }
}

/** [BAT2] Movements that state another expiry than the one that holds, with those that state it first. */
export function conflictOfBatch(
  ledger: StockLedger,
  sku: number,
  batch: number,
  branch?: number,
): readonly number[] {
  const { movement, expires } = ledger.batchDates.columns
  const firstByDay = new Map<number, number>()
  for (const row of statementsOf(ledger, sku, batch, branch)) {
    const day = expires[row] as number
    if (day !== 0 && !firstByDay.has(day)) firstByDay.set(day, movement[row] as number)
  }
  return firstByDay.size < 2 ? [] : [...firstByDay.values()]
}

/** What one movement has stated. */
export function datesStated(ledger: StockLedger, movement: number): BatchDates {
  const row = indexOf(ledger).byMovement.get(movement)
  if (row === undefined) return {}
  const { produced, expires } = ledger.batchDates.columns
  const [made, last] = [produced[row] as number, expires[row] as number]
  return {
    ...(made !== 0 && { produced: dayOfNumber(made) }),
    ...(last !== 0 && { expires: dayOfNumber(last) }),
  }
}

/** Statements in force, in the order of their movements. */
function statementsOf(
  ledger: StockLedger,
  sku: number,
  batch: number,
  branch: number | undefined,
): number[] {
  const { movement } = ledger.batchDates.columns
  return (indexOf(ledger).byGoods.get(goodsKey(sku, batch)) ?? [])
    .filter((row) => branch === undefined || branchOf(ledger, movement[row] as number) === branch)
    .filter((row) => isStanding(ledger, movement[row] as number))
    .sort((a, b) => compareMovements(ledger, movement[a] as number, movement[b] as number))
}

function indexOf(ledger: StockLedger): BatchDateIndex {
  const { batchDateIndex: index, batchDates } = ledger
  for (; index.counted < batchDates.rows; index.counted++) {
    const movement = batchDates.columns.movement[index.counted] as number
    const key = goodsKey(skuOf(ledger, movement), tagOf(ledger, movement).batch)
    const known = index.byGoods.get(key)
    if (known === undefined) index.byGoods.set(key, [index.counted])
    else known.push(index.counted)
    index.byMovement.set(movement, index.counted)
  }
  return index
}

function numberOfDay(day: BusinessDate | undefined): number {
  return day === undefined ? 0 : Number(day.replaceAll('-', ''))
}

function dayOfNumber(day: number): BusinessDate {
  const text = String(day)
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` as BusinessDate
}
