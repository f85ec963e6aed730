/** The tables of the store in the browser, and how a change is written into them. Knows no log and no term. */
import { Dexie, type Table } from 'dexie'
import { glanceName } from '../start/glance.ts'
import {
  type BlobRow,
  type Change,
  type CommandRow,
  type EngineRow,
  type HeadRow,
  isOnlyDerived,
  type JournalRow,
  type RecordRow,
  type UpdateRow,
} from './store.ts'

/** As it lies in its table: a file of its own, which is read without being cloned; plain bytes by older builds. */
export interface KeptBlob extends Omit<BlobRow, 'bytes'> {
  readonly bytes: Blob | Uint8Array
}

export interface Tables {
  readonly engine: Table<EngineRow, number>
  /** Changes that are durable and not yet settled, by a number that rises. */
  readonly log: Table<Change, number>
  readonly journals: Table<JournalRow, string>
  readonly updates: Table<UpdateRow, [string, number]>
  readonly records: Table<RecordRow, [string, number]>
  /** By a number that rises, so that the newest are found without a clock. */
  readonly commands: Table<CommandRow, number>
  readonly heads: Table<HeadRow, string>
  readonly blobs: Table<KeptBlob, string>
  readonly values: Table<unknown, string>
}

export const tableSchemas = {
  engine: '',
  log: '',
  journals: 'journal',
  updates: '[journal+toSeq]',
  records: '[journal+seq], docId',
  commands: '++, &id',
  heads: 'journal',
  blobs: 'name',
  values: '',
}

/** The one row of the table `engine`. */
export const engineKey = 1

/** Inside a transaction over all tables that the changes touch, the oldest change first. */
export async function writeChanges(tables: Tables, changes: readonly Change[]): Promise<void> {
  const appends = changes.flatMap((change) => change.appends ?? [])
  const engine = changes.filter((change) => change.engine !== undefined).at(-1)
  const writes: PromiseLike<unknown>[] = []
  await dropAll(
    tables,
    changes.flatMap((change) => change.dropped ?? []),
  )
  if (!changes.every(isOnlyDerived)) writes.push(tables.values.delete(glanceName))
  if (engine?.engine !== undefined) {
    const term = (await tables.engine.get(engineKey))?.term ?? 0
    writes.push(tables.engine.put({ ...engine.engine, term }, engineKey))
  }
  writes.push(
    putAll(
      tables.journals,
      appends.map((append) => append.journal),
    ),
    addAll(
      tables.updates,
      appends.flatMap((append) => append.updates),
    ),
    addAll(
      tables.records,
      appends.flatMap((append) => append.records),
    ),
    addAll(
      tables.commands,
      changes.flatMap((change) => change.commands ?? []),
    ),
    putAll(
      tables.heads,
      changes.flatMap((change) => change.heads ?? []),
    ),
    putAll(tables.blobs, changes.flatMap((change) => change.blobs ?? []).map(keptBlob)),
  )
  for (const { values = {}, compacted, commandsKept } of changes) {
    writes.push(...putValues(tables, values))
    if (compacted !== undefined) writes.push(compact(tables, compacted))
    if (commandsKept !== undefined) writes.push(forgetCommands(tables, commandsKept))
  }
  await Promise.all(writes)
}

function keptBlob({ bytes, ...row }: BlobRow): KeptBlob {
  return { ...row, bytes: new Blob([bytes as Uint8Array<ArrayBuffer>]) }
}

/** Undefined where its file cannot be read: what a blob holds is derived, and is derived anew. */
export async function blobRow(kept: KeptBlob | undefined): Promise<BlobRow | undefined> {
  if (kept === undefined) return undefined
  const { bytes, ...row } = kept
  if (bytes instanceof Uint8Array) return { ...row, bytes }
  try {
    return { ...row, bytes: new Uint8Array(await bytes.arrayBuffer()) }
  } catch {
    return undefined
  }
}

function putValues(tables: Tables, values: NonNullable<Change['values']>): PromiseLike<unknown>[] {
  return Object.entries(values).map(([name, value]) =>
    value === undefined ? tables.values.delete(name) : tables.values.put(value, name),
  )
}

/** Fewer tables in a transaction let reads of the others run beside it. */
export function tablesTouchedBy(tables: Tables, change: Change): Table[] {
  const touched: Table[] = [tables.engine]
  const hasJournals = change.appends !== undefined || change.dropped !== undefined
  if (hasJournals) touched.push(tables.journals, tables.updates, tables.records)
  if (change.commands || change.commandsKept !== undefined) touched.push(tables.commands)
  if (change.heads) touched.push(tables.heads)
  if (change.blobs) touched.push(tables.blobs)
  if (change.values || !isOnlyDerived(change)) touched.push(tables.values)
  if (change.compacted && !hasJournals) touched.push(tables.updates)
  return touched
}

/** Awaited before anything is added under the same keys. */
async function dropAll(tables: Tables, dropped: readonly string[]): Promise<void> {
  for (const journal of dropped) {
    const [least, most] = [[journal, Dexie.minKey] as const, [journal, Dexie.maxKey] as const]
    await tables.journals.delete(journal)
    await tables.updates.where('[journal+toSeq]').between(least, most).delete()
    await tables.records.where('[journal+seq]').between(least, most).delete()
  }
}

function putAll<Row, Key>(table: Table<Row, Key>, rows: readonly Row[]): PromiseLike<unknown> {
  return rows.length === 0 ? Promise.resolve() : table.bulkPut([...rows])
}

function addAll<Row, Key>(table: Table<Row, Key>, rows: readonly Row[]): PromiseLike<unknown> {
  return rows.length === 0 ? Promise.resolve() : table.bulkAdd([...rows])
}

async function compact(tables: Tables, compacted: UpdateRow): Promise<void> {
  const { journal, fromSeq, toSeq } = compacted
  await tables.updates
    .where('[journal+toSeq]')
    .between([journal, fromSeq], [journal, toSeq], true, true)
    .delete()
  await tables.updates.put(compacted)
}

async function forgetCommands(tables: Tables, kept: number): Promise<void> {
  const [oldest] = await tables.commands.reverse().offset(kept).limit(1).primaryKeys()
  if (oldest !== undefined) await tables.commands.where(':id').belowOrEqual(oldest).delete()
}

export function tablesOf(database: Dexie): Tables {
  return {
    engine: database.table('engine'),
    log: database.table('log'),
    journals: database.table('journals'),
    updates: database.table('updates'),
    records: database.table('records'),
    commands: database.table('commands'),
    heads: database.table('heads'),
    blobs: database.table('blobs'),
    values: database.table('values'),
  }
}
