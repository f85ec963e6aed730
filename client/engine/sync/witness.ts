/**
 * [J4] Foreign journals are used as soon as their hashes chain and fit what the server has signed. Whether
 * their devices signed them is looked at here, when nobody waits. A signature covers the chain up to its
 * record, so the last one that is kept says it for the whole journal, and for the months before it.
 */
import { chainText, isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import { decodeRecord, type StoredRecord } from '#domain/records/record-bytes.ts'
import { type PublicKeyJwk, type Verifier, verifySpan } from '#domain/records/signature.ts'
import type { JournalTrouble } from './inbox.ts'
import type { Timers } from '../ports.ts'
import type { JournalRow, RecordRow, Store } from '../store/store.ts'

export interface WitnessOptions {
  readonly store: Store
  readonly timers: Timers
  readonly verifier: Verifier
  readonly serverKey: PublicKeyJwk
  /** Kept from before: looked at once more, since nothing is kept of what was found. */
  readonly journals: readonly JournalRow[]
  isOwn(journal: string): boolean
  /** Of a device, as the server has enrolled it; undefined while that is not heard. */
  keyOf(device: string): PublicKeyJwk | undefined
  rowOf(journal: string): JournalRow | undefined
  /** Where the server's signed head of a journal ends; undefined while that is not heard. */
  headSeqOf(journal: string): number | undefined
  /** What the journal says is not what its device has signed. */
  onForged(trouble: JournalTrouble): void
  onFailure(error: unknown): void
}

export interface Witness {
  /** These have grown. */
  look(journals: Iterable<string>): void
  /** Whether its device has signed what is kept of a journal, to the end. */
  vouchesFor(journal: string): Promise<boolean>
  /** Devices were enrolled: what waited for their keys can be looked at. */
  devicesChanged(): void
  /** The server has signed heads of these: what waited for them can be looked at. */
  headsMoved(journals: Iterable<string>): void
  /** Resolves when nothing is being looked at. */
  settled(): Promise<void>
  close(): void
}

const quietMs = 3_000
/** Records read at once, from the end; a longer commit is looked for further back. */
const tailRead = 64

export function makeWitness(options: WitnessOptions): Witness {
  const foreign = options.journals.map((row) => row.journal).filter((each) => !options.isOwn(each))
  const witness = new QuietWitness(options)
  witness.look(newestOfChains(foreign))
  return witness
}

class QuietWitness implements Witness {
  readonly #options: WitnessOptions
  readonly #unseen = new Set<string>()
  /** Their device is not known yet. */
  readonly #keyless = new Set<string>()
  /** Badly signed where the copy ends, which is not where the journal ends. */
  readonly #short = new Set<string>()
  /** By journal, the last record that was found signed. */
  readonly #vouchedSeq = new Map<string, number>()
  #cancel: (() => void) | undefined
  #running: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: WitnessOptions) {
    this.#options = options
  }

  look(journals: Iterable<string>): void {
    for (const journal of journals) this.#unseen.add(journal)
    this.#cancel?.()
    if (this.#isClosed || this.#unseen.size === 0) return
    this.#cancel = this.#options.timers.after(quietMs, () => {
      this.#running = this.#running.then(() => this.#run())
    })
  }

  devicesChanged(): void {
    this.look(this.#keyless)
    this.#keyless.clear()
  }

  headsMoved(journals: Iterable<string>): void {
    const heard = [...journals].filter((journal) => this.#short.delete(journal))
    if (heard.length > 0) this.look(heard)
  }

  settled(): Promise<void> {
    return this.#running
  }

  close(): void {
    this.#isClosed = true
    this.#cancel?.()
  }

  async vouchesFor(journal: string): Promise<boolean> {
    const { rowOf, store, verifier } = this.#options
    const key = this.#keyOf(journal)
    const end = rowOf(journal)?.seq ?? -1
    if (key === undefined || end < 0) return false
    const signed = lastSignedOf(await store.recordsOf(journal, end, 1))
    return signed !== undefined && (await verifySpan(verifier, key, [signed])).ok
  }

  async #run(): Promise<void> {
    try {
      for (const journal of this.#unseen) {
        if (this.#isClosed) return
        this.#unseen.delete(journal)
        await this.#check(journal)
      }
    } catch (error) {
      this.#options.onFailure(error)
    }
  }

  /**
   * [WIT4] The server verifies the last signature of each update, which covers those inside it: a bad one
   * inside is nobody's forgery. So one is believed to be bad only where no head says that more follows.
   */
  async #check(journal: string): Promise<void> {
    const { verifier, onForged, headSeqOf } = this.#options
    const key = this.#keyOf(journal)
    if (key === undefined) {
      this.#keyless.add(journal)
      return
    }
    const signed = await this.#lastSigned(journal)
    if (signed === undefined) return
    const { seq } = signed.record
    const verdict = await verifySpan(verifier, key, [signed])
    if (verdict.ok) this.#vouchedSeq.set(journal, seq)
    else if (seq < (headSeqOf(journal) ?? -1)) this.#short.add(journal)
    else if (!this.#isClosed) onForged({ journal, code: verdict.problem.code, seq })
  }

  #keyOf(journal: string): PublicKeyJwk | undefined {
    const { keyOf, serverKey } = this.#options
    const name = parseJournalName(journal)
    if (!name.ok) return undefined
    return isServerDevice(name.value.device) ? serverKey : keyOf(name.value.device)
  }

  /** Undefined when nothing was signed since it was last looked at. */
  async #lastSigned(journal: string): Promise<StoredRecord | undefined> {
    const { rowOf, store } = this.#options
    const row = rowOf(journal)
    const first = Math.max(row?.firstSeq ?? 0, (this.#vouchedSeq.get(journal) ?? -1) + 1)
    for (let end = row?.seq ?? -1; end >= first; end -= tailRead) {
      const from = Math.max(first, end - tailRead + 1)
      const signed = lastSignedOf(await store.recordsOf(journal, from, end - from + 1))
      if (signed !== undefined) return signed
    }
    return undefined
  }
}

function lastSignedOf(rows: readonly RecordRow[]): StoredRecord | undefined {
  for (const { bytes } of [...rows].reverse()) {
    const decoded = decodeRecord(bytes)
    if (decoded.ok && decoded.value.signature !== undefined) return decoded.value
  }
  return undefined
}

/** Of each chain the newest month: what vouches for it vouches for the months before. */
function newestOfChains(journals: Iterable<string>): readonly string[] {
  const newest = new Map<string, { readonly journal: string; readonly shard: string }>()
  for (const journal of journals) {
    const name = parseJournalName(journal)
    if (!name.ok) continue
    const { shard } = name.value
    const chain = chainText(name.value)
    if ((newest.get(chain)?.shard ?? '') < shard) newest.set(chain, { journal, shard })
  }
  return [...newest.values()].map(({ journal }) => journal)
}
