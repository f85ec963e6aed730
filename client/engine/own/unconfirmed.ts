/**
 * Own records that the server's heads do not cover yet: what 已存本机 (saved here) means, and the proof that
 * the server's history of this device is its own. Nothing here is stored: it follows from records and heads.
 */
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { SealedRecord } from '#domain/records/seal-commit.ts'
import type { Head } from '#domain/replica/heads.ts'
import { docIdOf } from '../store/doc-id-of.ts'
import type { RecordRow, Store } from '../store/store.ts'

export interface OwnRecord {
  readonly seq: number
  readonly hash: string
  readonly docId: string | undefined
}

/** Of a record that was just sealed, what is waited for. */
export function ownRecord({ seq, hash, record }: SealedRecord): OwnRecord {
  return { seq, hash, docId: docIdOf(record) }
}

export type Confirmation =
  /** Documents of which no record waits any more. */
  | { readonly kind: 'confirmed'; readonly documents: readonly string[] }
  /** The server holds another history of this device: it was cloned, or restored from an image. */
  | { readonly kind: 'forked'; readonly seq: number }

export interface Unconfirmed {
  /** Records of this device that were just made durable. */
  add(journal: string, records: readonly OwnRecord[]): void
  /** Whether a head speaks of another history than the one kept here. */
  contradicts(head: Head): Promise<boolean>
  /** A verified head of an own journal. */
  confirm(head: Head): Promise<Confirmation>
  /** The server has nothing of an own journal any more: all of it waits again. */
  lose(journal: string): Promise<void>
  /** Starts over from what is stored, after a commit whose end was not heard. */
  reload(ownJournals: readonly string[], covered: (journal: string) => number): Promise<void>
  isWaiting(docId: string): boolean
  documentCount(): number
  recordCount(): number
  hasAny(journal: string): boolean
}

const readAtOnce = 1_000

/** `covered`: heads of own journals as kept at the last run. */
export async function openUnconfirmed(
  store: Store,
  ownJournals: readonly string[],
  covered: (journal: string) => number,
): Promise<Unconfirmed> {
  const unconfirmed = new StoredUnconfirmed(store)
  await unconfirmed.reload(ownJournals, covered)
  return unconfirmed
}

class StoredUnconfirmed implements Unconfirmed {
  readonly #store: Store
  /** By journal, in the order of seq. */
  readonly #waiting = new Map<string, OwnRecord[]>()
  readonly #recordsByDocument = new Map<string, number>()

  constructor(store: Store) {
    this.#store = store
  }

  add(journal: string, records: readonly OwnRecord[]): void {
    const list = this.#waiting.get(journal) ?? []
    this.#waiting.set(journal, list)
    for (const record of records) {
      list.push(record)
      const { docId } = record
      if (docId === undefined) continue
      this.#recordsByDocument.set(docId, (this.#recordsByDocument.get(docId) ?? 0) + 1)
    }
  }

  async contradicts({ journal, seq, hash }: Head): Promise<boolean> {
    const known = this.#waitingAt(journal, seq)
    const own = known ?? (await ownRecordAt(this.#store, journal, seq))
    return own?.hash !== hash
  }

  #waitingAt(journal: string, seq: number): OwnRecord | undefined {
    return this.#waiting.get(journal)?.find((record) => record.seq === seq)
  }

  async confirm(head: Head): Promise<Confirmation> {
    const { journal, seq } = head
    const known = this.#waitingAt(journal, seq)
    if (await this.contradicts(head)) return { kind: 'forked', seq }
    const documents = this.#dropUntil(journal, seq)
    // The server fell back behind what it had confirmed: that waits again.
    const first = this.#waiting.get(journal)?.[0]?.seq ?? Number.POSITIVE_INFINITY
    if (known === undefined) await this.#addFrom(journal, seq + 1, first)
    return { kind: 'confirmed', documents }
  }

  async lose(journal: string): Promise<void> {
    const first = this.#waiting.get(journal)?.[0]?.seq ?? Number.POSITIVE_INFINITY
    await this.#addFrom(journal, 0, first)
  }

  #dropUntil(journal: string, seq: number): string[] {
    const list = this.#waiting.get(journal) ?? []
    const end = list.findIndex((record) => record.seq > seq)
    const dropped = list.splice(0, end < 0 ? list.length : end)
    return dropped.flatMap(({ docId }) =>
      docId !== undefined && this.#isLastOf(docId) ? [docId] : [],
    )
  }

  /** One record less waits for a document: whether it was the last. */
  #isLastOf(docId: string): boolean {
    const left = (this.#recordsByDocument.get(docId) ?? 1) - 1
    if (left > 0) this.#recordsByDocument.set(docId, left)
    else this.#recordsByDocument.delete(docId)
    return left <= 0
  }

  /** From the store, up to `endSeq`, in front of what waits already. */
  async #addFrom(journal: string, fromSeq: number, endSeq: number): Promise<void> {
    const found = await this.#read(journal, fromSeq, endSeq)
    const behind = this.#waiting.get(journal)?.splice(0) ?? []
    this.add(journal, found)
    this.#waiting.get(journal)?.push(...behind)
  }

  async #read(journal: string, fromSeq: number, endSeq: number): Promise<OwnRecord[]> {
    const found: OwnRecord[] = []
    for (let next = fromSeq; next < endSeq; ) {
      const rows = await this.#store.recordsOf(journal, next, readAtOnce)
      const last = rows.at(-1)
      if (last === undefined) break
      found.push(...rows.filter((row) => row.seq < endSeq).flatMap(ownRecordOf))
      next = last.seq + 1
    }
    return found
  }

  async reload(
    ownJournals: readonly string[],
    covered: (journal: string) => number,
  ): Promise<void> {
    const read = new Map<string, OwnRecord[]>()
    for (const journal of ownJournals) {
      const first = covered(journal) + 1
      read.set(journal, await this.#read(journal, first, Number.POSITIVE_INFINITY))
    }
    // Only now: a store that cannot be read must not make anything look confirmed.
    for (const [journal, list] of this.#waiting) {
      const last = read.get(journal)?.at(-1)?.seq ?? covered(journal)
      const addedMeanwhile = list.filter(({ seq }) => seq > last)
      read.set(journal, [...(read.get(journal) ?? []), ...addedMeanwhile])
    }
    this.#waiting.clear()
    this.#recordsByDocument.clear()
    for (const [journal, list] of read) this.add(journal, list)
  }

  isWaiting(docId: string): boolean {
    return this.#recordsByDocument.has(docId)
  }

  documentCount(): number {
    return this.#recordsByDocument.size
  }

  recordCount(): number {
    let count = 0
    for (const list of this.#waiting.values()) count += list.length
    return count
  }

  hasAny(journal: string): boolean {
    return (this.#waiting.get(journal)?.length ?? 0) > 0
  }
}

async function ownRecordAt(
  store: Store,
  journal: string,
  seq: number,
): Promise<OwnRecord | undefined> {
  const rows = await store.recordsOf(journal, seq, 1)
  return rows.filter((row) => row.seq === seq).flatMap(ownRecordOf)[0]
}

function ownRecordOf(row: RecordRow): OwnRecord[] {
  const decoded = decodeRecord(row.bytes)
  if (!decoded.ok) return []
  const { record, hash } = decoded.value
  return [{ seq: row.seq, hash, docId: docIdOf(record) }]
}
