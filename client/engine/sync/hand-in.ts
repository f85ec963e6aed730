/**
 * [S7] Gives back to the server what it has lost: after a restore from an older backup its heads end before
 * what is kept here. Its own journals go at once and before anything else, so that it learns that it
 * went back; those of other devices a little later, since their authors may be there themselves. Sends the
 * author's own structs and judges nothing; the server does.
 */
import { applyUpdate, transact } from 'yjs'
import { base64Text } from '#domain/records/base64.ts'
import { isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import { createJournalDoc, signedPieces } from '#domain/replica/journal.ts'
import type { Api, Random, Timers } from '../ports.ts'
import { makeRetries, type Retries } from './retries.ts'
import type { JournalRow, Store } from '../store/store.ts'

export interface HandInOptions {
  readonly store: Store
  readonly timers: Timers
  readonly random: Random
  readonly api: Api
  token(): Promise<string>
  /** Journals of others that are kept here, followed and sound. */
  journals(): Iterable<JournalRow>
  /** Up to where the server says that it has a journal; −1 when nothing. */
  coveredSeq(journal: string): number
  /** The server does not believe what is kept here. */
  onRefused(journal: string, code: string): void
  onFailure(error: unknown): void
}

export interface HandIn {
  /**
   * The heads of a branch (or 'all') have been heard in full. Resolves when the server's own journals of it
   * are handed in; never rejects.
   */
  heard(branch: string): Promise<void>
  /** The connection is gone. */
  stop(): void
}

/** Bytes of a piece; in base64 a third more. */
const limitPiece = 262_144
/** Others may hand in the same: each device waits for a moment of its own. */
const firstWaitMs = 1_500
const waitStepsMs = 4
/** The server lacks what another journal brings first, or cannot take anything now. */
const passingCodes: ReadonlySet<string> = new Set([
  'author-unknown',
  'not-allowed',
  'record-missing',
  'server-unreachable',
  'store-failing',
  'too-many-requests',
])

export function makeHandIn(options: HandInOptions): HandIn {
  return new CopiesGivenBack(options)
}

class CopiesGivenBack implements HandIn {
  readonly #options: HandInOptions
  readonly #retries: Retries
  /** Rises with each lost connection: what was begun in an older one ends. */
  #connection = 0
  readonly #waiting = new Map<string, () => void>()
  /** What the server refused is not offered again on the same connection. */
  readonly #refused = new Set<string>()

  constructor(options: HandInOptions) {
    this.#options = options
    this.#retries = makeRetries(options.timers, options.random)
  }

  async heard(branch: string): Promise<void> {
    const { timers, random } = this.#options
    const of = this.#connection
    const own = this.#lostOf(branch).filter(isServers)
    if (own.length > 0) await this.#giveBack(own, of)
    if (of !== this.#connection || this.#lostOf(branch).length === 0) return
    const delayMs = firstWaitMs + (random.bits() % 1_000) * waitStepsMs
    this.#waiting.get(branch)?.()
    const cancel = timers.after(delayMs, () => void this.#giveAll(branch))
    this.#waiting.set(branch, cancel)
  }

  stop(): void {
    this.#connection += 1
    for (const cancel of this.#waiting.values()) cancel()
    this.#waiting.clear()
    this.#retries.clear()
    this.#refused.clear()
  }

  #lostOf(branch: string): readonly JournalRow[] {
    const { journals, coveredSeq } = this.#options
    const lost = [...journals()].filter(({ journal, seq }) => {
      const name = parseJournalName(journal)
      const isOfBranch = name.ok && name.value.branch === branch
      return isOfBranch && seq > coveredSeq(journal) && !this.#refused.has(journal)
    })
    // Of one chain the older month first: names begin with what sorts them so.
    return lost.sort((one, other) => (one.journal < other.journal ? -1 : 1))
  }

  async #giveAll(branch: string): Promise<void> {
    const of = this.#connection
    const isWhole = await this.#giveBack(this.#lostOf(branch), of)
    if (!isWhole && of === this.#connection) {
      this.#retries.later(branch, () => void this.#giveAll(branch))
    }
  }

  /** Whether all of them arrived, or never will. */
  async #giveBack(rows: readonly JournalRow[], of: number): Promise<boolean> {
    let isWhole = true
    try {
      for (const { journal } of rows) isWhole = (await this.#give(journal, of)) && isWhole
      return isWhole
    } catch (error) {
      this.#options.onFailure(error)
      return false
    }
  }

  async #give(journal: string, of: number): Promise<boolean> {
    const { store, coveredSeq, onRefused } = this.#options
    if (of !== this.#connection) return true
    for (const piece of await piecesOf(store, journal, coveredSeq(journal) + 1)) {
      if (of !== this.#connection) return true
      const code = await this.#send(journal, piece)
      if (code === undefined) continue
      if (passingCodes.has(code)) return false
      this.#refused.add(journal)
      onRefused(journal, code)
      return true
    }
    return true
  }

  /** Why it was not taken; undefined when it was. */
  async #send(journal: string, piece: Uint8Array): Promise<string | undefined> {
    const token = await this.#options.token().catch(() => undefined)
    if (token === undefined) return 'server-unreachable'
    const body = { journal, update: base64Text(piece) }
    const taken = await this.#options.api.call('POST', '/api/hand-in', body, token)
    return taken.ok ? undefined : taken.problem.code
  }
}

function isServers({ journal }: JournalRow): boolean {
  const name = parseJournalName(journal)
  return name.ok && isServerDevice(name.value.device)
}

/** Whole commits, each piece ending with a signature, from a document that knows what came before. */
export async function piecesOf(
  store: Pick<Store, 'updatesOf'>,
  journal: string,
  fromSeq: number,
): Promise<readonly Uint8Array[]> {
  const rows = await store.updatesOf(journal, -1)
  const doc = createJournalDoc()
  transact(doc, () => {
    for (const row of rows) applyUpdate(doc, row.bytes)
  })
  const pieces = signedPieces(doc, fromSeq, limitPiece)
  doc.destroy()
  return pieces
}
