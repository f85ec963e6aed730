/**
 * Decides when a document's log is re-encoded into a snapshot: when it was let go, or has been
 * quiet, and its tail is long. How it is done safely is the store's matter.
 */
import { limitIdleTail, limitTail } from '../limits.ts'
import type { Store } from './store.ts'

const quietMs = 10_000

interface Log {
  updates: number
  changedAt: number
}

export class Compaction {
  readonly #store: Store
  readonly #nowMs: () => number
  readonly #logs = new Map<string, Log>()

  constructor(store: Store, nowMs: () => number) {
    this.#store = store
    this.#nowMs = nowMs
  }

  /** Updates were added to the document's log, or found in it when it was loaded. */
  note(document: string, updates: number): void {
    const log = this.#logs.get(document) ?? { updates: 0, changedAt: 0 }
    log.updates += updates
    log.changedAt = this.#nowMs()
    this.#logs.set(document, log)
  }

  /** The document was loaded with this many parts. */
  noteLoaded(document: string, parts: number): void {
    this.#logs.delete(document)
    if (parts > 1) this.note(document, parts - 1)
  }

  /** Re-encodes what is due, one document after the other; called from time to time. */
  async sweep(): Promise<void> {
    for (const [document, log] of this.#logs) {
      if (!this.#isDue(log)) continue
      this.#logs.delete(document)
      await this.#store.compact(document)
    }
  }

  #isDue({ updates, changedAt }: Log): boolean {
    const isQuiet = this.#nowMs() - changedAt >= quietMs
    return updates >= limitTail || (isQuiet && updates >= limitIdleTail)
  }
}
