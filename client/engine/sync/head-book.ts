/**
 * What the server has confirmed, journal by journal: verified heads, in memory, and those of own journals
 * on disk, so that 已同步 stays true without a network. Believes no head that the server did not sign.
 */
import type { PublicKeyJwk, Verifier } from '#domain/records/signature.ts'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { type Head, headDigest } from '#domain/replica/heads.ts'
import type { HeadRow, Store } from '../store/store.ts'

export interface HeadBookOptions {
  readonly store: Store
  readonly term: number
  readonly kept: readonly HeadRow[]
  readonly serverKey: PublicKeyJwk
  readonly verifier: Verifier
  isOwn(journal: string): boolean
  /** Whether a genuine head of an own journal speaks of another history than the one kept here. */
  isForked(head: Head): Promise<boolean>
  /** `before`: what the server had signed of that journal until then. */
  onForked(head: Head, before: Head | undefined): Promise<void>
  /** The server has less of these than it had signed for. */
  onFellBack(steps: readonly HeadStep[]): void
  /** Verified heads that are new, in the order in which they were told. */
  onMoved(heads: readonly Head[]): Promise<void>
  /** The server has nothing of these any more, though it once confirmed them [S7]. */
  onLost(journals: readonly string[]): Promise<void>
  onForged(journal: string): void
  onFailure(error: unknown): void
}

/** Two words of the server about one journal, the second of which takes back some of the first. */
export interface HeadStep {
  readonly before: Head
  /** Undefined where it does not name the journal any more. */
  readonly now?: Head
}

export interface HeadBook {
  /** Takes what the heads document says; verifies before it believes. */
  take(heads: readonly Head[]): void
  /** All that the server says of a branch (or 'all'): what it does not name, it does not have. */
  complete(branch: string, named: ReadonlyMap<string, unknown>): void
  of(journal: string): Head | undefined
  coveredSeq(journal: string): number
  all(): Iterable<Head>
  /** Resolves when everything taken so far is believed or dropped. */
  settled(): Promise<void>
}

/** In the store's place for a head: the server has nothing of the journal. */
const noHead = { seq: -1, hash: '', signature: '' } as const

export function makeHeadBook(options: HeadBookOptions): HeadBook {
  return new SignedHeadBook(options)
}

class SignedHeadBook implements HeadBook {
  readonly #options: HeadBookOptions
  readonly #heads: Map<string, Head>
  /** By journal, the newest that was told and is not verified yet. */
  readonly #told = new Map<string, Head>()
  /** Confirmed once, and not named by the server any more. */
  readonly #lost = new Set<string>()
  #running: Promise<void> | undefined

  constructor(options: HeadBookOptions) {
    this.#options = options
    const kept = options.kept.filter((row) => row.seq >= 0)
    this.#heads = new Map(kept.map((row) => [row.journal, row]))
  }

  take(said: readonly Head[]): void {
    for (const head of said) {
      const known = this.#heads.get(head.journal)
      if (known?.signature !== head.signature) this.#told.set(head.journal, head)
    }
    this.#wake()
  }

  complete(branch: string, named: ReadonlyMap<string, unknown>): void {
    for (const journal of this.#heads.keys()) {
      const name = parseJournalName(journal)
      if (name.ok && name.value.branch === branch && !named.has(journal)) this.#lost.add(journal)
    }
    this.#wake()
  }

  of(journal: string): Head | undefined {
    return this.#heads.get(journal)
  }

  coveredSeq(journal: string): number {
    return this.#heads.get(journal)?.seq ?? -1
  }

  all(): Iterable<Head> {
    return this.#heads.values()
  }

  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  #wake(): void {
    if (this.#told.size + this.#lost.size > 0) this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    await Promise.resolve()
    try {
      while (this.#told.size + this.#lost.size > 0) {
        const next = [...this.#told.values()]
        this.#told.clear()
        await this.#believeGenuine(next)
        await this.#forgetLost()
      }
    } catch (error) {
      this.#options.onFailure(error)
    } finally {
      this.#running = undefined
    }
  }

  async #believeGenuine(next: readonly Head[]): Promise<void> {
    const verdicts = await Promise.all(next.map((head) => this.#isGenuine(head)))
    for (const [i, head] of next.entries()) {
      if (!verdicts[i]) this.#options.onForged(head.journal)
    }
    const moved = next.filter((_, i) => verdicts[i])
    if (moved.length > 0) await this.#believe(moved)
  }

  /** Own heads are kept first: a document that showed 已同步 must not fall back at the next start. */
  async #believe(moved: readonly Head[]): Promise<void> {
    const { store, term, isOwn, isForked, onForked, onMoved, onFellBack } = this.#options
    const own = moved.filter((head) => isOwn(head.journal))
    for (const head of own) {
      // What was confirmed before stays known: what came after it is written anew elsewhere.
      if (await isForked(head)) return onForked(head, this.#heads.get(head.journal))
    }
    onFellBack(moved.flatMap((now) => this.#stepBackTo(now)))
    if (own.length > 0) await store.commit({ term, heads: own })
    for (const head of moved) this.#heads.set(head.journal, head)
    await onMoved(moved)
  }

  /** Kept as well: a document that waits again must not show 已同步 at the next start. */
  async #forgetLost(): Promise<void> {
    const { store, term, isOwn, onLost, onFellBack } = this.#options
    const gone = [...this.#lost].filter((journal) => this.#heads.has(journal))
    const rows = gone.filter((journal) => isOwn(journal)).map((journal) => ({ ...noHead, journal }))
    if (rows.length > 0) await store.commit({ term, heads: rows })
    this.#lost.clear()
    onFellBack(gone.flatMap((journal) => this.of(journal) ?? []).map((before) => ({ before })))
    for (const journal of gone) this.#heads.delete(journal)
    if (gone.length > 0) await onLost(gone)
  }

  #stepBackTo(now: Head): HeadStep[] {
    const before = this.#heads.get(now.journal)
    return before !== undefined && before.seq > now.seq ? [{ before, now }] : []
  }

  #isGenuine(head: Head): Promise<boolean> {
    const { verifier, serverKey } = this.#options
    return verifier.verify(serverKey, headDigest(head), bytesOfBase64(head.signature))
  }
}
