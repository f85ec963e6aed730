/**
 * The store in the browser: ONE Dexie database whose transactions ask for strict durability, so that
 * `complete` means the disk has it. Knows rows and keys, nothing of what they mean.
 *
 * A post waits for a single put: its whole change is added as one row of the table `log` (measured in
 * Chromium: 1.0–1.2 times a bare strict put; the same rows spread over their tables at once 2.5–3.5
 * times). Log rows are *settled* into the indexed tables later, many in one transaction: before any
 * read, with the next change that is not a post, and at opening.
 */
import { Dexie, type Table } from 'dexie'
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
  StoreFailure,
  storeFailureOf,
  type UpdateRow,
} from './store.ts'

interface Tables {
  readonly engine: Table<EngineRow, number>
  /** Changes that are durable and not yet settled, by a number that rises. */
  readonly log: Table<Change, number>
  readonly journals: Table<JournalRow, string>
  readonly updates: Table<UpdateRow, [string, number]>
  readonly records: Table<RecordRow, [string, number]>
  /** By a number that rises, so that the newest are found without a clock. */
  readonly commands: Table<CommandRow, number>
  readonly heads: Table<HeadRow, string>
  readonly blobs: Table<BlobRow, string>
  readonly values: Table<unknown, string>
}

/** The one row of the table `engine`. */
const engineKey = 1
/** Log rows settled in one transaction at most, so that a long burst does not block one read for long. */
const limitSettled = 50

/** `name` is one per origin; tests give their own. */
export function openDexieStore(name: string): Store {
  return new DexieStore(name)
}

class DexieStore implements Store {
  readonly #database: Dexie
  readonly #tables: Tables
  /** Last seq kept of each journal, settled or not; true while our term holds. */
  readonly #tailByJournal = new Map<string, number>()
  /** The number of the next log row, and of the first that is not settled. */
  #nextLog = 1
  #firstUnsettled = 1
  /** True while a failure may have left the log other than we think: it is read again before use. */
  #isUnsure = true

