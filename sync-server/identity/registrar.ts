/**
 * The only writer of the directory. Rows, and the records that tell every device of them, are one
 * transaction.
 *
 * INVARIANT: memory follows the disk and never leads it; changes that read before they write run
 * one at a time.
 */
import type { Audience } from '#domain/records/audience.ts'
import { openLanes } from '../journals/lanes.ts'
import type { OwnDraft, OwnJournals } from '../journals/own-journals.ts'
import type { Store, StoreChange } from '../storage/store.ts'
import { type Directory, type DirectoryRow, type Organization, registryRow } from './directory.ts'

export interface Change {
  readonly rows: readonly DirectoryRow[]
  /** Records for the company journal that all staff read. */
  readonly drafts?: readonly OwnDraft[]
  /** Sessions that end. */
  readonly endedSessions?: readonly string[]
  /** At set-up, before the directory knows one. */
  readonly organization?: Organization
}

export interface RegistrarParts {
  readonly directory: Directory
  readonly store: Store
  readonly ownJournals: OwnJournals
  /** Whoever speaks with a session that no longer holds must be sent away at once. */
  readonly onSessionsEnded: () => void
}

/**
 * Enrolments, grants and the like concern everybody: keys and roles are needed to judge records.
 */
const audience: Audience = 'goods'

export class Registrar {
  readonly #directory: Directory
  readonly #store: Store
  readonly #ownJournals: OwnJournals
  readonly #onSessionsEnded: () => void
  readonly #lanes = openLanes()

  constructor(parts: RegistrarParts) {
    this.#directory = parts.directory
    this.#store = parts.store
    this.#ownJournals = parts.ownJournals
    this.#onSessionsEnded = parts.onSessionsEnded
  }

  /** Runs what reads the directory and then writes it, one after the other. */
  inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    return this.#lanes.run('directory', task)
  }

  /** Rejects with the store's error, and then nothing happened. */
  async write(change: Change): Promise<void> {
    const { rows, drafts = [], endedSessions = [], organization } = change
    const changes: StoreChange[] = [
      ...rows.map((row): StoreChange => ({ put: 'row', row: registryRow(row) })),
      ...endedSessions.map(
        (id): StoreChange => ({ put: 'row', row: { kind: 'session', id, value: undefined } }),
      ),
    ]
    if (drafts.length === 0) await this.#store.commit(changes)
    else {
      const target = { branch: 'all', audience }
      await this.#ownJournals.append(target, drafts, changes, organization)
    }
    for (const row of rows) this.#directory.put(row)
    for (const id of endedSessions) this.#directory.sessions.delete(id)
    if (endedSessions.length > 0) this.#onSessionsEnded()
  }

  /** Takes over rows that have become durable with something else. */
  adopt(rows: readonly DirectoryRow[]): void {
    for (const row of rows) this.#directory.put(row)
    if (rows.length > 0) this.#onSessionsEnded()
  }

  idle(): Promise<void> {
    return this.#lanes.idle()
  }
}
