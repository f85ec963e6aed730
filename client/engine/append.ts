/**
 * [E2] The one road of this device's own records: planned one after the other, numbered, chained, signed,
 * kept by ONE strict transaction, and only then shown and sent. Knows records and journals, not documents.
 *
 * Acts that wait together share a transaction, so a burst costs one signature per journal and one disk
 * write; each is answered when that transaction is durable. INVARIANT: what is reserved while planning
 * (numbers, seq, hlc) becomes the truth only with the commit; a failed one leaves nothing behind.
 */
import { sealCommit, type RecordDraft, type SealedJournal } from '#domain/records/seal-commit.ts'
import type { ShardTail } from '#domain/records/seal-commit.ts'
import type { Audience } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { Signer } from '#domain/records/signature.ts'
import { assert } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { docIdOf } from './doc-id-of.ts'
import type { DeviceClock } from './device-clock.ts'
import type { Problem } from './face.ts'
import type { Random } from './ports.ts'
import { EngineGone } from './relay.ts'
import { makeStaging, type Staging } from './staging.ts'
import {
  type EngineRow,
  type JournalAppend,
  type JournalRow,
  type Store,
  StoreFailure,
  storeFailureOf,
} from './store.ts'

/** A record as a handler wants it: everything else of the envelope is given here. */
export interface PlannedRecord {
  readonly id: string
  readonly kind: string
  readonly branch: string
  readonly audience: Audience
  readonly at: Instant
  readonly body: Json
}

export interface Plan {
  readonly records: readonly PlannedRecord[]
  /** What the command answers when the records are durable. */
  readonly result: unknown
}

/** What a plan may see and reserve. */
export interface Planning {
  /** The next number of this device for a type of document; a number is used by whoever commits it. */
  count(type: string): number
  /** Records of acts that will share the transaction, not yet in the fold. */
  readonly pending: readonly PlannedRecord[]
}

/** One act of a person, told apart by its command id for ever. */
export interface Act {
  readonly commandId: string
  readonly by: string
  /** Runs when all acts before it are decided. INVARIANT: does not wait, touches nothing but `planning`. */
  plan(planning: Planning): Result<Plan, readonly Problem[]>
}

export type ActResult = Result<unknown, readonly Problem[]>

/** What is durable and about to be shown, journal by journal. */
export interface Appended {
  readonly journals: readonly SealedJournal[]
  readonly appends: readonly JournalAppend[]
}

export interface AppenderOptions {
  readonly org: string
  readonly device: string
  readonly build: string
  readonly store: Store
  readonly clock: DeviceClock
  readonly random: Random
  readonly signer: Signer
  readonly engine: EngineRow
  /** Rows of all journals kept on this device. */
  readonly journals: readonly JournalRow[]
  /** Called once for each durable commit, in order. Must not throw. */
  onAppended(appended: Appended): void
  /** The store has failed: nothing is posted until `recover` went well. */
  onStopped(problem: Problem): void
  /** Another engine has the store: this one is over. */
  onTermLost(): void
}

export interface Appender {
  submit(act: Act): Promise<ActResult>
  /** A stamp for something that is not a record, such as an act on a desk. */
  stamp(): Hlc
  /** Takes notice of a clock read in a foreign record. */
  heard(hlc: Hlc): void
  /** Reads again where the store stands and posts on from there; rejects while it fails. */
  recover(): Promise<void>
  /** Resolves when nothing is in flight; acts queued from then on are refused. */
  close(): Promise<void>
}

interface Waiting {
  readonly act: Act
  answer(result: ActResult): void
  abandon(error: unknown): void
}

/** What the next record of this device builds on. */
interface Position {
  readonly hlc: Hlc
  readonly counters: Readonly<Record<string, number>>
  /** Own journal rows by journal name. */
  readonly rows: ReadonlyMap<string, JournalRow>
  /** The end of each own chain, by branch/audience. */
  readonly tails: ReadonlyMap<string, ShardTail>
}

interface PlannedAct extends Waiting {
  readonly plan: Plan
  readonly drafts: readonly RecordDraft[]
}

interface Planned {
  readonly acts: readonly PlannedAct[]
  readonly hlc: Hlc
  readonly counters: Readonly<Record<string, number>>
}

