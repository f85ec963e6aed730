/**
 * Heads: per branch a document in which the server says, signed, which record of each journal is
 * durable. 已同步 (synced) is read from here alone, so it is written after the commit and never
 * before.
 *
 * INVARIANT: a heads document is filled once per run of the server and never unloaded in it: filled
 * a second time under the same run number, it would contradict what devices still hold of the
 * first.
 */
import type { Extension } from '@hocuspocus/server'
import type { Doc } from 'yjs'
import { base64Text } from '#domain/records/base64.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { Signer } from '#domain/records/signature.ts'
import { documentNameText, parseDocumentName } from '#domain/replica/document-name.ts'
import { type Head, headDigest, putHeads } from '#domain/replica/heads.ts'
import { groupBy } from '../journals/group-by.ts'
import type { Journals } from '../journals/journals.ts'
import { Repeater } from '../journals/repeater.ts'
import { SyncRefusal } from '../refusal.ts'
import type { SyncContext } from '../socket/sync-socket.ts'

export interface HeadsParts {
  readonly journals: Journals
  readonly signer: Signer
  /** Rises with every start of the server. */
  readonly run: number
  readonly onFault: (where: string, error: unknown) => void
}

/** Journals signed in one go, so that filling a large branch does not hold up a small change. */
const limitBatch = 200

export class HeadBoard {
  readonly #parts: HeadsParts
  readonly #docByBranch = new Map<string, Doc>()
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
      if (name.kind !== 'journal' || !this.#docByBranch.has(name.branch)) return
      this.#stale.add(documentNameText(name))
      void this.#writer.ask()
    })
  }

  /** Shows the heads of a branch in `doc` from now on. */
  async open(branch: string, doc: Doc): Promise<void> {
    this.#docByBranch.set(branch, doc)
    for (const journal of this.#parts.journals.tails.journalsOf(branch)) this.#stale.add(journal)
    await this.#writer.ask()
  }

  async #writeStale(): Promise<void> {
    while (this.#stale.size > 0) {
      const batch = [...this.#stale].slice(0, limitBatch)
      for (const journal of batch) this.#stale.delete(journal)
      const heads = await Promise.all(batch.map((journal) => this.#headOf(journal)))
      this.#put(heads.filter((head) => head !== undefined))
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
      const doc = this.#docByBranch.get(branch)
      if (doc !== undefined) putHeads(doc, this.#parts.run, ofBranch)
    }
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
