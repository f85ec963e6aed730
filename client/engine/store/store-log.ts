/**
 * The rows in the log of the store in the browser, and how many of them are settled into the indexed tables in
 * one transaction. Pure; knows their sizes.
 */
import type { Change } from './store.ts'

/** A change that is durable and lies in no table yet. */
export interface LogRow {
  readonly no: number
  readonly change: Change
  readonly bytes: number
}

/** Log rows, and bytes of them, settled in one transaction at most: a read in between waits for one of these. */
const limitSettled = 50
const limitSettledBytes = 1_048_576

/** The oldest log rows up to a number, as many as one transaction takes. */
export function portionOf(unsettled: readonly LogRow[], until: number): readonly LogRow[] {
  const rows: LogRow[] = []
  let bytes = 0
  for (const row of unsettled) {
    const isFull = rows.length >= limitSettled || bytes + row.bytes > limitSettledBytes
    if (row.no > until || (isFull && rows.length > 0)) break
    rows.push(row)
    bytes += row.bytes
  }
  return rows
}
