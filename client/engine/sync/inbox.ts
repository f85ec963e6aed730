/**
 * Foreign journals on this device: what the server sends is read, checked against its chain, kept and
 * handed on, in this order. Opens nothing by itself (sync.ts) and folds nothing (the projector).
 *
 * A journal whose records do not chain, or are not of the device its name says, is used no further: what
 * came before stays, what follows is not taken [INB3] until it is fetched anew.
 */
import type { Doc } from 'yjs'
import { applyUpdate, transact } from 'yjs'
import { checkChain } from '#domain/records/chain.ts'
import { chainText, type JournalName, parseJournalName } from '#domain/records/journal-name.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { decodeRecord, type StoredRecord } from '#domain/records/record-bytes.ts'
import {
  createJournalDoc,
  type JournalEntry,
  entriesUpdate,
  readEntries,
} from '#domain/replica/journal.ts'
import { watchJournal } from '#domain/replica/watch.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { docIdOf } from '../store/doc-id-of.ts'
import { unwrapped } from '#domain/records/relayed.ts'
import type { JournalAppend, JournalRow, Store } from '../store/store.ts'

/** One record as the fold takes it. */
export interface ReceivedRecord extends StoredRecord {
  readonly journal: string
}

/** Why a journal is used no further. */
export interface JournalTrouble {
  readonly journal: string
  readonly code: string
  readonly seq: number
}

export interface InboxOptions {
  readonly store: Store
  readonly term: number
  /** Rows of all journals kept on this device. */
  readonly journals: readonly JournalRow[]
  /** Not to be used from the start. */
  readonly broken?: Iterable<string>
  /** What the server has signed about a journal. */
  headOf(journal: string): { readonly seq: number; readonly hash: string } | undefined
  /** All that it has signed. */
  heads(): Iterable<{ readonly journal: string; readonly seq: number }>
  /** Records are durable here: fold them. Must not throw. */
  onReceived(records: readonly ReceivedRecord[]): void
  onTrouble(trouble: JournalTrouble): void
  /** The store refused; what was received waits in memory until `retry`. */
  onStoreFailure(error: unknown): void
}

export interface Inbox {
  /** The document of a journal, filled with what is kept here; the same one until it is closed. */
  open(journal: string): Promise<Doc>
  /** The server has handed out all that it has of a journal: it begins where its document does. */
  answered(journal: string): void
  /** Forgets the document, and what was wrong with it; what is kept stays. */
  close(journal: string): void
  rowOf(journal: string): JournalRow | undefined
  /** All that are kept and not broken. */
  sound(): readonly JournalRow[]
  isBroken(journal: string): boolean
  /** Somebody else found something wrong with a journal: it is used no further in this run. */
  distrust(trouble: JournalTrouble): void
  /** What is kept of a journal holds, whatever was said against it. */
  reinstate(journal: string): void
  /** Compares what is kept with a head that came after it. */
  compare(head: { readonly journal: string; readonly seq: number; readonly hash: string }): void
  /** Goes on from `rows`, where the store stands: a refused commit may have been kept all the same. */
  retry(rows: readonly JournalRow[]): void
  /** Resolves when everything received so far is kept. */
  settled(): Promise<void>
}

/** The server has signed another history of a journal. */
export const headDiffers = 'head-differs'

/** Records kept in one transaction at most: a long journal comes in pieces, each durable before the next. */
const limitKept = 2_000

interface OpenJournal {
  readonly name: JournalName
  readonly doc: Doc
  readonly stop: () => void
}

export function makeInbox(options: InboxOptions): Inbox {
  return new StoreInbox(options)
}

class StoreInbox implements Inbox {
  readonly #options: InboxOptions
  readonly #rows: Map<string, JournalRow>
  readonly #open = new Map<string, Promise<OpenJournal>>()
  readonly #docs = new Map<string, OpenJournal>()
  /** Journals with entries that are not kept yet. */
  readonly #dirty = new Set<string>()
  /** Of these, the ones that are to be closed when they are. */
  readonly #closing = new Set<string>()
  /** Journals whose documents hold all that the server had when they were opened. */
  readonly #answered = new Set<string>()
  /** What the server sent of them does not hold; asked again it may. */
  readonly #broken = new Set<string>()
  readonly #distrusted: Set<string>
  #running: Promise<void> | undefined
  #isStopped = false

  constructor(options: InboxOptions) {
    this.#options = options
    this.#distrusted = new Set(options.broken)
    this.#rows = new Map(options.journals.map((row) => [row.journal, row]))
  }

  async open(journal: string): Promise<Doc> {
    this.#closing.delete(journal)
    const opening = this.#open.get(journal) ?? this.#load(journal)
    this.#open.set(journal, opening)
    try {
      return (await opening).doc
    } catch (error) {
      this.#open.delete(journal)
      throw error
    }
  }

