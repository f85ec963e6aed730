/**
 * The store in the browser: ONE Dexie database whose transactions ask for strict durability, so that
 * `complete` means the disk has it. Knows rows and keys, nothing of what they mean.
 *
 * A post waits for a single put: its whole change is added as one row of the table `log` (measured in
 * Chromium: 1.0–1.2 times a bare strict put; the same rows spread over their tables at once 2.5–3.5
 * times). Log rows are *settled* into the indexed tables later, many in one transaction: when it is
 * quiet, before a large change, and at opening. Until then reads see them laid over the tables.
 */
import { Dexie } from 'dexie'
import { completionOf } from './completion-of.ts'
import {
  blobRow,
  engineKey,
  type Tables,
  tableSchemas,
  tablesOf,
  tablesTouchedBy,
  writeChanges,
} from './dexie-tables.ts'
import {
  type BlobRow,
  type Change,
  type CommandRow,
  checkAppends,
  type EngineRow,
  type HeadRow,
  type JournalRow,
  newEngineRow,
  type RecordRow,
  type Store,
  storeFailureOf,
  termLost,
  type UpdateRow,
} from './store.ts'
import { bytesIn, isLogged } from './logged-change.ts'
import { type LogRow, portionOf } from './store-log.ts'
import {
  commandsOver,
  documentsOver,
  engineOver,
  headsOver,
  journalsOver,
  recordsOver,
  updatesOver,
  valueOver,
} from './unsettled.ts'

/** Browsers refuse a count above it; the one in Node does not. */
const limitCount = 4_294_967_295
/** Without a change for so long, log rows are settled. */
const quietMs = 1_000
/** Bytes of log rows that reads carry along at most; a change beyond them settles first. */
const limitUnsettledBytes = 8_388_608

/**
 * `name` is one per origin; tests give their own. `beforeReopening` is awaited before a database is opened again
 * that was closed under us, as a browser does whose disk failed.
 */
export function openDexieStore(
  name: string,
  beforeReopening: () => Promise<void> = async () => {},
): Store {
  return new DexieStore(name, beforeReopening)
}

class DexieStore implements Store {
  readonly #database: Dexie
  readonly #tables: Tables
  /** Last seq kept of each journal, settled or not; true while our term holds. */
  readonly #tailByJournal = new Map<string, number>()
  #nextLog = 1
  /** Log rows that are not settled, in order. */
  #unsettled: readonly LogRow[] = []
  /** One transaction of settling; reads wait for it. */
  #settling: Promise<void> | undefined
  /** All of a settling, portion by portion. */
  #moving: Promise<void> | undefined
  readonly #reads = new Set<Promise<unknown>>()
  #recovering: Promise<EngineRow | undefined> | undefined
  /** Rises when rows are about to be moved: what was read across it is read again. */
  #moves = 0
  #cancelSettling: (() => void) | undefined
  /** True while a failure may have left the log other than we think: it is read again before use. */
  #isUnsure = true
  readonly #beforeReopening: () => Promise<void>
  #isMeantOpen = false
  #opening: Promise<void> | undefined

  constructor(name: string, beforeReopening: () => Promise<void>) {
    this.#beforeReopening = beforeReopening
    this.#database = new Dexie(name, { chromeTransactionDurability: 'strict' })
    this.#database.version(1).stores(tableSchemas)
    this.#tables = tablesOf(this.#database)
  }

