/**
 * Heads: per branch a document in which the server says, signed, which record of each journal is
 * durable. 已同步 (synced) is read from here alone, so it is written after the commit and never
 * before.
 *
 * INVARIANT: a heads document is filled once per run number and never unloaded: filled a second time
 * under the same one, it would contradict what devices still hold of the first.
 */
import type { Extension } from '@hocuspocus/server'
import type { Doc } from 'yjs'
import { base64Text } from '#domain/records/base64.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { Signer } from '#domain/records/signature.ts'
import { documentNameText, parseDocumentName } from '#domain/replica/document-name.ts'
import { type Head, headDigest, putHeads, readHeads, renewHeads } from '#domain/replica/heads.ts'
import { groupBy } from '../journals/group-by.ts'
import type { Journals } from '../journals/journals.ts'
import { Repeater } from '../journals/repeater.ts'
import { limitHeadPutsPerJournal } from '../limits.ts'
import { SyncRefusal } from '../refusal.ts'
import type { SyncContext } from '../socket/sync-socket.ts'

export interface HeadsParts {
  readonly journals: Journals
  readonly signer: Signer
  readonly runs: Runs
  /** Heads put into one document before it begins anew. */
  readonly limitPuts: number
  readonly onFault: (where: string, error: unknown) => void
}

/** Numbers under which heads are filled; each is durable before it is used and never comes again. */
export interface Runs {
  /** That of this start of the server. */
  readonly first: number
  next(): Promise<number>
}

/** The heads of a branch. */
interface Shown {
  readonly doc: Doc
  run: number
  /** Since it was filled. */
  puts: number
}

/** Journals signed in one go, so that filling a large branch does not hold up a small change. */
const limitBatch = 200

export class HeadBoard {
  readonly #parts: HeadsParts
  readonly #shownByBranch = new Map<string, Shown>()
  /** Journals whose shown head is older than their tail. */
  readonly #stale = new Set<string>()
  readonly #writer: Repeater

  constructor(parts: HeadsParts) {
    this.#parts = parts
    this.#writer = new Repeater(
      () => this.#writeStale(),
      (error) => parts.onFault('heads', error),
    )
    parts.journals.onKept(({ name }) => {
      if (name.kind !== 'journal' || !this.#shownByBranch.has(name.branch)) return
      this.#stale.add(documentNameText(name))
      void this.#writer.ask()
    })
  }

  /** Shows the heads of a branch in `doc` from now on. */
  async open(branch: string, doc: Doc): Promise<void> {
    this.#shownByBranch.set(branch, { doc, run: this.#parts.runs.first, puts: 0 })
    for (const journal of this.#parts.journals.tails.journalsOf(branch)) this.#stale.add(journal)
    await this.#writer.ask()
  }

  async #writeStale(): Promise<void> {
    while (this.#stale.size > 0) {
      const batch = [...this.#stale].slice(0, limitBatch)
      for (const journal of batch) this.#stale.delete(journal)
      const heads = await Promise.all(batch.map((journal) => this.#headOf(journal)))
      this.#put(heads.filter((head) => head !== undefined))
      for (const shown of this.#shownByBranch.values()) await this.#renewIfWorn(shown)
    }
  }

  async #headOf(journal: string): Promise<Head | undefined> {
    const { journals, signer } = this.#parts
    const tail = journals.tails.ofJournal(journal)
    if (tail === undefined) return undefined
    const { seq, hash } = tail
    const signature = await signer.sign(headDigest({ journal, seq, hash }))
    return { journal, seq, hash, signature: base64Text(signature) }
  }

  #put(heads: readonly Head[]): void {
    for (const [branch, ofBranch] of groupBy(heads, branchOf)) {
      const shown = this.#shownByBranch.get(branch)
      if (shown === undefined) continue
      putHeads(shown.doc, shown.run, ofBranch)
      shown.puts += ofBranch.length
    }
  }

  /**
   * Each head that was ever put leaves a trace in the document, which everybody gets who comes. A store
   * that fails has said so itself; then it is renewed later.
   */
  async #renewIfWorn(shown: Shown): Promise<void> {
    if (shown.puts < this.#parts.limitPuts) return
    const heads = [...readHeads(shown.doc).values()]
    if (shown.puts < limitHeadPutsPerJournal * heads.length) return
    const run = await this.#parts.runs.next().catch(() => undefined)
    if (run === undefined) return
    renewHeads(shown.doc, run)
    shown.run = run
    shown.puts = 0
  }
}

export function heads(board: HeadBoard): Extension<SyncContext> {
  return {
    extensionName: 'heads',

    async onLoadDocument({ documentName, document }) {
      const name = parseDocumentName(documentName)
      if (name.ok && name.value.kind === 'heads') await board.open(name.value.branch, document)
    },

    async beforeUnloadDocument({ documentName }) {
      if (documentName.startsWith('heads/')) throw new SyncRefusal('heads-stay')
    },
  }
}

function branchOf(head: Head): string {
  const name = parseJournalName(head.journal)
  return name.ok ? name.value.branch : ''
}
