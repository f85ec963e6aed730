/**
 * The default store: SQLite (WAL, synchronous=FULL) in a worker thread, so that an fsync never
 * holds up the event loop. Group commit: while one transaction is on its way, what arrives gathers
 * and shares the next.
 */
import { limitStoreQueueBytes } from '../limits.ts'
import { StoreThread } from './store-thread.ts'
import type { OpenReceipt, OpenRelay, Store, StoreChange, StoredState } from './store.ts'

/**
 * Opens the database file. Rejects with `data-in-use` or `data-too-new`, or what the disk said.
 * `onLost` hears when the worker died: whether its last batch is on disk is then unknown, so
 * nothing may be served from memory any more and the process must start again from the file.
 */
export async function openSqliteStore(
  file: string,
  onLost: (error: Error) => void,
): Promise<Store> {
  const thread = new StoreThread(file, onLost)
  try {
    await thread.ask({ ask: 'state' })
  } catch (error) {
    await thread.close()
    throw error
  }
  return new SqliteStore(thread)
}

/** What one caller wants kept, and how it hears of it. */
interface Unit {
  readonly changes: readonly StoreChange[]
  readonly bytes: number
  resolve(): void
  reject(error: unknown): void
}

class SqliteStore implements Store {
  readonly #thread: StoreThread
  #waiting: Unit[] = []
  #queuedBytes = 0
  #committing: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(thread: StoreThread) {
    this.#thread = thread
  }

  commit(changes: readonly StoreChange[]): Promise<void> {
    const bytes = weightOf(changes)
    if (this.#closing !== undefined) return Promise.reject(new Error('store-closed'))
    if (this.#queuedBytes + bytes > limitStoreQueueBytes) {
      return Promise.reject(new Error('store-busy'))
    }
    this.#queuedBytes += bytes
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, bytes, resolve, reject })
      this.#committing ??= this.#commitWaiting()
    })
  }

  readState(): Promise<StoredState> {
    return this.#thread.ask({ ask: 'state' }) as Promise<StoredState>
  }

  loadDocument(name: string): Promise<readonly Uint8Array[]> {
    return this.#thread.ask({ ask: 'document', name }) as Promise<Uint8Array[]>
  }

  openRelays(limit: number): Promise<readonly OpenRelay[]> {
    return this.#thread.ask({ ask: 'relays', limit }) as Promise<OpenRelay[]>
  }

  openReceipts(limit: number): Promise<readonly OpenReceipt[]> {
    return this.#thread.ask({ ask: 'receipts', limit }) as Promise<OpenReceipt[]>
  }

  async compact(name: string): Promise<void> {
    await this.#thread.ask({ ask: 'compact', name })
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish()
    return this.#closing
  }

  /**
   * INVARIANT: one batch at a time, in call order, so units resolve in the order they were asked.
   */
  async #commitWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      await this.#commitBatch(batch)
      for (const unit of batch) this.#queuedBytes -= unit.bytes
    }
    this.#committing = undefined
  }

  async #commitBatch(batch: readonly Unit[]): Promise<void> {
    const units = batch.map((unit) => unit.changes)
    try {
      const problems = (await this.#thread.ask({ ask: 'commit', units })) as (string | undefined)[]
      for (const [index, unit] of batch.entries()) {
        const problem = problems[index]
        if (problem === undefined) unit.resolve()
        else unit.reject(new Error(problem))
      }
    } catch (error) {
      for (const unit of batch) unit.reject(error)
    }
  }

  async #finish(): Promise<void> {
    await this.#committing
    await this.#thread.close()
  }
}

function weightOf(changes: readonly StoreChange[]): number {
  let bytes = 256 * changes.length
  for (const change of changes) if (change.put === 'update') bytes += change.bytes.length
  return bytes
}
