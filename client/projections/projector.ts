/**
 * The read model: the fold in memory, what is indexed beside it, and the blob that lets the next start begin
 * where this one ended. Derived, all of it: a blob that does not fit the records is thrown away.
 */
import type { FoldChanges, FoldEntry } from '#domain/fold/fold-entry.ts'
import type { Fold, JournalMark } from '#domain/fold/fold.ts'
import type { Audience } from '#domain/records/audience.ts'
import { type ChainTail, checkChain } from '#domain/records/chain.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { Topic } from '#client/engine/face/face.ts'
import type { BlobRow, JournalRow, RecordRow, Store } from '#client/engine/store/store.ts'
import { type Catalogue, makeCatalogue } from './catalogue.ts'
import { changedMasters } from './changed-masters.ts'
import { checkpointName, type KeptFold, openKeptFold, type StartMarks } from './kept-fold.ts'
import { makeNews, type News } from './news.ts'
import { makeRecentBodies, type RecentBodies } from './recent-bodies.ts'

/** Where a kept journal is not what was written: nothing from there on is folded. */
export interface DamagedJournal {
  readonly journal: string
  /** The first record that does not hold. */
  readonly seq: number
}

export interface Projector {
  readonly fold: Fold
  /** What of the fold comes from a checkpoint of the server, whose records need not be here. */
  readonly start: StartMarks
  readonly catalogue: Catalogue
  /** What differs since somebody looked. */
  readonly news: News
  /** Of the documents that came last. */
  readonly recent: Pick<RecentBodies, 'get'>
  /** Takes records in and says what may have changed on screens. Never throws. */
  apply(entries: readonly FoldEntry[]): readonly Topic[]
  /** Reads what the store has beyond the fold: after a start, or a commit whose end was not heard. */
  catchUp(): Promise<readonly Topic[]>
  /** Kept journals that were found damaged when they were read. */
  readonly damaged: readonly DamagedJournal[]
  /** Records folded since the last blob. */
  readonly unsaved: number
  /** The fold as bytes, for the store to keep. */
  blob(): BlobRow
}

type Source = Pick<Store, 'journals' | 'recordsOf' | 'blob' | 'value'>

const readAtOnce = 2_000
/** Each fold costs the chains that it touches anew: journals that were read are folded together. */
const foldAtOnce = 10_000
/** More changes than this are announced as "any". */
const limitNamed = 500

/** Where there is none, nobody asks when records came. */
const noClock = { now: () => 0 }

/** `version` names the build: another build's blob is not trusted. `clock` says when records come. */
export async function openProjector(
  source: Source,
  version: string,
  audiences: readonly Audience[],
  clock: ArrivalClock = noClock,
): Promise<Projector> {
  const kept = await openKeptFold(source, version, audiences)
  const projector = projectorOf(source, version, kept, clock)
  await projector.news.open(source, async (marks) => {
    await projector.catchUp(marks)
  })
  await projector.catchUp()
  return projector
}

interface ArrivalClock {
  /** Ms, as documents are dated. */
  now(): number
}

type Marks = ReadonlyMap<string, JournalMark>

function projectorOf(
  source: Source,
  version: string,
  { fold, start }: KeptFold,
  clock: ArrivalClock,
): Omit<Projector, 'catchUp'> & { catchUp(until?: Marks): Promise<readonly Topic[]> } {
  const catalogue = makeCatalogue(fold.masters)
  const recent = makeRecentBodies()
  const news = makeNews(fold)
  let damaged: readonly DamagedJournal[] = []
  let unsaved = 0

  function take(entries: readonly FoldEntry[]): readonly Topic[] {
    const changes = fold.apply(entries)
    unsaved += entries.length
    news.note(clock.now())
    if (changes.masters.size > 0) {
      catalogue.refresh(changedMasters(entries.map((entry) => entry.record)))
    }
    return topicsOf(changes)
  }

  return {
    ...{ fold, start, catalogue, news, recent },
    apply(entries) {
      recent.take(entries)
      return take(entries)
    },
    /** Up to some marks, or to the end. */
    async catchUp(until) {
      const topics = new Set<Topic>()
      damaged = await readBehind(source, fold.watermark(), until, (entries) => {
        for (const topic of take(entries)) topics.add(topic)
      })
      return [...topics]
    },
    get damaged() {
      return damaged
    },
    get unsaved() {
      return unsaved
    },
    blob() {
      unsaved = 0
      return { name: checkpointName, version, bytes: fold.checkpoint() }
    },
  }
}

