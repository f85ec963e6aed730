/**
 * [S5] What was set aside after a refusal is offered once more: the same ids and contents at the end of its chain,
 * each in a commit of its own, so that a second refusal holds nothing up. In the store it is one transaction:
 * a record is set aside or in its journal, never both and never neither.
 */
import type { ChainTail } from '#domain/records/chain.ts'
import { chainText, parseJournalName } from '#domain/records/journal-name.ts'
import { type JournalRecord, journalOf } from '#domain/records/record.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { docIdOf } from '../store/doc-id-of.ts'
import type { JournalAppend, JournalRow } from '../store/store.ts'
import { type SetAside, setAsideName, setAsideOf } from '../sync/distrusted.ts'
import type { RepairOptions } from './quarantine.ts'
import { rechain } from './rechain.ts'
import { makeStaging } from './staging.ts'

/** What a record set aside is asked for by: its document, or itself; undefined where it cannot be read. */
export function asideKey(bytes: Uint8Array): string | undefined {
  const decoded = decodeRecord(bytes)
  return decoded.ok ? (docIdOf(decoded.value.record) ?? decoded.value.record.id) : undefined
}

/** Whether something was set aside that this device wrote. */
export function isOwnAside({ journal }: Pick<SetAside, 'journal'>, device: string): boolean {
  const name = parseJournalName(journal)
  return name.ok && name.value.device === device
}

/** All that is set aside under `key`. */
export async function offerAgain(
  { store, term, keys, random, identity }: RepairOptions,
  key: string,
): Promise<void> {
  const device = identity.device.id
  const all = await setAsideOf(store)
  const isChosen = (aside: SetAside) =>
    isOwnAside(aside, device) && aside.records.some((bytes) => asideKey(bytes) === key)
  const tails = tailsOf(await store.journals(), device)
  const appends: JournalAppend[] = []
  const signing = { signer: keys.signerOf(identity.key), staging: makeStaging(random) }
  for (const [chain, records] of byChain(all.filter(isChosen))) {
    const row = tails.get(chain)
    const end = row && { journal: row, updates: [], records: [] }
    const kept = new Map(row === undefined || end === undefined ? [] : [[row.journal, end]])
    const commits = records.map((record) => [inShardOf(row, record)])
    const written = await rechain(commits, { device, tail: tailOf(row), kept, ...signing })
    appends.push(...written.filter((append) => append.records.length > 0))
  }
  const values = { [setAsideName]: all.filter((aside) => !isChosen(aside)) }
  await store.commit({ term, appends, values })
}

/** The newest month of each chain of the device. */
function tailsOf(rows: readonly JournalRow[], device: string): ReadonlyMap<string, JournalRow> {
  const tails = new Map<string, JournalRow>()
  for (const row of rows) {
    const name = parseJournalName(row.journal)
    if (!name.ok || name.value.device !== device) continue
    const chain = chainText(name.value)
    if (row.seq > (tails.get(chain)?.seq ?? -1)) tails.set(chain, row)
  }
  return tails
}

function tailOf(row: JournalRow | undefined): ChainTail | undefined {
  return row === undefined ? undefined : { seq: row.seq, hash: row.hash }
}

function byChain(chosen: readonly SetAside[]): ReadonlyMap<string, readonly JournalRecord[]> {
  const records = new Map<string, JournalRecord[]>()
  for (const bytes of chosen.flatMap((aside) => aside.records)) {
    const decoded = decodeRecord(bytes)
    if (!decoded.ok) continue
    const chain = chainText(journalOf(decoded.value.record))
    records.set(chain, [...(records.get(chain) ?? []), decoded.value.record])
  }
  return records
}

/** A chain's month never goes back: what was written in an older one now stands in the newest. */
function inShardOf(row: JournalRow | undefined, record: JournalRecord): JournalRecord {
  const own = journalOf(record)
  const name = row === undefined ? undefined : parseJournalName(row.journal)
  if (name?.ok !== true || name.value.shard <= own.shard) return record
  return { ...record, shard: name.value.shard }
}
