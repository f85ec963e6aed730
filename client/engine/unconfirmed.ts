/**
 * Own records that the server's heads do not cover yet: what 已存本机 (saved here) means, and the proof that
 * the server's history of this device is its own. Nothing here is stored: it follows from records and heads.
 */
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { Head } from '#domain/replica/heads.ts'
import { docIdOf } from './doc-id-of.ts'
import type { RecordRow, Store } from './store.ts'

export interface OwnRecord {
  readonly seq: number
  readonly hash: string
  readonly docId: string | undefined
}

export type Confirmation =
  /** Documents of which no record waits any more. */
  | { readonly kind: 'confirmed'; readonly documents: readonly string[] }
  /** The server holds another history of this device: it was cloned, or restored from an image. */
  | { readonly kind: 'forked'; readonly seq: number }

export interface Unconfirmed {
  /** Records of this device that were just made durable. */
  add(journal: string, records: readonly OwnRecord[]): void
  /** A verified head of an own journal. */
  confirm(head: Head): Promise<Confirmation>
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
  const waiting = new Map<string, OwnRecord[]>()
  const recordsByDocument = new Map<string, number>()

  function add(journal: string, records: readonly OwnRecord[]): void {
    const list = waiting.get(journal) ?? []
    waiting.set(journal, list)
    for (const record of records) {
      list.push(record)
      if (record.docId === undefined) continue
      recordsByDocument.set(record.docId, (recordsByDocument.get(record.docId) ?? 0) + 1)
    }
  }

  function dropUntil(journal: string, seq: number): string[] {
    const list = waiting.get(journal) ?? []
    const end = list.findIndex((record) => record.seq > seq)
    const dropped = list.splice(0, end < 0 ? list.length : end)
    const documents: string[] = []
    for (const { docId } of dropped) {
      if (docId === undefined) continue
      const left = (recordsByDocument.get(docId) ?? 1) - 1
      if (left > 0) recordsByDocument.set(docId, left)
      else {
        recordsByDocument.delete(docId)
        documents.push(docId)
      }
    }
    return documents
  }

  async function confirm(head: Head): Promise<Confirmation> {
    const { journal, seq, hash } = head
    const known = waiting.get(journal)?.find((record) => record.seq === seq)
    const own = known ?? (await ownRecordAt(store, journal, seq))
    if (own?.hash !== hash) return { kind: 'forked', seq }
    const documents = dropUntil(journal, seq)
    // The server fell back behind what it had confirmed: that waits again.
    const first = waiting.get(journal)?.[0]?.seq
    if (known === undefined) await addFrom(journal, seq + 1, first ?? Number.POSITIVE_INFINITY)
    return { kind: 'confirmed', documents }
  }

  /** From the store, up to `endSeq`, in front of what waits already. */
  async function addFrom(journal: string, fromSeq: number, endSeq: number): Promise<void> {
    const found: OwnRecord[] = []
    for (let next = fromSeq; next < endSeq; ) {
      const rows = await store.recordsOf(journal, next, readAtOnce)
      const last = rows.at(-1)
      if (last === undefined) break
      found.push(...rows.filter((row) => row.seq < endSeq).flatMap(ownRecordOf))
      next = last.seq + 1
    }
    const behind = waiting.get(journal)?.splice(0) ?? []
    add(journal, found)
    waiting.get(journal)?.push(...behind)
  }

  async function reload(
    journals: readonly string[],
    coveredNow: (journal: string) => number,
  ): Promise<void> {
    waiting.clear()
    recordsByDocument.clear()
    for (const journal of journals) {
      await addFrom(journal, coveredNow(journal) + 1, Number.POSITIVE_INFINITY)
    }
  }

  await reload(ownJournals, covered)
  return {
    add,
    confirm,
    reload,
    isWaiting: (docId) => recordsByDocument.has(docId),
    documentCount: () => recordsByDocument.size,
    recordCount: () => [...waiting.values()].reduce((sum, records) => sum + records.length, 0),
    hasAny: (journal) => (waiting.get(journal)?.length ?? 0) > 0,
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