  constructor(name: string) {
    this.#database = new Dexie(name, { chromeTransactionDurability: 'strict' })
    this.#database.version(1).stores({
      engine: '',
      log: '',
      journals: 'journal',
      updates: '[journal+toSeq]',
      records: '[journal+seq], docId',
      commands: '++, &id',
      heads: 'journal',
      blobs: 'name',
      values: '',
    })
    this.#tables = tablesOf(this.#database)
  }

  open(): Promise<EngineRow> {
    return guarded(async () => {
      await this.#database.open()
      return (await this.#recover()) ?? newEngineRow
    })
  }

  /** The next use opens it again. */
  close(): void {
    this.#database.close({ disableAutoOpen: false })
  }

  takeTerm(): Promise<EngineRow> {
    return guarded(async () => {
      await this.#recover()
      return this.#database.transaction('rw', this.#tables.engine, async () => {
        const before = (await this.#tables.engine.get(engineKey)) ?? newEngineRow
        const taken = { ...before, term: before.term + 1 }
        await this.#tables.engine.put(taken, engineKey)
        return taken
      })
    })
  }

  commit(change: Change): Promise<void> {
    return guarded(async () => {
      if (this.#isUnsure) await this.#recover()
      checkAppends(change, (journal) => this.#tailByJournal.get(journal))
      try {
        await (isPost(change) ? this.#addToLog(change) : this.#writeThrough(change))
      } catch (error) {
        this.#isUnsure = true
        throw error
      }
      for (const { journal } of change.appends ?? []) {
        this.#tailByJournal.set(journal.journal, journal.seq)
      }
    })
  }

  /** The road of a post: one put, straight to IndexedDB, whose `complete` is the promise. */
  async #addToLog(change: Change): Promise<void> {
    const connection = await this.#connection()
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
    transaction.objectStore('log').add(change, no)
    await completed.catch((error: unknown) => {
      throw found === change.term ? error : termLost(change.term, found)
    })
    this.#nextLog = no + 1
  }

  async #connection(): Promise<IDBDatabase> {
    if (!this.#database.isOpen()) await this.#database.open()
    return this.#database.backendDB()
  }

  /** The road of everything else: settles the log first, so that changes keep their order. */
  async #writeThrough(change: Change): Promise<void> {
    await this.#settle()
    await this.#database.transaction('rw', this.#touchedBy(change), async () => {
      const kept = (await this.#tables.engine.get(engineKey)) ?? newEngineRow
      if (kept.term !== change.term) throw termLost(change.term, kept.term)
      await this.#write([change])
    })
  }

  /** Moves log rows into their tables, all that are there when it is called. */
  async #settle(): Promise<void> {
    const until = this.#nextLog
    while (this.#firstUnsettled < until) {
      const from = this.#firstUnsettled
      const to = Math.min(until, from + limitSettled)
      await this.#database.transaction('rw', this.#database.tables, async () => {
        const changes = await this.#tables.log.where(':id').between(from, to, true, false).toArray()
        await this.#write(changes)
        await this.#tables.log.where(':id').between(from, to, true, false).delete()
      })
      this.#firstUnsettled = Math.max(this.#firstUnsettled, to)
    }
  }

  /** Settles whatever any engine left in the log, and learns what may be appended next. */
  async #recover(): Promise<EngineRow | undefined> {
    const tables = this.#tables
    return this.#database.transaction('rw', this.#database.tables, async () => {
      const [left, keys] = await Promise.all([
        tables.log.toArray(),
        tables.log.toCollection().primaryKeys(),
      ])
      await this.#write(left)
      await tables.log.clear()
      const tails = await tables.journals.toArray()
      this.#tailByJournal.clear()
      for (const row of tails) this.#tailByJournal.set(row.journal, row.seq)
      this.#nextLog = Math.max(this.#nextLog, (keys.at(-1) ?? 0) + 1)
      this.#firstUnsettled = this.#nextLog
      this.#isUnsure = false
      return tables.engine.get(engineKey)
    })
  }

  async #write(changes: readonly Change[]): Promise<void> {
    const tables = this.#tables
    const appends = changes.flatMap((change) => change.appends ?? [])
    const engine = changes.filter((change) => change.engine !== undefined).at(-1)
    const writes: PromiseLike<unknown>[] = []
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
      putAll(
        tables.blobs,
        changes.flatMap((change) => change.blobs ?? []),
      ),
    )
    for (const { values = {}, compacted, commandsKept } of changes) {
      for (const [name, value] of Object.entries(values)) {
        const isGone = value === undefined
        writes.push(isGone ? tables.values.delete(name) : tables.values.put(value, name))
      }
      if (compacted !== undefined) writes.push(compact(tables, compacted))
      if (commandsKept !== undefined) writes.push(forgetCommands(tables, commandsKept))
    }
    await Promise.all(writes)
  }

  /** Fewer tables in a transaction let reads of the others run beside it. */
  #touchedBy(change: Change): Table[] {
    const tables = this.#tables
    const touched: Table[] = [tables.engine]
    if (change.appends) touched.push(tables.journals, tables.updates, tables.records)
    if (change.commands || change.commandsKept !== undefined) touched.push(tables.commands)
    if (change.heads) touched.push(tables.heads)
    if (change.blobs) touched.push(tables.blobs)
    if (change.values) touched.push(tables.values)
    if (change.compacted && !change.appends) touched.push(tables.updates)
    return touched
  }

  /** Every read of settled tables goes through here. */
  #read<Value>(read: (tables: Tables) => PromiseLike<Value>): Promise<Value> {
    return guarded(async () => {
      await (this.#isUnsure ? this.#recover() : this.#settle())
      return read(this.#tables)
    })
  }

  engine(): Promise<EngineRow> {
    return this.#read(async (tables) => (await tables.engine.get(engineKey)) ?? newEngineRow)
  }

  value(name: string): Promise<unknown> {
    return this.#read((tables) => tables.values.get(name))
  }

  journals(): Promise<readonly JournalRow[]> {
    return this.#read((tables) => tables.journals.toArray())
  }

  heads(): Promise<readonly HeadRow[]> {
    return this.#read((tables) => tables.heads.toArray())
  }

  updatesOf(journal: string, afterSeq: number): Promise<readonly UpdateRow[]> {
    return this.#read((tables) =>
      tables.updates
        .where('[journal+toSeq]')
        .between([journal, afterSeq], [journal, Dexie.maxKey], false)
        .toArray(),
    )
  }

  recordsOf(journal: string, fromSeq: number, limit: number): Promise<readonly RecordRow[]> {
    return this.#read((tables) =>
      tables.records
        .where('[journal+seq]')
        .between([journal, fromSeq], [journal, Dexie.maxKey])
        .limit(limit)
        .toArray(),
    )
  }

  recordsOfDocuments(docIds: readonly string[]): Promise<readonly RecordRow[]> {
    return this.#read((tables) =>
      tables.records
        .where('docId')
        .anyOf([...docIds])
        .toArray(),
    )
  }

  commands(limit: number): Promise<readonly CommandRow[]> {
    return this.#read((tables) => tables.commands.reverse().limit(limit).toArray())
  }

  blob(name: string): Promise<BlobRow | undefined> {
    return this.#read((tables) => tables.blobs.get(name))
  }

  wipe(): Promise<void> {
    return guarded(async () => {
      await this.#database.transaction('rw', this.#database.tables, async () => {
        const { term } = (await this.#tables.engine.get(engineKey)) ?? newEngineRow
        await Promise.all(this.#database.tables.map((table) => table.clear()))
        await this.#tables.engine.put({ ...newEngineRow, term }, engineKey)
      })
      await this.#recover()
    })
  }
}

/** Somebody waits for it to be durable, and it is small enough to be written twice. */
function isPost(change: Change): boolean {
  return change.appends !== undefined && change.commands !== undefined
}

function termLost(own: number, found: number): StoreFailure {
  return new StoreFailure('term-lost', `term ${own}, store at ${found}`)
}

function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () =>
      reject(transaction.error ?? new Error('the transaction was aborted'))
  })
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

function tablesOf(database: Dexie): Tables {
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

/** Gives every failure of the medium its name. */
async function guarded<Value>(act: () => PromiseLike<Value>): Promise<Value> {
  try {
    return await act()
  } catch (error) {
    throw storeFailureOf(error)
  }
}
