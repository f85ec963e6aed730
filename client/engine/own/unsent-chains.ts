/** Own chains as the store has them, cut where the server's heads end: what stays and what has not arrived. */
import { applyUpdate, transact } from 'yjs'
import type { ChainTail } from '#domain/records/chain.ts'
import { chainText, parseJournalName } from '#domain/records/journal-name.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { createJournalDoc, entriesUpdate, readEntries } from '#domain/replica/journal.ts'
import type { JournalAppend, JournalRow, Store } from '../store/store.ts'

/** One chain of this device that goes beyond what the server has confirmed. */
export interface UnsentChain {
  readonly chain: string
  /** Journals that hold unsent records; they are written anew. */
  readonly journals: readonly string[]
  /** The last confirmed record. */
  readonly tail: ChainTail | undefined
  /** What stays of those journals. */
  readonly kept: ReadonlyMap<string, JournalAppend>
  /** In order; each commit as it was signed. */
  readonly commits: readonly (readonly JournalRecord[])[]
}

type Reads = Pick<Store, 'journals' | 'updatesOf' | 'recordsOf'>

/** `coveredSeq`: how far the server has confirmed a journal, −1 when not at all. */
export async function unsentChains(
  store: Reads,
  device: string,
  coveredSeq: (journal: string) => number,
): Promise<readonly UnsentChain[]> {
  const rowsByChain = new Map<string, JournalRow[]>()
  for (const row of await store.journals()) {
    const name = parseJournalName(row.journal)
    if (!name.ok || name.value.device !== device) continue
    const chain = chainText(name.value)
    rowsByChain.set(chain, [...(rowsByChain.get(chain) ?? []), row])
  }
  const chains: UnsentChain[] = []
  for (const [chain, rows] of rowsByChain) {
    const unsent = await unsentOf(store, chain, rows, coveredSeq)
    if (unsent.commits.length > 0) chains.push(unsent)
  }
  return chains
}

async function unsentOf(
  store: Reads,
  chain: string,
  rows: readonly JournalRow[],
  coveredSeq: (journal: string) => number,
): Promise<UnsentChain> {
  const journals: string[] = []
  const kept = new Map<string, JournalAppend>()
  const commits: JournalRecord[][] = []
  let tail: ChainTail | undefined
  // Of one chain the older month first.
  for (const row of [...rows].sort((one, other) => one.firstSeq - other.firstSeq)) {
    const covered = commits.length > 0 ? -1 : coveredSeq(row.journal)
    if (covered >= row.seq) {
      tail = { seq: row.seq, hash: row.hash }
      continue
    }
    journals.push(row.journal)
    const cut = await cutJournal(store, row, covered)
    if (cut.kept !== undefined) {
      kept.set(row.journal, cut.kept)
      tail = { seq: cut.kept.journal.seq, hash: cut.kept.journal.hash }
    }
    commits.push(...cut.commits)
  }
  return { chain, journals, tail, kept, commits }
}

async function cutJournal(store: Reads, row: JournalRow, covered: number) {
  const { journal } = row
  const records = await store.recordsOf(journal, row.firstSeq, Number.MAX_SAFE_INTEGER)
  const commits: JournalRecord[][] = [[]]
  let last: { readonly seq: number; readonly hash: string; readonly hlc: number } | undefined
  for (const { bytes } of records) {
    const decoded = decodeRecord(bytes)
    if (!decoded.ok) throw new Error(`an own record of ${journal} cannot be read`)
    const { record, hash, signature } = decoded.value
    if (record.seq <= covered) last = { seq: record.seq, hash, hlc: record.hlc }
    else commits.at(-1)?.push(record)
    if (record.seq > covered && signature !== undefined) commits.push([])
  }
  const unsent = commits.filter((commit) => commit.length > 0)
  if (last === undefined) return { kept: undefined, commits: unsent }
  const { seq, hash, hlc } = last
  const doc = createJournalDoc()
  const updates = await store.updatesOf(journal, -1)
  transact(doc, () => {
    for (const update of updates) applyUpdate(doc, update.bytes)
  })
  const entries = readEntries(doc, row.firstSeq, seq - row.firstSeq + 1)
  const kept: JournalAppend = {
    journal: { ...row, seq, hash, hlc },
    updates: [{ journal, fromSeq: row.firstSeq, toSeq: seq, bytes: entriesUpdate(doc, entries) }],
    records: records.filter((record) => record.seq <= seq),
  }
  doc.destroy()
  return { kept, commits: unsent }
}
