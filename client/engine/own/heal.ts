/**
 * A record that rotted among the rows of this device. The updates of its journal carry the same bytes once
 * more: where they hold, down to the hash of the last record, the rows are written anew from them. Otherwise a
 * copy of another's journal is set aside and fetched again; what only this device has stays as it is and is told.
 */
import { applyUpdate, transact } from 'yjs'
import { checkChain } from '#domain/records/chain.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { createJournalDoc, readEntries } from '#domain/replica/journal.ts'
import { docIdOf } from '../store/doc-id-of.ts'
import type { JournalAppend, JournalRow, RecordRow, Store, UpdateRow } from '../store/store.ts'
import { dropJournal } from '../sync/distrusted.ts'

export interface Patient {
  readonly store: Store
  readonly term: number
  /** This device. */
  readonly device: string
}

/** Each journal in a transaction of its own. */
export async function healJournals(
  { store, term, device }: Patient,
  journals: readonly { readonly journal: string; readonly seq: number }[],
): Promise<void> {
  const rows = new Map((await store.journals()).map((row) => [row.journal, row]))
  for (const { journal, seq } of journals) {
    const row = rows.get(journal)
    const anew = row && rewritten(row, await store.updatesOf(journal, -1))
    const name = parseJournalName(journal)
    if (anew !== undefined) await store.commit({ term, dropped: [journal], appends: [anew] })
    else if (name.ok && name.value.device !== device) {
      await dropJournal(store, term, { journal, seq, code: 'record-damaged', isFinal: false })
    }
  }
}

/** The journal as its updates have it; undefined where they do not hold either. */
function rewritten(row: JournalRow, updates: readonly UpdateRow[]): JournalAppend | undefined {
  const records: RecordRow[] = []
  const { journal, firstSeq, firstPrev } = row
  let tail = firstSeq === 0 ? undefined : { seq: firstSeq - 1, hash: firstPrev }
  for (const { seq, bytes } of entriesOf(updates, firstSeq)) {
    const decoded = decodeRecord(bytes)
    if (!decoded.ok) return undefined
    const { record, hash } = decoded.value
    const linked = checkChain(tail, [{ record, hash }])
    if (!linked.ok) return undefined
    tail = linked.value
    const docId = docIdOf(record)
    records.push({ journal, seq, bytes, ...(docId === undefined ? {} : { docId }) })
  }
  const isWhole = tail?.seq === row.seq && tail.hash === row.hash
  return isWhole ? { journal: row, updates, records } : undefined
}

function entriesOf(updates: readonly UpdateRow[], firstSeq: number) {
  const doc = createJournalDoc()
  try {
    transact(doc, () => {
      for (const { bytes } of updates) applyUpdate(doc, bytes)
    })
    return readEntries(doc, firstSeq)
  } catch {
    // Bytes that rotted may be no update at all.
    return []
  } finally {
    doc.destroy()
  }
}