function topicsOf(changes: FoldChanges): readonly Topic[] {
  return [
    ...named('stock', changes.skus),
    ...named('document', changes.documents),
    ...(changes.documents.size > 0 ? ['documents'] : []),
    ...[...changes.masters].map((entity) => `masters:${entity}`),
    ...(changes.hasApprovalsChanged ? ['approvals'] : []),
    ...(changes.hasFindingsChanged ? ['findings'] : []),
  ]
}

/** What is kept behind the marks of a fold; what was found damaged. */
async function readBehind(
  source: Source,
  marks: Marks,
  until: Marks | undefined,
  take: (entries: readonly FoldEntry[]) => void,
): Promise<readonly DamagedJournal[]> {
  const damaged: DamagedJournal[] = []
  const gathered = gather(take)
  for (const kept of await source.journals()) {
    const row = until === undefined ? kept : endingAt(kept, until.get(kept.journal))
    if (row === undefined) continue
    const tail = tailBefore(row, marks.get(row.journal))
    const brokenAt = await readChained(source, row, tail, gathered.add)
    if (brokenAt !== undefined) damaged.push({ journal: row.journal, seq: brokenAt })
  }
  gathered.flush()
  return damaged
}

function gather(take: (entries: readonly FoldEntry[]) => void) {
  let gathered: FoldEntry[] = []
  function flush(): void {
    take(gathered)
    gathered = []
  }
  function add(entries: readonly FoldEntry[]): void {
    for (const entry of entries) gathered.push(entry)
    if (gathered.length >= foldAtOnce) flush()
  }
  return { add, flush }
}

/** All that is kept, from its beginning, in portions; of a damaged journal what holds. */
export async function readKept(
  source: Pick<Store, 'journals' | 'recordsOf'>,
  take: (entries: readonly FoldEntry[]) => void,
): Promise<void> {
  for (const row of await source.journals()) {
    await readChained(source, row, tailBefore(row, undefined), take)
  }
}

/** The journal as it was when it ended there. */
function endingAt(row: JournalRow, mark: JournalMark | undefined): JournalRow | undefined {
  return mark === undefined || mark.seq >= row.seq ? mark && row : { ...row, ...mark }
}

/** The record that the next one to be read must follow; undefined at the beginning of a chain. */
function tailBefore(row: JournalRow, mark: ChainTail | undefined): ChainTail | undefined {
  if (mark !== undefined) return mark
  return row.firstSeq === 0 ? undefined : { seq: row.firstSeq - 1, hash: row.firstPrev }
}

/**
 * Reads what is kept of a journal behind `tail`, in portions. A row that rotted, or is gone, shows in the chain:
 * what follows it is not handed out, because figures without it would be wrong without a word. Answers the number
 * of the first record that does not hold.
 */
async function readChained(
  source: Pick<Store, 'recordsOf'>,
  { journal, seq: end, hash }: JournalRow,
  tail: ChainTail | undefined,
  take: (entries: readonly FoldEntry[]) => void,
): Promise<number | undefined> {
  let last = tail ?? { seq: -1, hash: '' }
  while (last.seq < end) {
    const rows = await source.recordsOf(journal, last.seq + 1, Math.min(readAtOnce, end - last.seq))
    const entries = holding(journal, rows, last.seq < 0 ? undefined : last)
    const final = entries.at(-1)
    if (final?.record.seq === end && final.hash !== hash) {
      take(entries.slice(0, -1))
      return end
    }
    take(entries)
    if (final !== undefined) last = { seq: final.record.seq, hash: final.hash }
    if (entries.length < rows.length || final === undefined) return last.seq + 1
  }
  return undefined
}

/** The rows that decode and follow each other, up to the first that does not. */
function holding(
  journal: string,
  rows: readonly RecordRow[],
  tail: ChainTail | undefined,
): readonly FoldEntry[] {
  const entries: FoldEntry[] = []
  let last = tail
  for (const { bytes } of rows) {
    const decoded = decodeRecord(bytes)
    if (!decoded.ok) break
    const { record, hash } = decoded.value
    const linked = checkChain(last, [{ record, hash }])
    // The one before is not what this one was written after: it is that one that rotted.
    if (!linked.ok && linked.problem.code === 'prev-differs') entries.pop()
    if (!linked.ok) break
    last = linked.value
    entries.push({ journal, record, hash })
  }
  return entries
}

function named(kind: 'stock' | 'document', ids: ReadonlySet<string>): Topic[] {
  if (ids.size > limitNamed) return [`${kind}:*`]
  return [...ids].map((id) => `${kind}:${id}`)
}