  async #load(journal: string): Promise<OpenJournal> {
    const name = parseJournalName(journal)
    if (!name.ok) throw new Error(`not a journal: ${journal}`)
    const rows = await this.#options.store.updatesOf(journal, -1)
    const doc = createJournalDoc()
    transact(doc, () => {
      for (const row of rows) applyUpdate(doc, row.bytes)
    })
    const stop = watchJournal(doc, () => this.#mark(journal), {
      onProblem: ({ code }) => this.#suspect(journal, code),
    })
    const opened = { name: name.value, doc, stop }
    this.#docs.set(journal, opened)
    return opened
  }

  answered(journal: string): void {
    if (!this.#docs.has(journal)) return
    this.#answered.add(journal)
    if (!this.#rows.has(journal)) this.#mark(journal)
  }

  /** [INB8] What holds and is not kept yet is kept first; what does not hold is let go at once. */
  close(journal: string): void {
    if (this.#dirty.has(journal) && !this.isBroken(journal)) {
      this.#closing.add(journal)
      return
    }
    this.#dirty.delete(journal)
    this.#closing.delete(journal)
    this.#open.delete(journal)
    this.#docs.get(journal)?.stop()
    this.#docs.get(journal)?.doc.destroy()
    this.#docs.delete(journal)
    this.#answered.delete(journal)
    this.#broken.delete(journal)
  }

  rowOf(journal: string): JournalRow | undefined {
    return this.#rows.get(journal)
  }

  sound(): readonly JournalRow[] {
    return [...this.#rows.values()].filter(({ journal }) => !this.isBroken(journal))
  }

  isBroken(journal: string): boolean {
    return this.#broken.has(journal) || this.#distrusted.has(journal)
  }

  distrust({ journal, code, seq }: JournalTrouble): void {
    this.#break(journal, code, seq)
    this.#distrusted.add(journal)
  }

  reinstate(journal: string): void {
    this.#broken.delete(journal)
  }

  compare({ journal, seq, hash }: { journal: string; seq: number; hash: string }): void {
    const row = this.#rows.get(journal)
    if (row?.seq === seq && row.hash !== hash) this.#break(journal, headDiffers, seq)
  }

  retry(rows: readonly JournalRow[]): void {
    for (const row of rows) {
      if (row.seq > (this.#rows.get(row.journal)?.seq ?? -1)) this.#rows.set(row.journal, row)
    }
    this.#isStopped = false
    if (this.#dirty.size > 0) this.#running ??= this.#run()
  }

  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  #mark(journal: string): void {
    this.#dirty.add(journal)
    if (!this.#isStopped) this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    // Everything that comes in this turn of the event loop rides along.
    await Promise.resolve()
    try {
      while (this.#dirty.size > 0) await this.#keepNext()
    } catch (error) {
      this.#isStopped = true
      this.#options.onStoreFailure(error)
    } finally {
      this.#running = undefined
    }
  }

  async #keepNext(): Promise<void> {
    const { store, term, onReceived } = this.#options
    const { journals, appends, received } = this.#readNext()
    if (appends.length > 0) {
      try {
        await store.commit({ term, appends })
      } catch (error) {
        for (const journal of journals) this.#dirty.add(journal)
        throw error
      }
      for (const { journal } of appends) this.#rows.set(journal.journal, journal)
      onReceived(received)
    }
    for (const journal of journals) if (this.#closing.has(journal)) this.close(journal)
  }

  /** As much as one transaction takes, off the list of what is to be kept. */
  #readNext() {
    const journals: string[] = []
    const appends: JournalAppend[] = []
    const received: ReceivedRecord[] = []
    for (const journal of this.#dirty) {
      if (received.length >= limitKept) break
      journals.push(journal)
      const append = this.#read(journal, received)
      if (append !== undefined) appends.push(append)
    }
    // What comes from now on marks its journal again; the last one may have more than fits.
    for (const journal of journals) this.#dirty.delete(journal)
    const last = journals.at(-1)
    if (received.length >= limitKept && last !== undefined) this.#dirty.add(last)
    return { journals, appends, received }
  }

  /** What a document has beyond what is kept, checked; pushes the records to `received`. */
  #read(journal: string, received: ReceivedRecord[]): JournalAppend | undefined {
    const open = this.#docs.get(journal)
    if (open === undefined || this.isBroken(journal)) return undefined
    const row = this.#rows.get(journal)
    const fromSeq = row === undefined ? 0 : row.seq + 1
    const entries = readEntries(open.doc, fromSeq, limitKept - received.length)
    const [first] = entries
    if (first === undefined) return undefined
    if (row === undefined && !this.#isBeginning(journal, open.name, first.seq)) return undefined
    const decoded = decodeEntries(entries, open.name)
    if (!decoded.ok) return this.#break(journal, decoded.problem.code, decoded.problem.seq)
    const records = decoded.value
    const broken =
      this.#chainProblem(open.name, row, records) ?? this.#headProblem(journal, records)
    if (broken !== undefined) return this.#break(journal, broken.code, broken.seq)
    const update = entriesUpdate(open.doc, entries)
    for (const record of records) received.push({ ...record, journal })
    return appendOf(journal, row, entries, records, update)
  }

  /** [INB9] What is new may overtake what was there: a month begins where the one before ends. */
  #isBeginning(journal: string, name: JournalName, seq: number): boolean {
    if (seq === 0 || this.#answered.has(journal)) return true
    return [...this.#options.heads()].some((head) => {
      return head.seq === seq - 1 && isOtherMonth(name, head.journal)
    })
  }

  /** Against what is kept of the same journal, or of the months before and after it where they are here. */
  #chainProblem(
    name: JournalName,
    row: JournalRow | undefined,
    records: readonly StoredRecord[],
  ): { code: string; seq: number } | undefined {
    const [first] = records
    const last = records.at(-1)
    if (first === undefined || last === undefined) return undefined
    const before = row ?? this.#monthBefore(name, first.record)
    const checked = checkChain(before, records)
    if (!checked.ok) return checked.problem
    const after = this.#sameChain(name).find((each) => each.firstSeq === last.record.seq + 1)
    if (after === undefined || after.firstPrev === last.hash) return undefined
    return { code: 'prev-differs', seq: after.firstSeq }
  }

  /** The server's signed word about one of these records, where it has spoken of it already. */
  #headProblem(
    journal: string,
    records: readonly StoredRecord[],
  ): { code: string; seq: number } | undefined {
    const head = this.#options.headOf(journal)
    const firstSeq = records[0]?.record.seq
    if (head === undefined || firstSeq === undefined) return undefined
    const spokenOf = records[head.seq - firstSeq]
    if (spokenOf === undefined || spokenOf.hash === head.hash) return undefined
    return { code: headDiffers, seq: head.seq }
  }

  /** Where the month before ends; taken on trust from `prev` until that month is here. */
  #monthBefore(name: JournalName, first: JournalRecord): { seq: number; hash: string } | undefined {
    if (first.seq === 0) return undefined
    const before = this.#sameChain(name).find((row) => row.seq === first.seq - 1)
    return before ?? { seq: first.seq - 1, hash: first.prev }
  }

  #sameChain(name: JournalName): JournalRow[] {
    return [...this.#rows.values()].filter((row) => isOtherMonth(name, row.journal))
  }

  /** Before it is known where a journal begins, nothing that comes is too late. */
  #suspect(journal: string, code: string): void {
    const row = this.#rows.get(journal)
    const isOpenBelow = row === undefined && !this.#answered.has(journal)
    if (code === 'entry-late' && isOpenBelow) this.#mark(journal)
    else this.#break(journal, code, row?.seq ?? -1)
  }

  #break(journal: string, code: string, seq: number): undefined {
    if (this.isBroken(journal)) return undefined
    this.#broken.add(journal)
    this.#options.onTrouble({ journal, code, seq })
    return undefined
  }
}