/** Acts and records that share one transaction at most: its size bounds what a crash can take along. */
const limitActs = 200
const limitRecords = 1_000
/**
 * JSON text of the records of one Yjs update at most. Packed they are shorter, so an update fits the pieces
 * in which a backlog travels (≤ 256 KB), and each ends with a signature.
 */
const limitUpdateText = 180_000
/** Written and removed again to see whether the store takes what a post needs. */
const probe = { name: 'probe', bytes: 65_536 } as const

export function makeAppender(options: AppenderOptions): Appender {
  return new StoreAppender(options)
}

class StoreAppender implements Appender {
  readonly #options: AppenderOptions
  readonly #queue: Waiting[] = []
  #position: Position
  #staging: Staging
  #running: Promise<void> | undefined
  #problem: Problem | undefined
  #isClosed = false

  constructor(options: AppenderOptions) {
    this.#options = options
    this.#position = positionOf(options, options.engine, options.journals)
    this.#staging = makeStaging(options.random)
  }

  submit(act: Act): Promise<ActResult> {
    if (this.#isClosed) return Promise.reject(new EngineGone())
    if (this.#problem !== undefined) return Promise.resolve(fail([this.#problem]))
    return new Promise((answer, abandon) => {
      this.#queue.push({ act, answer, abandon })
      this.#running ??= this.#run()
    })
  }

  stamp(): Hlc {
    const hlc = this.#options.clock.next(this.#position.hlc)
    this.#position = { ...this.#position, hlc }
    return hlc
  }

  heard(hlc: Hlc): void {
    const { clock } = this.#options
    this.#position = { ...this.#position, hlc: clock.merged(this.#position.hlc, hlc) }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#running
  }

  async recover(): Promise<void> {
    const { store } = this.#options
    const [engine, journals] = await Promise.all([store.engine(), store.journals()])
    if (engine.term !== this.#options.engine.term) return this.#loseTerm()
    const { term } = engine
    await store.commit({ term, values: { [probe.name]: new Uint8Array(probe.bytes) } })
    await store.commit({ term, values: { [probe.name]: undefined } })
    const before = this.#position
    this.#position = positionOf(this.#options, engine, journals)
    this.#position = { ...this.#position, hlc: maxHlc(this.#position.hlc, before.hlc) }
    this.#problem = undefined
  }

  async #run(): Promise<void> {
    // Everything asked for in this turn of the event loop rides along.
    await Promise.resolve()
    while (this.#queue.length > 0) await this.#commitNext()
    this.#running = undefined
  }

  async #commitNext(): Promise<void> {
    const planned = this.#plan()
    if (planned.acts.length === 0) return
    try {
      const sealed = await this.#seal(planned)
      if (sealed !== undefined) await this.#commit(planned, sealed)
    } catch (error) {
      this.#fail(planned.acts, error)
    }
  }

  /** Takes acts off the queue, in order, until the transaction is full. */
  #plan(): Planned {
    let { hlc, counters } = this.#position
    const acts: PlannedAct[] = []
    const pending: PlannedRecord[] = []
    while (acts.length < limitActs && pending.length < limitRecords) {
      const next = this.#queue.shift()
      if (next === undefined) break
      const counted = { ...counters }
      const planned = planOf(next, counted, pending)
      if (planned === undefined) continue
      const drafts = planned.records.map((record) => {
        hlc = this.#options.clock.next(hlc)
        return this.#draftOf(record, next.act, hlc)
      })
      counters = counted
      pending.push(...planned.records)
      acts.push({ ...next, plan: planned, drafts })
    }
    // A stamp may be passed over, never given twice.
    this.#position = { ...this.#position, hlc: maxHlc(this.#position.hlc, hlc) }
    return { acts, hlc, counters }
  }

  #draftOf(record: PlannedRecord, act: Act, hlc: Hlc): RecordDraft {
    const { kind, branch, audience, at, body } = record
    const offset = this.#options.clock.offset()
    const id = asId<RecordId>(record.id)
    return { id, kind, branch, audience, by: act.by, hlc, at, offset, body }
  }

