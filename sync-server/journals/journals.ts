/**
 * The documents that the server keeps: journals and desks. Every change of one, whoever makes it,
 * goes through its lane and through `keep`; there is no other way. Knows Yjs documents and the
 * store, nothing of sockets or rights.
 *
 * INVARIANT: commit → tail → apply → announce, in this order, inside the document's lane. So
 * nothing is acked, broadcast or named in heads that is not durable, and the tail that the next
 * update is judged against never falls back. A lane stands for the reservation of [S3]: while one
 * update is between its judgement and its commit, no other is judged.
 */
import * as Y from 'yjs'
import type { JournalName } from '#domain/records/journal-name.ts'
import type { CheckedRecord } from '#domain/records/check-stored.ts'
import { type DocumentName, documentNameText } from '#domain/replica/document-name.ts'
import type { JournalTail, Store, StoreChange } from '../storage/store.ts'
import { openLanes } from './lanes.ts'
import { chainKey, type Tails } from './tails.ts'

/** What a tail needs to know of a record. */
export type KeptRecord = Pick<CheckedRecord, 'seq' | 'hash' | 'hlc'>

/** What one commit adds to one document. */
export interface Addition {
  readonly name: DocumentName
  /** Re-encoded by the server; only these bytes are stored, applied and sent on. */
  readonly update: Uint8Array
  /** The new records, in order; none for a desk. */
  readonly records: readonly KeptRecord[]
  /** Other changes that belong to the same moment. */
  readonly changes?: readonly StoreChange[]
}

export interface JournalsOptions {
  readonly store: Store
  readonly tails: Tails
  readonly nowMs: () => number
  readonly onFault: (where: string, error: unknown) => void
  /** A document was read from its log, which had this many parts. */
  readonly onLoaded: (document: string, parts: number) => void
  /** A live document failed to take a durable update: whoever reads it must load it anew. */
  readonly onBroken: (document: string) => void
}

/** How the server's own changes are marked for Hocuspocus: stored already. */
const storedOrigin = { source: 'local', skipStoreHooks: true } as const

export class Journals {
  readonly tails: Tails
  readonly #options: JournalsOptions
  readonly #lanes = openLanes()
  readonly #live = new Map<string, Y.Doc>()
  readonly #listeners: ((addition: Addition) => void)[] = []
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(options: JournalsOptions) {
    this.#options = options
    this.tails = options.tails
  }

  inLane<Value>(name: DocumentName, task: () => Promise<Value>): Promise<Value> {
    return this.#lanes.run(laneKey(name), task)
  }

  /** Fills a fresh document from its log and makes it the live one. */
  load(name: DocumentName, doc: Y.Doc): Promise<void> {
    return this.inLane(name, async () => {
      const document = documentNameText(name)
      const parts = await this.#options.store.loadDocument(document)
      const fill = () => {
        for (const part of parts) Y.applyUpdate(doc, part, storedOrigin)
      }
      Y.transact(doc, fill, storedOrigin)
      this.#live.set(document, doc)
      this.#options.onLoaded(document, parts.length)
    })
  }

  /** Only inside the document's lane: the live document, or a copy of what is stored, to look into. */
  async read(name: DocumentName): Promise<Y.Doc> {
    const document = documentNameText(name)
    const live = this.#live.get(document)
    if (live !== undefined) return live
    const parts = await this.#options.store.loadDocument(document)
    const doc = new Y.Doc()
    Y.transact(doc, () => {
      for (const part of parts) Y.applyUpdate(doc, part)
    })
    return doc
  }

  unload(document: string, doc: Y.Doc): void {
    if (this.#live.get(document) === doc) this.#live.delete(document)
  }

  liveDoc(document: string): Y.Doc | undefined {
    return this.#live.get(document)
  }

  /** Only inside the document's lane. Rejects with the store's error, and then nothing happened. */
  async keep(addition: Addition): Promise<void> {
    const document = documentNameText(addition.name)
    const tail = tailAfter(document, addition.records, this.#options.nowMs())
    const update: StoreChange = { put: 'update', document, bytes: addition.update }
    const tails: StoreChange[] = tail === undefined ? [] : [{ put: 'tail', tail }]
    await this.#options.store.commit([update, ...tails, ...(addition.changes ?? [])])
    if (tail !== undefined) this.tails.put(tail)
    this.#apply(document, addition.update)
    this.#announce(addition)
  }

  /** Hears of every addition, in the order of its document, right after it became durable. */
  onKept(listener: (addition: Addition) => void): void {
    this.#listeners.push(listener)
  }

  /** Resolves at the next record of the chain, or after `limitMs`. */
  whenAdvanced(name: JournalName, limitMs: number): Promise<void> {
    const wakers = this.#waiting.get(chainKey(name)) ?? new Set()
    this.#waiting.set(chainKey(name), wakers)
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        wakers.delete(wake)
        if (wakers.size === 0) this.#waiting.delete(chainKey(name))
        resolve()
      }
      const timer = setTimeout(wake, limitMs)
      timer.unref()
      wakers.add(wake)
    })
  }

  idle(): Promise<void> {
    return this.#lanes.idle()
  }

  /**
   * The live document is looked up after the commit: it may have been unloaded and loaded again
   * meanwhile, and that load, standing in the same lane, either saw this update in the log or comes
   * after it.
   */
  #apply(document: string, update: Uint8Array): void {
    const doc = this.#live.get(document)
    if (doc === undefined) return
    try {
      Y.applyUpdate(doc, update, storedOrigin)
    } catch (error) {
      this.#live.delete(document)
      this.#options.onFault('apply', error)
      this.#options.onBroken(document)
    }
  }

  #announce(addition: Addition): void {
    for (const listener of this.#listeners) {
      try {
        listener(addition)
      } catch (error) {
        this.#options.onFault('announce', error)
      }
    }
    if (addition.name.kind !== 'journal') return
    for (const wake of this.#waiting.get(chainKey(addition.name)) ?? []) wake()
  }
}

/** All shards of a chain share a lane, because they share the tail. */
function laneKey(name: DocumentName): string {
  return name.kind === 'journal' ? chainKey(name) : documentNameText(name)
}

function tailAfter(
  journal: string,
  records: readonly KeptRecord[],
  receivedAt: number,
): JournalTail | undefined {
  const last = records.at(-1)
  if (last === undefined) return undefined
  const { seq, hash, hlc } = last
  return { journal, seq, hash, hlc, receivedAt }
}