  open(): Promise<EngineRow> {
    return this.#guarded(async () => {
      return (await this.#recover()) ?? newEngineRow
    })
  }

  /** The next use opens it again. */
  close(): void {
    this.#cancelSettling?.()
    this.#isMeantOpen = false
    this.#database.close({ disableAutoOpen: false })
  }

  takeTerm(): Promise<EngineRow> {
    return this.#guarded(async () => {
      const { term } = await this.#database.transaction('rw', this.#tables.engine, async () => {
        const before = (await this.#tables.engine.get(engineKey)) ?? newEngineRow
        const taken = { ...before, term: before.term + 1 }
        await this.#tables.engine.put(taken, engineKey)
        return taken
      })
      // Only now nobody else can add to the log.
      return { ...((await this.#recover()) ?? newEngineRow), term }
    })
  }

  commit(change: Change): Promise<void> {
    return this.#guarded(async () => {
      if (this.#isUnsure) await this.#recover()
      checkAppends(change, (journal) => this.#tailByJournal.get(journal))
      try {
        await (isLogged(change) ? this.#addToLog(change) : this.#writeThrough(change))
      } catch (error) {
        this.#isUnsure = true
        throw error
      }
      for (const journal of change.dropped ?? []) this.#tailByJournal.delete(journal)
      for (const { journal } of change.appends ?? []) {
        this.#tailByJournal.set(journal.journal, journal.seq)
      }
    })
  }

  /** The road of a post: one put, straight to IndexedDB, whose `complete` is the promise. */
  async #addToLog(change: Change): Promise<void> {
    // It is not quiet: nobody moves rows beside a burst.
    this.#cancelSettling?.()
    if (this.#unsettledBytes() > limitUnsettledBytes) await this.#settle()
    const connection = this.#database.backendDB()
    const transaction = connection.transaction(['engine', 'log'], 'readwrite', {
      durability: 'strict',
    })
    const completed = completionOf(transaction)
    const kept: IDBRequest<EngineRow | undefined> = transaction.objectStore('engine').get(engineKey)
    let found = change.term
    kept.onsuccess = () => {
      found = kept.result?.term ?? 0
      // INVARIANT [E1]: one transaction sees one state, so aborting undoes the put queued below.
      if (found !== change.term) transaction.abort()
    }
    const no = this.#nextLog
    this.#nextLog = no + 1
    transaction.objectStore('log').add(change, no)
    await completed.catch((error: unknown) => {
      throw found === change.term ? error : termLost(change.term, found)
    })
    this.#unsettled = [...this.#unsettled, { no, change, bytes: bytesIn(change) }]
    this.#settleSoon()
  }

  #unsettledBytes(): number {
    return this.#unsettled.reduce((sum, row) => sum + row.bytes, 0)
  }

  /** Opens where need be, since Dexie keeps to an opening that failed; gives every failure its name. */
  async #guarded<Value>(act: () => PromiseLike<Value>): Promise<Value> {
    try {
      if (!this.#database.isOpen()) await this.#open()
      return await act()
    } catch (error) {
      throw storeFailureOf(error)
    }
  }

  /** One at a time: what stands before a reopening is done once for all who wait for it. */
  #open(): Promise<void> {
    this.#opening ??= this.#openOnce().finally(() => {
      this.#opening = undefined
    })
    return this.#opening
  }

  async #openOnce(): Promise<void> {
    if (this.#isMeantOpen) await this.#beforeReopening()
    await this.#database.open()
    this.#isMeantOpen = true
  }

  /** The road of everything else: settles the log first, so that changes keep their order. */
  async #writeThrough(change: Change): Promise<void> {
    await this.#settle()
    await this.#database.transaction('rw', tablesTouchedBy(this.#tables, change), async () => {
      const kept = (await this.#tables.engine.get(engineKey)) ?? newEngineRow
      if (kept.term !== change.term) throw termLost(change.term, kept.term)
      await writeChanges(this.#tables, [change])
    })
  }

  /** Rows that cannot be settled now stay readable where they are, and are tried again. */
  #settleSoon(): void {
    this.#cancelSettling?.()
    const timer = setTimeout(() => void this.#settle().catch(() => {}), quietMs)
    this.#cancelSettling = () => clearTimeout(timer)
  }

  /** Moves log rows into their tables, all that are there when it is called. One at a time. */
  async #settle(): Promise<void> {
    while (this.#moving !== undefined) await this.#moving
    if (this.#unsettled.length === 0) return
    this.#moving = this.#moveRows(this.#unsettled.at(-1)?.no ?? 0).finally(() => {
      this.#moving = undefined
    })
    await this.#moving
  }

  async #moveRows(until: number): Promise<void> {
    for (;;) {
      const rows = portionOf(this.#unsettled, until)
      if (rows.length === 0) return
      this.#settling = this.#movePortion(rows).finally(() => {
        this.#settling = undefined
      })
      await this.#settling
      // Whoever waits to read comes first, those that are there now: later ones wait for the next portion.
      await new Promise((resolve) => setTimeout(resolve))
      await Promise.allSettled(this.#reads)
    }
  }

  async #movePortion(rows: readonly LogRow[]): Promise<void> {
    const [first] = rows
    const last = rows.at(-1)
    if (first === undefined || last === undefined) return
    this.#moves += 1
    await this.#database.transaction('rw', this.#database.tables, async () => {
      await writeChanges(
        this.#tables,
        rows.map(({ change }) => change),
      )
      await this.#tables.log.where(':id').between(first.no, last.no, true, true).delete()
    })
    this.#unsettled = this.#unsettled.filter(({ no }) => no > last.no)
  }

  /** Settles whatever any engine left in the log, and learns what may be appended next. One at a time. */
  #recover(): Promise<EngineRow | undefined> {
    this.#recovering ??= this.#recoverOnce().finally(() => {
      this.#recovering = undefined
    })
    return this.#recovering
  }

  async #recoverOnce(): Promise<EngineRow | undefined> {
    const tables = this.#tables
    this.#moves += 1
    const nextLog = this.#nextLog
    const read = [tables.log, tables.journals, tables.engine]
    const [left, tails, engine] = await this.#database.transaction('r', read, () =>
      Promise.all([tables.log.count(), tables.journals.toArray(), tables.engine.get(engineKey)]),
    )
    if (left > 0) return this.#recoverLog()
    this.#learn(tails, nextLog - 1)
    return engine
  }

  async #recoverLog(): Promise<EngineRow | undefined> {
    const tables = this.#tables
    const found = await this.#database.transaction('rw', this.#database.tables, async () => {
      const [left, numbers] = await Promise.all([
        tables.log.toArray(),
        tables.log.toCollection().primaryKeys(),
      ])
      await writeChanges(tables, left)
      await tables.log.clear()
      const [tails, engine] = await Promise.all([
        tables.journals.toArray(),
        tables.engine.get(engineKey),
      ])
      return { tails, engine, last: numbers.at(-1) ?? 0 }
    })
    this.#learn(found.tails, found.last)
    return found.engine
  }

  /** `lastLog`: up to there nothing is left in the log. */
  #learn(tails: readonly JournalRow[], lastLog: number): void {
    this.#tailByJournal.clear()
    for (const row of tails) this.#tailByJournal.set(row.journal, row.seq)
    this.#nextLog = Math.max(this.#nextLog, lastLog + 1)
    this.#unsettled = this.#unsettled.filter(({ no }) => no > lastLog)
    this.#isUnsure = false
  }

  /** Every read goes through here: what the tables say, and the log rows to be laid over it. */
  #read<Kept, Value>(
    read: (tables: Tables) => PromiseLike<Kept>,
    over: (kept: Kept, changes: readonly Change[]) => Value,
  ): Promise<Value> {
    return this.#guarded(async () => {
      for (;;) {
        if (this.#isUnsure) await this.#recover()
        while (this.#settling !== undefined) await this.#settling.catch(() => {})
        const moves = this.#moves
        const changes = this.#unsettled.map(({ change }) => change)
        const reading = Promise.resolve(read(this.#tables))
        this.#reads.add(reading)
        const kept = await reading.finally(() => this.#reads.delete(reading))
        if (moves === this.#moves) return over(kept, changes)
      }
    })
  }

  engine(): Promise<EngineRow> {
    return this.#read(
      async (tables) => (await tables.engine.get(engineKey)) ?? newEngineRow,
      engineOver,
    )
  }

  value(name: string): Promise<unknown> {
    return this.#read(
      (tables) => tables.values.get(name),
      (kept, changes) => valueOver(name, kept, changes),
    )
  }

  journals(): Promise<readonly JournalRow[]> {
    return this.#read((tables) => tables.journals.toArray(), journalsOver)
  }

  heads(): Promise<readonly HeadRow[]> {
    return this.#read((tables) => tables.heads.toArray(), headsOver)
  }

  updatesOf(journal: string, afterSeq: number): Promise<readonly UpdateRow[]> {
    return this.#read(
      (tables) =>
        tables.updates
          .where('[journal+toSeq]')
          .between([journal, afterSeq], [journal, Dexie.maxKey], false)
          .toArray(),
      (kept, changes) => updatesOver({ journal, afterSeq }, kept, changes),
    )
  }

  recordsOf(journal: string, fromSeq: number, limit: number): Promise<readonly RecordRow[]> {
    return this.#read(
      (tables) =>
        tables.records
          .where('[journal+seq]')
          .between([journal, fromSeq], [journal, Dexie.maxKey])
          .limit(Math.min(limit, limitCount))
          .toArray(),
      (kept, changes) => recordsOver({ journal, fromSeq, limit }, kept, changes),
    )
  }

  recordsOfDocuments(docIds: readonly string[]): Promise<readonly RecordRow[]> {
    return this.#read(
      (tables) =>
        tables.records
          .where('docId')
          .anyOf([...docIds])
          .toArray(),
      (kept, changes) => documentsOver(docIds, kept, changes),
    )
  }

  commands(limit: number): Promise<readonly CommandRow[]> {
    return this.#read(
      (tables) => tables.commands.reverse().limit(limit).toArray(),
      (kept, changes) => commandsOver(limit, kept, changes),
    )
  }

  async blob(name: string): Promise<BlobRow | undefined> {
    const kept = await this.#read(
      (tables) => tables.blobs.get(name),
      (found) => found,
    )
    return blobRow(kept)
  }

  wipe(): Promise<void> {
    return this.#guarded(async () => {
      await this.#database.transaction('rw', this.#database.tables, async () => {
        const { term } = (await this.#tables.engine.get(engineKey)) ?? newEngineRow
        await Promise.all(this.#database.tables.map((table) => table.clear()))
        await this.#tables.engine.put({ ...newEngineRow, term }, engineKey)
      })
      await this.#recover()
    })
  }
}
