/**
 * [S5] Writes records of this device into a chain anew: the same ids and contents under new numbers, hashes and
 * signatures. What the server has confirmed stays as it is. Decides nothing about which records those are.
 */
import { journalNameText } from '#domain/records/journal-name.ts'
import { type JournalRecord, journalOf } from '#domain/records/record.ts'
import { packRecord, storedBytes } from '#domain/records/record-bytes.ts'
import { hashBytes, type Signer } from '#domain/records/signature.ts'
import type { ChainTail } from '#domain/records/chain.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { deepFreeze } from '#domain/values/canonical-text.ts'
import { docIdOf } from '../store/doc-id-of.ts'
import type { Staging } from './staging.ts'
import type { JournalAppend, JournalRow, RecordRow, UpdateRow } from '../store/store.ts'

export interface RechainOptions {
  readonly signer: Signer
  readonly staging: Staging
  /** Whose chain it becomes. */
  readonly device: string
  /** Its last record that stays; undefined where it begins. */
  readonly tail: ChainTail | undefined
  /** Rows that stay, by journal: what follows is added to them. */
  readonly kept: ReadonlyMap<string, JournalAppend>
}

/** Commits of one branch and audience, in order; each is signed at its end and lies in one month. */
export async function rechain(
  commits: readonly (readonly JournalRecord[])[],
  { signer, staging, device, kept, ...begin }: RechainOptions,
): Promise<readonly JournalAppend[]> {
  const appends = new Map(kept)
  let tail = begin.tail
  for (const commit of commits) {
    const chained: { record: JournalRecord; packed: Uint8Array; hash: string }[] = []
    for (const old of commit) {
      const seq = tail === undefined ? 0 : tail.seq + 1
      const record: JournalRecord = deepFreeze({ ...old, device, seq, prev: tail?.hash ?? '' })
      const packed = packRecord(record)
      const hash = sha256Hex(packed)
      chained.push({ record, packed, hash })
      tail = { seq, hash }
    }
    const [first] = chained
    const last = chained.at(-1)
    if (first === undefined || last === undefined) continue
    const signature = await signer.sign(hashBytes(last.hash))
    const journal = journalNameText(journalOf(first.record))
    const records = chained.map(({ record, packed }): RecordRow => {
      const bytes = record === last.record ? storedBytes(packed, signature) : storedBytes(packed)
      const docId = docIdOf(record)
      const row = { journal, seq: record.seq, bytes }
      return docId === undefined ? row : { ...row, docId }
    })
    const update: UpdateRow = {
      journal,
      fromSeq: first.record.seq,
      toSeq: last.record.seq,
      bytes: staging.append(journal, records),
    }
    appends.set(
      journal,
      joined(appends.get(journal), { first: first.record, last, records, update }),
    )
  }
  return [...appends.values()]
}

interface Written {
  readonly first: JournalRecord
  readonly last: { readonly record: JournalRecord; readonly hash: string }
  readonly records: readonly RecordRow[]
  readonly update: UpdateRow
}

function joined(before: JournalAppend | undefined, written: Written): JournalAppend {
  const { first, last, records, update } = written
  const journal: JournalRow = {
    journal: update.journal,
    firstSeq: before?.journal.firstSeq ?? first.seq,
    firstPrev: before?.journal.firstPrev ?? first.prev,
    seq: last.record.seq,
    hash: last.hash,
    hlc: Math.max(before?.journal.hlc ?? 0, last.record.hlc),
  }
  return {
    journal,
    updates: [...(before?.updates ?? []), update],
    records: [...(before?.records ?? []), ...records],
  }
}
