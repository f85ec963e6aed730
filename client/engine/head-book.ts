/**
 * What the server has confirmed, journal by journal: verified heads, in memory, and those of own journals
 * on disk, so that 已同步 stays true without a network. Believes no head that the server did not sign.
 */
import type { PublicKeyJwk, Verifier } from '#domain/records/signature.ts'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { type Head, headDigest } from '#domain/replica/heads.ts'
import type { HeadRow, Store } from './store.ts'

export interface HeadBookOptions {
  readonly store: Store
  readonly term: number
  readonly kept: readonly HeadRow[]
  readonly serverKey: PublicKeyJwk
  readonly verifier: Verifier
  isOwn(journal: string): boolean
  /** Verified heads that are new, in the order in which they were told. */
  onMoved(heads: readonly Head[]): Promise<void>
  onForged(journal: string): void
  onFailure(error: unknown): void
}

export interface HeadBook {
  /** Takes what the heads document says; verifies before it believes. */
  take(heads: readonly Head[]): void
  of(journal: string): Head | undefined
  coveredSeq(journal: string): number
  all(): Iterable<Head>
  /** Resolves when everything taken so far is believed or dropped. */
  settled(): Promise<void>
}

export function makeHeadBook(options: HeadBookOptions): HeadBook {
  const { store, term, serverKey, verifier } = options
  const heads = new Map<string, Head>(options.kept.map((row) => [row.journal, row]))
  /** By journal, the newest that was told and is not verified yet. */
  const told = new Map<string, Head>()
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    await Promise.resolve()
    try {
      while (told.size > 0) {
        const next = [...told.values()]
        told.clear()
        await believeGenuine(next)
      }
    } catch (error) {
      options.onFailure(error)
    } finally {
      running = undefined
    }
  }

  async function believeGenuine(next: readonly Head[]): Promise<void> {
    const verdicts = await Promise.all(next.map(isGenuine))
    for (const [i, head] of next.entries()) if (!verdicts[i]) options.onForged(head.journal)
    const moved = next.filter((_, i) => verdicts[i])
    if (moved.length > 0) await believe(moved)
  }

  /** Own heads are kept first: a document that showed 已同步 must not fall back at the next start. */
  async function believe(moved: readonly Head[]): Promise<void> {
    const own = moved.filter((head) => options.isOwn(head.journal))
    if (own.length > 0) await store.commit({ term, heads: own })
    for (const head of moved) heads.set(head.journal, head)
    await options.onMoved(moved)
  }

  function isGenuine(head: Head): Promise<boolean> {
    return verifier.verify(serverKey, headDigest(head), bytesOfBase64(head.signature))
  }

  return {
    take(said) {
      for (const head of said) {
        if (heads.get(head.journal)?.signature !== head.signature) told.set(head.journal, head)
      }
      if (told.size > 0) running ??= run()
    },
    of: (journal) => heads.get(journal),
    coveredSeq: (journal) => heads.get(journal)?.seq ?? -1,
    all: () => heads.values(),
    async settled() {
      while (running !== undefined) await running
    },
  }
}
