/**
 * Documents that something may still be told of, or decided about: kept as they come, and as rows of a checkpoint,
 * because a start that looked for them among all documents would take longer with every year.
 */

import { appendRow, openTable, type Table } from '#domain/ledgers/columns/table.ts'

export interface WatchedDocuments {
  /** Documents with several postings, later versions, and what somebody has taken back: where findings may be. */
  readonly disputed: Set<number>
  /** Documents that are a later version of another. */
  readonly laterVersions: Set<number>
  /** Documents in force that take effect, or whose reversal does, later than they say. */
  readonly late: Set<number>
}

/** A row per document and reason; `why` is the place in `reasons`. */
export const watchedSchema = { document: 'i32', why: 'u8' } as const
type WatchedTable = Table<typeof watchedSchema>

const reasons = ['disputed', 'laterVersions', 'late'] as const

export function watchedTable(watched: WatchedDocuments): WatchedTable {
  const table = openTable(watchedSchema)
  for (const [why, reason] of reasons.entries()) {
    for (const document of watched[reason]) {
      const row = appendRow(table)
      table.columns.document[row] = document
      table.columns.why[row] = why
    }
  }
  return table
}

export function watchedOf(table: WatchedTable = openTable(watchedSchema)): WatchedDocuments {
  const { document, why } = table.columns
  const documentsOf = (wanted: number) =>
    new Set(document.subarray(0, table.rows).filter((_, row) => why[row] === wanted))
  return { disputed: documentsOf(0), laterVersions: documentsOf(1), late: documentsOf(2) }
}
