/**
 * Changes that are durable in the log of the store and not yet in its tables, laid over what the tables
 * say: a read sees them without moving them. Pure; rows in, rows out. INVARIANT: what is laid over a read
 * came after everything in the tables, except rows that were moved meanwhile, which are the same rows.
 */
import { glanceName } from '../start/glance.ts'
import type {
  Change,
  CommandRow,
  EngineRow,
  HeadRow,
  JournalAppend,
  JournalRow,
  RecordRow,
  UpdateRow,
} from './store.ts'

export function engineOver(kept: EngineRow, changes: readonly Change[]): EngineRow {
  const last = changes.filter((change) => change.engine !== undefined).at(-1)?.engine
  return last === undefined ? kept : { ...last, term: kept.term }
}

export function valueOver(name: string, kept: unknown, changes: readonly Change[]): unknown {
  if (name === glanceName && changes.length > 0) return undefined
  const last = changes
    .filter(({ values }) => values !== undefined && Object.hasOwn(values, name))
    .at(-1)
  return last === undefined ? kept : last.values?.[name]
}

export function journalsOver(
  kept: readonly JournalRow[],
  changes: readonly Change[],
): readonly JournalRow[] {
  if (changes.length === 0) return kept
  const rows = new Map(kept.map((row) => [row.journal, row]))
  for (const { journal } of appendsIn(changes)) {
    if (journal.seq >= (rows.get(journal.journal)?.seq ?? -1)) rows.set(journal.journal, journal)
  }
  return [...rows.values()]
}

export function headsOver(
  kept: readonly HeadRow[],
  changes: readonly Change[],
): readonly HeadRow[] {
  const added = changes.flatMap((change) => change.heads ?? [])
  if (added.length === 0) return kept
  const rows = new Map(kept.map((row) => [row.journal, row]))
  for (const head of added) rows.set(head.journal, head)
  return [...rows.values()]
}

export function updatesOver(
  { journal, afterSeq }: { readonly journal: string; readonly afterSeq: number },
  kept: readonly UpdateRow[],
  changes: readonly Change[],
): readonly UpdateRow[] {
  const last = kept.at(-1)?.toSeq ?? afterSeq
  const added = appendsIn(changes).flatMap(({ updates }) =>
    updates.filter((row) => row.journal === journal && row.toSeq > last),
  )
  return added.length === 0 ? kept : [...kept, ...added]
}

export function recordsOver(
  { journal, fromSeq, limit }: Readonly<{ journal: string; fromSeq: number; limit: number }>,
  kept: readonly RecordRow[],
  changes: readonly Change[],
): readonly RecordRow[] {
  if (kept.length >= limit) return kept
  const next = kept.at(-1)?.seq ?? fromSeq - 1
  const added = appendsIn(changes).flatMap(({ records }) =>
    records.filter((row) => row.journal === journal && row.seq > next),
  )
  return added.length === 0 ? kept : [...kept, ...added].slice(0, limit)
}

export function documentsOver(
  docIds: readonly string[],
  kept: readonly RecordRow[],
  changes: readonly Change[],
): readonly RecordRow[] {
  const wanted = new Set(docIds)
  const places = new Set(kept.map(placeOf))
  const added = appendsIn(changes).flatMap(({ records }) =>
    records.filter(
      (row) => row.docId !== undefined && wanted.has(row.docId) && !places.has(placeOf(row)),
    ),
  )
  return added.length === 0 ? kept : [...kept, ...added]
}

/** Newest first. */
export function commandsOver(
  limit: number,
  kept: readonly CommandRow[],
  changes: readonly Change[],
): readonly CommandRow[] {
  const added = changes.flatMap((change) => change.commands ?? []).reverse()
  if (added.length === 0) return kept
  const ids = new Set(added.map((row) => row.id))
  return [...added, ...kept.filter((row) => !ids.has(row.id))].slice(0, limit)
}

function appendsIn(changes: readonly Change[]): readonly JournalAppend[] {
  return changes.flatMap((change) => change.appends ?? [])
}

function placeOf({ journal, seq }: RecordRow): string {
  return `${journal}|${seq}`
}
