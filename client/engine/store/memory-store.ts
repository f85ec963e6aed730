/**
 * The store in memory: for the headless engine and the simulator. Keeps the same promises as the Dexie
 * store within one process; `dump` and `openMemoryStore(dump)` stand for the disk that outlives it.
 */
import { glanceName } from '../start/glance.ts'
import {
  type BlobRow,
  type Change,
  type CommandRow,
  checkAppends,
  type EngineRow,
  type HeadRow,
  isOnlyDerived,
  type JournalAppend,
  type JournalRow,
  newEngineRow,
  type RecordRow,
  type Store,
  StoreFailure,
  type UpdateRow,
} from './store.ts'

/** Everything the store holds, as plain rows. */
export interface StoreDump {
  readonly engine: EngineRow
  readonly journals: readonly JournalAppend[]
  readonly commands: readonly CommandRow[]
  readonly heads: readonly HeadRow[]
  readonly blobs: readonly BlobRow[]
  readonly values: Readonly<Record<string, unknown>>
}

export interface MemoryStore extends Store {
  /** What a disk would hold now. */
  dump(): StoreDump
}

interface JournalTables {
  tail: JournalRow
  updates: UpdateRow[]
  readonly records: RecordRow[]
}

interface Tables {
  engine: EngineRow
  readonly journals: Map<string, JournalTables>
  readonly recordsByDocument: Map<string, RecordRow[]>
  readonly commands: Map<string, CommandRow>
  readonly heads: Map<string, HeadRow>
  readonly blobs: Map<string, BlobRow>
  readonly values: Map<string, unknown>
}

export function openMemoryStore(dump?: StoreDump): MemoryStore {
  let tables = dump === undefined ? emptyTables(newEngineRow) : restored(dump)
  return {
    open: async () => tables.engine,
    close: () => {},
    takeTerm: async () => {
      tables.engine = { ...tables.engine, term: tables.engine.term + 1 }
      return tables.engine
    },
    commit: async (change) => {
      check(tables, change)
      apply(tables, change)
    },
    wipe: async () => {
      tables = emptyTables({ ...newEngineRow, term: tables.engine.term })
    },
    dump: () => dumpOf(tables),

    engine: async () => tables.engine,
    value: async (name) => tables.values.get(name),
    journals: async () => [...tables.journals.values()].map((journal) => journal.tail),
    heads: async () => [...tables.heads.values()],
    updatesOf: async (journal, afterSeq) =>
      (tables.journals.get(journal)?.updates ?? []).filter((row) => row.toSeq > afterSeq),
    recordsOf: async (journal, fromSeq, limit) =>
      recordsFrom(tables.journals.get(journal)?.records ?? [], fromSeq, limit),
    recordsOfDocuments: async (docIds) =>
      docIds.flatMap((docId) => tables.recordsByDocument.get(docId) ?? []),
    commands: async (limit) => [...tables.commands.values()].slice(-limit).reverse(),
    blob: async (name) => copyOf(tables.blobs.get(name)),
  }
}

/** As a disk gives it: the reader may do with the bytes what it likes. */
function copyOf(row: BlobRow | undefined): BlobRow | undefined {
  return row === undefined ? undefined : { ...row, bytes: row.bytes.slice() }
}

/** All that can refuse a change stands here, so that `apply` cannot stop half-way. */
function check(tables: Tables, change: Change): void {
  if (change.term !== tables.engine.term) {
    throw new StoreFailure('term-lost', `term ${change.term}, store at ${tables.engine.term}`)
  }
  checkAppends(change, (journal) => tables.journals.get(journal)?.tail.seq)
}

function apply(tables: Tables, change: Change): void {
  const {
    engine,
    appends = [],
    dropped = [],
    commands = [],
    heads = [],
    blobs = [],
    values = {},
  } = change
  if (engine !== undefined) tables.engine = { term: change.term, ...engine }
  for (const journal of dropped) drop(tables, journal)
  for (const append of appends) applyAppend(tables, append)
  for (const row of commands) tables.commands.set(row.id, row)
  for (const row of heads) tables.heads.set(row.journal, row)
  for (const row of blobs) tables.blobs.set(row.name, row)
  if (!isOnlyDerived(change)) tables.values.delete(glanceName)
  for (const [name, value] of Object.entries(values)) applyValue(tables, name, value)
  if (change.compacted !== undefined) compact(tables, change.compacted)
  if (change.commandsKept !== undefined) forgetCommands(tables, change.commandsKept)
}

function drop({ journals, recordsByDocument }: Tables, journal: string): void {
  journals.delete(journal)
  for (const [docId, rows] of recordsByDocument) {
    const kept = rows.filter((row) => row.journal !== journal)
    if (kept.length < rows.length) recordsByDocument.set(docId, kept)
  }
}

function applyValue({ values }: Tables, name: string, value: unknown): void {
  if (value === undefined) values.delete(name)
  else values.set(name, value)
}

function forgetCommands({ commands }: Tables, kept: number): void {
  for (const id of commands.keys()) {
    if (commands.size <= kept) return
    commands.delete(id)
  }
}

function applyAppend(tables: Tables, append: JournalAppend): void {
  const name = append.journal.journal
  const journal = tables.journals.get(name) ?? { tail: append.journal, updates: [], records: [] }
  tables.journals.set(name, journal)
  journal.tail = append.journal
  for (const row of append.updates) journal.updates.push(row)
  for (const row of append.records) {
    journal.records.push(row)
    if (row.docId === undefined) continue
    const rows = tables.recordsByDocument.get(row.docId)
    if (rows === undefined) tables.recordsByDocument.set(row.docId, [row])
    else rows.push(row)
  }
}

function compact(tables: Tables, compacted: UpdateRow): void {
  const journal = tables.journals.get(compacted.journal)
  if (journal === undefined) return
  const kept = journal.updates.filter(
    (row) => row.fromSeq < compacted.fromSeq || row.toSeq > compacted.toSeq,
  )
  journal.updates = [...kept, compacted].sort((a, b) => a.fromSeq - b.fromSeq)
}

/** Records lie in the order of seq, mostly without holes: search from where the seq would be. */
function recordsFrom(rows: readonly RecordRow[], fromSeq: number, limit: number): RecordRow[] {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle]?.seq ?? 0) < fromSeq) low = middle + 1
    else high = middle
  }
  return rows.slice(low, low + limit)
}

function emptyTables(engine: EngineRow): Tables {
  return {
    engine,
    journals: new Map(),
    recordsByDocument: new Map(),
    commands: new Map(),
    heads: new Map(),
    blobs: new Map(),
    values: new Map(),
  }
}

function dumpOf(tables: Tables): StoreDump {
  return {
    engine: tables.engine,
    journals: [...tables.journals.values()].map(({ tail, updates, records }) => ({
      journal: tail,
      updates: [...updates],
      records: [...records],
    })),
    commands: [...tables.commands.values()],
    heads: [...tables.heads.values()],
    blobs: [...tables.blobs.values()],
    values: Object.fromEntries(tables.values),
  }
}

function restored(dump: StoreDump): Tables {
  const { engine, journals, ...rows } = dump
  const tables = emptyTables(engine)
  apply(tables, { term: engine.term, appends: journals, ...rows })
  return tables
}
