/**
 * [E2] The one road of this device's own records: planned one after the other, numbered, chained, signed,
 * kept by ONE strict transaction, and only then shown and sent. Knows records and journals, not documents.
 *
 * Acts that wait together share a transaction, so a burst costs one signature per journal and one disk
 * write; each is answered when that transaction is durable. INVARIANT: what is reserved while planning
 * (numbers, seq, hlc) becomes the truth only with the commit; a failed one leaves nothing behind.
 */
import { sealCommit, type RecordDraft, type SealedJournal } from '#domain/records/seal-commit.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { Signer } from '#domain/records/signature.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { appendsOf, maxHlc, type Position, positionOf, tailOf } from './append-position.ts'
import type { DeviceClock } from './device-clock.ts'
import type { Problem } from '../face/face.ts'
import type { Random } from '../ports.ts'
import { EngineGone } from '../face/relay.ts'
import { makeStaging, type Staging } from './staging.ts'
import {
  type EngineRow,
  type JournalAppend,
  type JournalRow,
  type Store,
  type StoreFailure,
  storeFailureOf,
} from '../store/store.ts'

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
const limitActs = 1_000
const limitRecords = 1_000
/** Of one signed Yjs update, where a single record is not longer: a frame that a bad line still carries. */
const limitSpanBytes = 30_000
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
  /** Some act could not be sealed: they are taken one by one until the queue is through. */
  #isCautious = false

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
    this.#isCautious = false
    this.#running = undefined
  }

  async #commitNext(): Promise<void> {
    const planned = this.#plan()
    if (planned.acts.length === 0) return
    const sealed = await this.#sealOrRefuse(planned)
    if (sealed === undefined) return
    try {
      await this.#commit(planned, sealed)
    } catch (error) {
      this.#fail(planned.acts, error)
    }
  }

  /** A record that cannot be made, or signed, is a bug: it takes its own act down and no other. */
  async #sealOrRefuse(planned: Planned): Promise<readonly SealedJournal[] | undefined> {
    try {
      return await this.#seal(planned)
    } catch (bug) {
      this.#isCautious = planned.acts.length > 1
      if (this.#isCautious) this.#queue.unshift(...planned.acts)
      else for (const act of planned.acts) act.abandon(bug)
      return undefined
    }
  }

  /** Takes acts off the queue, in order, until the transaction is full. */
  #plan(): Planned {
    let { hlc, counters } = this.#position
    const acts: PlannedAct[] = []
    const pending: PlannedRecord[] = []
    const limit = this.#isCautious ? 1 : limitActs
    while (acts.length < limit && pending.length < limitRecords) {
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
    const { tails } = this.#position
    const sealed = await sealCommit({
      ...{ org, device, build, signer, limitSpanBytes },
      drafts: planned.acts.flatMap((act) => act.drafts),
      tailOf: (branch, audience) => tailOf(tails, branch, audience),
    })
    if (sealed.ok) return sealed.value
    const { id, ...facts } = sealed.problem
    this.#refuse(planned.acts, id, { code: facts.code, facts })
    return undefined
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

function problemOf(failure: StoreFailure): Problem {
  return { code: failure.code, facts: { detail: failure.message } }
}
