/**
 * The last durable record of every journal, in memory. A *journal* is one monthly shard; its
 * *chain* (device, branch, audience) runs through all shards, so the end of the chain is the end of
 * its newest shard [J3].
 */
import { type JournalName, parseJournalName } from '#domain/records/journal-name.ts'
import type { ShardTail } from '#domain/records/seal-commit.ts'
import type { JournalTail } from '../storage/store.ts'

export class Tails {
  readonly #byJournal = new Map<string, JournalTail>()
  readonly #byChain = new Map<string, ShardTail>()
  readonly #journalsByBranch = new Map<string, Set<string>>()

  constructor(stored: readonly JournalTail[]) {
    for (const tail of stored) this.put(tail)
  }

  put(tail: JournalTail): void {
    const parsed = parseJournalName(tail.journal)
    if (!parsed.ok) return
    const name = parsed.value
    this.#byJournal.set(tail.journal, tail)
    const end = this.#byChain.get(chainKey(name))
    if (end === undefined || name.shard >= end.shard) {
      this.#byChain.set(chainKey(name), { seq: tail.seq, hash: tail.hash, shard: name.shard })
    }
    const journals = this.#journalsByBranch.get(name.branch) ?? new Set()
    this.#journalsByBranch.set(name.branch, journals.add(tail.journal))
  }

  /** End of the chain that a journal belongs to, whichever shard it stands in. */
  ofChain(name: JournalName): ShardTail | undefined {
    return this.#byChain.get(chainKey(name))
  }

  ofJournal(journal: string): JournalTail | undefined {
    return this.#byJournal.get(journal)
  }

  /** Journals of a branch, or of the company (`all`). */
  journalsOf(branch: string): readonly string[] {
    return [...(this.#journalsByBranch.get(branch) ?? [])]
  }

  all(): Iterable<JournalTail> {
    return this.#byJournal.values()
  }
}

/** Key of the chain of a journal: everything in its name but the shard. */
export function chainKey(name: JournalName): string {
  return `${name.org}/${name.branch}/${name.audience}/${name.device}`
}