  /** Undefined when an act was found too large: it is answered, and the others are planned again. */
  async #seal(planned: Planned): Promise<readonly SealedJournal[] | undefined> {
    const { org, device, build, signer } = this.#options
    const tails = new Map(this.#position.tails)
    const sealed: SealedJournal[] = []
    for (const drafts of portionsOf(planned.acts.flatMap((act) => act.drafts))) {
      const tailOf = (branch: string, audience: Audience) => tails.get(`${branch}/${audience}`)
      const portion = await sealCommit({ org, device, build, drafts, tailOf, signer })
      if (!portion.ok) {
        const { id, ...facts } = portion.problem
        this.#refuse(planned.acts, id, { code: facts.code, facts })
        return undefined
      }
      for (const journal of portion.value) {
        tails.set(`${journal.branch}/${journal.audience}`, journal.tail)
      }
      sealed.push(...portion.value)
    }
    return sealed
  }

  #refuse(acts: readonly PlannedAct[], recordId: string, problem: Problem): void {
    const culprit = acts.find((act) => act.drafts.some((draft) => draft.id === recordId))
    culprit?.answer(fail([problem]))
    this.#queue.unshift(...acts.filter((act) => act !== culprit))
  }

  async #commit(planned: Planned, sealed: readonly SealedJournal[]): Promise<void> {
    const { store, engine, onAppended } = this.#options
    const { appends, rows, tails } = appendsOf(sealed, this.#position, this.#staging)
    const commands = planned.acts.map(({ act, plan }) => ({
      id: act.commandId,
      result: done(plan.result),
    }))
    const { hlc, counters } = planned
    await store.commit({ term: engine.term, engine: { hlc, counters }, appends, commands })
    this.#position = { hlc: maxHlc(hlc, this.#position.hlc), counters, rows, tails }
    onAppended({ journals: sealed, appends })
    for (const act of planned.acts) act.answer(done(act.plan.result))
  }

  /** Nothing of these acts is durable as far as we know; `recover` reads what is. */
  #fail(acts: readonly PlannedAct[], error: unknown): void {
    // The staging documents know entries that were not kept: their client ids are never used again.
    this.#staging = makeStaging(this.#options.random)
    const failure = storeFailureOf(error)
    if (failure.code === 'term-lost') {
      this.#queue.unshift(...acts)
      return this.#loseTerm()
    }
    this.#problem = problemOf(failure)
    const refused = fail([this.#problem])
    for (const act of acts) act.answer(refused)
    for (const act of this.#queue.splice(0)) act.answer(refused)
    this.#options.onStopped(this.#problem)
  }

  #loseTerm(): void {
    this.#isClosed = true
    for (const act of this.#queue.splice(0)) act.abandon(new EngineGone())
    this.#options.onTermLost()
  }
}

/** What an act wants to write; undefined when it was answered instead. */
function planOf(
  waiting: Waiting,
  counted: Record<string, number>,
  pending: readonly PlannedRecord[],
): Plan | undefined {
  try {
    const planned = waiting.act.plan({
      pending,
      count(type) {
        const next = (counted[type] ?? 0) + 1
        counted[type] = next
        return next
      },
    })
    if (planned.ok) return planned.value
    waiting.answer(planned)
  } catch (bug) {
    // The act of one person must not take the others' down with it.
    waiting.abandon(bug)
  }
  return undefined
}

/** Runs of drafts whose text is short enough for one update. */
function portionsOf(drafts: readonly RecordDraft[]): RecordDraft[][] {
  const portions: RecordDraft[][] = []
  let portion: RecordDraft[] = []
  let length = 0
  for (const draft of drafts) {
    const text = JSON.stringify(draft.body).length
    if (portion.length > 0 && length + text > limitUpdateText) {
      portions.push(portion)
      portion = []
      length = 0
    }
    portion.push(draft)
    length += text
  }
  if (portion.length > 0) portions.push(portion)
  return portions
}

/** The rows of the transaction, and where the chains stand after it. */
function appendsOf(
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
function positionOf(
  options: AppenderOptions,
  engine: EngineRow,
  journals: readonly JournalRow[],
): Position {
  const rows = new Map<string, JournalRow>()
  const tails = new Map<string, ShardTail>()
  let hlc = engine.hlc as Hlc
  for (const row of journals) {
    const name = parseJournalName(row.journal)
    if (!name.ok || name.value.device !== options.device) {
      hlc = options.clock.merged(hlc, row.hlc as Hlc)
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

function maxHlc(one: Hlc, other: Hlc): Hlc {
  return one > other ? one : other
}

function problemOf(failure: StoreFailure): Problem {
  return { code: failure.code, facts: { detail: failure.message } }
}
