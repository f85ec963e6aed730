/**
 * The records of a branch and of the company that are durable at one moment, in the one order in which the
 * server folds them: journals by name, records by number. What comes meanwhile is left for the next time.
 */
import { setImmediate } from 'node:timers/promises'
import { Doc, applyUpdate, transact } from 'yjs'
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { SealedHead } from '#domain/records/sealed-body.ts'
import { readEntries } from '#domain/replica/journal.ts'
import type { Tails } from '../journals/tails.ts'
import type { JournalTail, Store } from '../storage/store.ts'

export interface CoveredRecords {
  readonly entries: readonly FoldEntry[]
  /** Ends of the chains of the branch. */
  readonly heads: readonly SealedHead[]
}

/** What every seal of `branch` follows from. The heads are taken at once, the records after that. */
export async function coveredRecords(
  store: Pick<Store, 'loadDocument'>,
  tails: Tails,
  branch: string,
): Promise<CoveredRecords> {
  const ofBranch = tailsOf(tails, branch)
  const ends = [...tailsOf(tails, 'all'), ...ofBranch].sort((one, other) =>
    one.journal < other.journal ? -1 : 1,
  )
  const entries: FoldEntry[] = []
  for (const { journal, seq } of ends) {
    const stored = await storedRecords(store, journal)
    for (const { entry } of stored) if (entry.record.seq <= seq) entries.push(entry)
    // Devices are answered between two journals.
    await setImmediate()
  }
  return { entries, heads: headsOf(ofBranch) }
}

function tailsOf(tails: Tails, branch: string): JournalTail[] {
  return tails.journalsOf(branch).flatMap((journal) => tails.ofJournal(journal) ?? [])
}

export interface StoredEntry {
  readonly entry: FoldEntry
  readonly bytes: Uint8Array
}

/** What the server itself has said among the goods of a branch: little, and its seals among it. */
export async function serverRecords(
  store: Pick<Store, 'loadDocument'>,
  tails: Tails,
  branch: string,
): Promise<readonly StoredEntry[]> {
  const own = tails.journalsOf(branch).filter((journal) => {
    const name = parseJournalName(journal)
    return name.ok && name.value.audience === 'goods' && isServerDevice(name.value.device)
  })
  const read = await Promise.all(own.map((journal) => storedRecords(store, journal)))
  return read.flat()
}

async function storedRecords(
  store: Pick<Store, 'loadDocument'>,
  journal: string,
): Promise<StoredEntry[]> {
  const parts = await store.loadDocument(journal)
  const doc = new Doc()
  transact(doc, () => {
    for (const part of parts) applyUpdate(doc, part)
  })
  return readEntries(doc, 0).flatMap(({ bytes }) => {
    const stored = decodeRecord(bytes)
    if (!stored.ok) return []
    const { record, hash } = stored.value
    return [{ entry: { journal, record, hash }, bytes }]
  })
}

function headsOf(tails: readonly JournalTail[]): SealedHead[] {
  const heads = new Map<string, SealedHead>()
  for (const { journal, seq, hash } of tails) {
    const name = parseJournalName(journal)
    if (!name.ok) continue
    const { device, audience } = name.value
    const chain = `${device}/${audience}`
    if ((heads.get(chain)?.seq ?? -1) < seq) heads.set(chain, { device, audience, seq, hash })
  }
  return [...heads.keys()].sort().flatMap((chain) => heads.get(chain) ?? [])
}