function isOtherMonth(name: JournalName, journal: string): boolean {
  const other = parseJournalName(journal)
  if (!other.ok || other.value.shard === name.shard) return false
  return chainText(other.value) === chainText(name)
}

/** Records as stored; each must be what the name of its journal says. */
function decodeEntries(
  entries: readonly JournalEntry[],
  name: JournalName,
): Result<readonly StoredRecord[], { code: string; seq: number }> {
  const records: StoredRecord[] = []
  for (const { seq, bytes } of entries) {
    const decoded = decodeRecord(bytes)
    if (!decoded.ok) return fail({ code: decoded.problem.code, seq })
    const { record } = decoded.value
    const isInPlace =
      record.seq === seq &&
      record.org === name.org &&
      record.branch === name.branch &&
      record.audience === name.audience &&
      record.shard === name.shard &&
      record.device === name.device
    if (!isInPlace) return fail({ code: 'envelope-differs', seq })
    records.push(decoded.value)
  }
  return done(records)
}

function appendOf(
  journal: string,
  row: JournalRow | undefined,
  entries: readonly JournalEntry[],
  records: readonly StoredRecord[],
  update: Uint8Array,
): JournalAppend | undefined {
  const [first] = records
  const last = records.at(-1)
  if (first === undefined || last === undefined) return undefined
  const hlc = records.reduce((max, { record }) => Math.max(max, record.hlc), row?.hlc ?? 0)
  return {
    journal: {
      journal,
      firstSeq: row?.firstSeq ?? first.record.seq,
      firstPrev: row?.firstPrev ?? first.record.prev,
      seq: last.record.seq,
      hash: last.hash,
      hlc,
    },
    updates: [{ journal, fromSeq: first.record.seq, toSeq: last.record.seq, bytes: update }],
    records: entries.map(({ seq, bytes }, i) => {
      const decoded = records[i]
      const docId = docIdOf(decoded && unwrapped(decoded).record)
      return docId === undefined ? { journal, seq, bytes } : { journal, seq, bytes, docId }
    }),
  }
}
