/**
 * Where the own chains of a device stand, and what a commit adds to them: the rows of its transaction. Pure
 * bookkeeping; what becomes true only with the commit is a new position, never a changed one.
 */
import type { Audience } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { SealedJournal, ShardTail } from '#domain/records/seal-commit.ts'
import { assert } from '#domain/values/assert.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import type { DeviceClock } from './device-clock.ts'
import { docIdOf } from '../store/doc-id-of.ts'
import type { Staging } from './staging.ts'
import type { EngineRow, JournalAppend, JournalRow } from '../store/store.ts'

/** What the next record of this device builds on. */
export interface Position {
  readonly hlc: Hlc
  readonly counters: Readonly<Record<string, number>>
  /** Own journal rows by journal name. */
  readonly rows: ReadonlyMap<string, JournalRow>
  /** The end of each own chain, by branch/audience. */
  readonly tails: ReadonlyMap<string, ShardTail>
}

/** The end of one own chain. */
export function tailOf(
  tails: ReadonlyMap<string, ShardTail>,
  branch: string,
  audience: Audience,
): ShardTail | undefined {
  return tails.get(`${branch}/${audience}`)
}

/** The rows of the transaction, and where the chains stand after it. */
export function appendsOf(
  sealed: readonly SealedJournal[],
  before: Position,
  staging: Staging,
): { appends: JournalAppend[]; rows: Map<string, JournalRow>; tails: Map<string, ShardTail> } {
  const rows = new Map(before.rows)
  const tails = new Map(before.tails)
  const appends = sealed.map((journal): JournalAppend => {
    const [first] = journal.entries
    const last = journal.entries.at(-1)
    assert(first !== undefined && last !== undefined, 'a sealed journal has entries')
    const kept = rows.get(journal.journal)
    const row: JournalRow = {
      journal: journal.journal,
      firstSeq: kept?.firstSeq ?? first.seq,
      firstPrev: kept?.firstPrev ?? first.record.prev,
      seq: last.seq,
      hash: last.hash,
      hlc: last.record.hlc,
    }
    rows.set(journal.journal, row)
    tails.set(`${journal.branch}/${journal.audience}`, journal.tail)
    const bytes = staging.append(journal.journal, journal.entries)
    return {
      journal: row,
      updates: [{ journal: journal.journal, fromSeq: first.seq, toSeq: last.seq, bytes }],
      records: journal.entries.map(({ seq, bytes: value, record }) => {
        const docId = docIdOf(record)
        const plain = { journal: journal.journal, seq, bytes: value }
        return docId === undefined ? plain : { ...plain, docId }
      }),
    }
  })
  return { appends, rows, tails }
}

/** From what is kept: the own chains, and a clock that is past everything this device has read. */
export function positionOf(
  own: { readonly device: string; readonly clock: DeviceClock },
  engine: EngineRow,
  journals: readonly JournalRow[],
): Position {
  const rows = new Map<string, JournalRow>()
  const tails = new Map<string, ShardTail>()
  let hlc = engine.hlc as Hlc
  for (const row of journals) {
    const name = parseJournalName(row.journal)
    if (!name.ok || name.value.device !== own.device) {
      hlc = own.clock.merged(hlc, row.hlc as Hlc)
      continue
    }
    // Our own clock is followed wherever it stands: what we write next must come after what we wrote.
    hlc = maxHlc(hlc, row.hlc as Hlc)
    rows.set(row.journal, row)
    const chain = `${name.value.branch}/${name.value.audience}`
    if ((tails.get(chain)?.seq ?? -1) > row.seq) continue
    tails.set(chain, { seq: row.seq, hash: row.hash, shard: name.value.shard })
  }
  return { hlc, counters: engine.counters, rows, tails }
}

export function maxHlc(one: Hlc, other: Hlc): Hlc {
  return one > other ? one : other
}
