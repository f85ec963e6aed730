/**
 * What the engine keeps on this device, as an interface: the strict store of journals, record rows,
 * counters and the checkpoint. Knows no Yjs, no record format and no network; bytes go in and come out.
 *
 * Guarantees that both implementations keep and `store-contract.ts` proves:
 * - **One write, one transaction.** `commit` is the only way to write. All of a change is kept or none.
 * - **Strict.** It resolves after the medium confirmed (IndexedDB `complete` with strict durability).
 *   After a rejection the change is not there; where the medium cannot tell (handle closed between
 *   commit and `complete`) a later read tells, so the engine re-reads before it goes on.
 * - **Term.** Each change names its engine's term; a change of an older term is refused whole, so an
 *   engine that was frozen and thawed cannot write behind its successor's back.
 * - **Once.** The records of a journal are added in the order of their seq, each once; another one under
 *   a seq that is taken is refused, never overwritten.
 * - **Shared rows.** Neither side changes a row or its bytes after handing it over.
 */

import { glanceName } from '../start/glance.ts'

/** What the engine knew when it last committed. */
export interface EngineRow {
  readonly term: number
  readonly hlc: number
  /** Last number used, by document type. */
  readonly counters: Readonly<Record<string, number>>
}

export const newEngineRow: EngineRow = { term: 0, hlc: 0, counters: {} }

/** One journal document (one month of one chain) and where its copy on this device ends. */
export interface JournalRow {
  readonly journal: string
  readonly firstSeq: number
  /** `prev` of the first record: ties this month to the one before. */
  readonly firstPrev: string
  readonly seq: number
  readonly hash: string
  /** The highest hybrid clock in it: what this device writes later compares greater. */
  readonly hlc: number
}

/** Yjs update bytes that hold exactly the records `fromSeq`..`toSeq`. */
export interface UpdateRow {
  readonly journal: string
  readonly fromSeq: number
  readonly toSeq: number
  readonly bytes: Uint8Array
}

export interface RecordRow {
  readonly journal: string
  readonly seq: number
  /** The document the record speaks of, where it speaks of one. */
  readonly docId?: string
  readonly bytes: Uint8Array
}

/** New records of one journal: the same records as rows and as Yjs updates, and the tail after them. */
export interface JournalAppend {
  readonly journal: JournalRow
  readonly updates: readonly UpdateRow[]
  readonly records: readonly RecordRow[]
}

export interface CommandRow {
  readonly id: string
  readonly result: unknown
}

/** What the server confirmed as durable, with its signature (see heads.ts). */
export interface HeadRow {
  readonly journal: string
  readonly seq: number
  readonly hash: string
  readonly signature: string
}

export interface BlobRow {
  readonly name: string
  readonly version: string
  readonly bytes: Uint8Array
}

/** Everything a transaction may write; what is absent stays as it is. */
export interface Change {
  readonly term: number
  readonly engine?: Omit<EngineRow, 'term'>
  readonly appends?: readonly JournalAppend[]
  /** Journals that are taken out whole, before `appends`: what turned out not to hold. */
  readonly dropped?: readonly string[]
  readonly commands?: readonly CommandRow[]
  readonly heads?: readonly HeadRow[]
  readonly blobs?: readonly BlobRow[]
  /**
   * Small named values (identity, session, …); `undefined` removes one. The one named `glanceName` lasts
   * until the next change that is not only derived, and goes in the same transaction.
   */
  readonly values?: Readonly<Record<string, unknown>>
  /** Forgets command results but the newest ones. */
  readonly commandsKept?: number
  /** Compaction: this row takes the place of the rows that it covers, which lie wholly inside it. */
  readonly compacted?: UpdateRow
}

/** Whether a change adds nothing that is not known already. */
export function isOnlyDerived(change: Change): boolean {
  const { engine, appends, dropped, commands, heads, values = {} } = change
  if (engine !== undefined || appends !== undefined || dropped !== undefined) return false
  if (commands !== undefined || heads !== undefined) return false
  return Object.keys(values).every((name) => name === glanceName)
}

