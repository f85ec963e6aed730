/**
 * What the engine does when nobody waits: audits the figures, keeps the fold as a blob for the next start, and puts the many
 * small updates of a journal together. Leaving it undone costs time at the next start, nothing else.
 */
import { applyUpdate, transact } from 'yjs'
import { createJournalDoc, journalPieces } from '#domain/replica/journal.ts'
import type { Projector } from '#client/projections/projector.ts'
import type { Status } from '../face/face.ts'
import type { Clock, Timers } from '../ports.ts'
import { auditStatus } from './audit-status.ts'
import type { Store, UpdateRow } from '../store/store.ts'

export interface UpkeepOptions {
  readonly store: Store
  readonly term: number
  readonly timers: Timers
  readonly projector: Projector
  /** How far an own journal is confirmed; undefined for the journals of others. */
  coveredSeq(journal: string): number | undefined
  onFailure(error: unknown): void
  readonly clock: Clock
  /** What the fold started from is held against the records, once all are here [STP6]. */
  prove(): Promise<void>
  /** The figures were compared with what they follow from [AUD1]. */
  onAudited(): void
}

export interface Upkeep {
  /** The outcome of the last self-audit; undefined before the first. */
  readonly audit: Status['audit']
  /** These journals have grown: there may be something to do once it is quiet. */
  touch(journals: Iterable<string>): void
  close(): void
}

const quietMs = 10_000
/** A blob is worth its writing after so many records, */
const minUnsaved = 50
/** and after one for so many of its bytes: folding a record costs less than writing these. */
const bytesPerRecord = 65_536
/** Small rows of one journal that are put together when there are more. */
const limitRows = 64
/** A row of so many bytes is left as it is: nothing is written twice for the sake of a few records. */
const wholeBytes = 131_072
const commandsKept = 2_000

export function makeUpkeep(options: UpkeepOptions): Upkeep {
  const grown = new Set<string>()
  let cancel: (() => void) | undefined
  let blobBytes = 0
  let isClosed = false
  let audit: Upkeep['audit']

  function touch(journals: Iterable<string>): void {
    for (const journal of journals) grown.add(journal)
    cancel?.()
    if (!isClosed) cancel = options.timers.after(quietMs, () => void run())
  }

  async function run(): Promise<void> {
    try {
      const problem = options.projector.fold.audit()
      audit = auditStatus(options.projector.fold, options.clock.nowMs(), problem)
      options.onAudited()
      // What contradicts itself is not kept: the next start folds everything anew.
      if (problem === undefined) await saveBlob()
      await compactJournals()
      await options.prove()
    } catch (error) {
      options.onFailure(error)
    }
  }

  async function saveBlob(): Promise<void> {
    const { store, term, projector } = options
    if (isClosed || projector.unsaved < Math.max(minUnsaved, blobBytes / bytesPerRecord)) return
    // A blob of a fold that lacks records would hide at the next start that they are lacking.
    if (projector.damaged.length > 0) return
    const blob = projector.blob()
    await store.commit({ term, blobs: [blob, ...projector.news.blobs()], commandsKept })
    blobBytes = blob.bytes.length
  }

  async function compactJournals(): Promise<void> {
    for (const journal of grown) {
      if (isClosed) return
      await compact(journal)
      grown.delete(journal)
    }
  }

  async function compact(journal: string): Promise<void> {
    const { store, term } = options
    const until = options.coveredSeq(journal) ?? Number.POSITIVE_INFINITY
    const rows = await store.updatesOf(journal, -1)
    // What is not confirmed stays in its pieces: each ends with a signature, and is sent as it is.
    const settled = rows.filter((row) => row.toSeq <= until)
    const compacted = compactedRow(settled)
    if (compacted !== undefined && !isClosed) await store.commit({ term, compacted })
  }

  // What was folded at the start is worth keeping too: after an update of the app that is everything.
  if (options.projector.unsaved >= minUnsaved) touch([])
  return {
    get audit() {
      return audit
    },
    touch,
    close() {
      isClosed = true
      cancel?.()
    },
  }
}

/**
 * One row for the small ones at the end: written anew from a document, never by `mergeUpdates`, whose cost
 * is quadratic.
 */
function compactedRow(rows: readonly UpdateRow[]): UpdateRow | undefined {
  let from = rows.length
  while ((rows[from - 1]?.bytes.length ?? wholeBytes) < wholeBytes) from -= 1
  const small = rows.slice(from)
  const [first] = small
  const last = small.at(-1)
  if (first === undefined || last === undefined || small.length <= limitRows) return undefined
  const doc = createJournalDoc()
  transact(doc, () => {
    for (const row of rows) applyUpdate(doc, row.bytes)
  })
  const [bytes] = journalPieces(doc, first.fromSeq, Number.POSITIVE_INFINITY)
  doc.destroy()
  if (bytes === undefined) return undefined
  return { journal: first.journal, fromSeq: first.fromSeq, toSeq: last.toSeq, bytes }
}