export interface Store {
  /** Opens or creates the database and reads the engine's row; term 0 when it is new. */
  open(): Promise<EngineRow>
  close(): void
  /** The next term, durable before it is returned: from now on older engines cannot write. */
  takeTerm(): Promise<EngineRow>
  commit(change: Change): Promise<void>

  engine(): Promise<EngineRow>
  value(name: string): Promise<unknown>
  journals(): Promise<readonly JournalRow[]>
  heads(): Promise<readonly HeadRow[]>
  /** Rows with `toSeq` > `afterSeq`, in order. */
  updatesOf(journal: string, afterSeq: number): Promise<readonly UpdateRow[]>
  /** At most `limit` records from `fromSeq` on, in order. */
  recordsOf(journal: string, fromSeq: number, limit: number): Promise<readonly RecordRow[]>
  /** All records that speak of these documents, in no order. */
  recordsOfDocuments(docIds: readonly string[]): Promise<readonly RecordRow[]>
  /** The most recent command rows, newest first. */
  commands(limit: number): Promise<readonly CommandRow[]>
  /** The bytes belong to whoever reads them. */
  blob(name: string): Promise<BlobRow | undefined>
  /** Removes everything; only by a person's or a signed order, never on a refusal. */
  wipe(): Promise<void>
}

export type StoreFailureCode =
  /** The disk or the quota is full. */
  | 'store-full'
  /** The database was closed under us; it is reopened at the next use. */
  | 'store-closed'
  /** Another engine took over. */
  | 'term-lost'
  /** A record is there already under this (journal, seq): our chain is not where we think it is. */
  | 'record-exists'
  | 'store-failed'

/** The only error a store rejects with. */
export class StoreFailure extends Error {
  readonly code: StoreFailureCode

  constructor(code: StoreFailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreFailure'
    this.code = code
  }
}

/** A change of an engine that is over. */
export function termLost(own: number, found: number): StoreFailure {
  return new StoreFailure('term-lost', `term ${own}, store at ${found}`)
}

/** The promise *once*, for both stores: `tailOf` gives the last seq kept of a journal. */
export function checkAppends(
  change: Change,
  tailOf: (journal: string) => number | undefined,
): void {
  for (const { journal, records } of change.appends ?? []) {
    const isDropped = change.dropped?.includes(journal.journal) === true
    let last = isDropped ? -1 : (tailOf(journal.journal) ?? -1)
    for (const row of records) {
      if (row.seq <= last) {
        throw new StoreFailure('record-exists', `${row.journal} has ${row.seq} already`)
      }
      last = row.seq
    }
  }
}

/** Names the failure that any error of the medium stands for. */
export function storeFailureOf(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error
  const names = errorNames(error)
  const message = error instanceof Error ? error.message : String(error)
  const code = noSpace.test(message) ? 'store-full' : codeOf(names)
  return new StoreFailure(code, message, { cause: error })
}

/** What Chromium calls a full disk that is no matter of the quota; there is no name for it, only a sentence. */
const noSpace = /FILE_ERROR_NO_SPACE|full disk/

function codeOf(names: readonly string[]): StoreFailureCode {
  if (names.includes('QuotaExceededError')) return 'store-full'
  if (names.includes('ConstraintError')) return 'record-exists'
  if (names.includes('DatabaseClosedError') || names.includes('InvalidStateError')) {
    return 'store-closed'
  }
  return 'store-failed'
}

/** Dexie hides the cause of an abort in `inner`, those of many puts at once in `failures`. */
function errorNames(error: unknown): string[] {
  const names: string[] = []
  let next: unknown = error
  while (typeof next === 'object' && next !== null && names.length < 5) {
    if ('name' in next && typeof next.name === 'string') names.push(next.name)
    if ('failures' in next && Array.isArray(next.failures)) next = next.failures[0]
    else next = 'inner' in next ? next.inner : undefined
  }
  return names
}
