/**
 * One machine and the person at it: a disk that outlives crashes, a wrong clock, and on them a real engine
 * that may die at any moment, or find that another one has taken its place. What its screen has called
 * saved is remembered here, outside the engine, as a person would.
 */
import type { Random } from '#domain/demonstration/random.ts'
import type { Audience } from '#domain/records/audience.ts'
import { type Engine, openEngine } from '#client/engine/engine.ts'
import type { CommandArgs, CommandName, CommandResult, Problem } from '#client/engine/face/face.ts'
import type { KeptIdentity } from '#client/engine/people/identity.ts'
import type { StoreDump } from '#client/engine/store/memory-store.ts'
import { EngineGone } from '#client/engine/face/relay.ts'
import { type Scheduler, SkewedClock, timersOf } from './clock.ts'
import { type KeptRecord, keptRecord } from './decoded.ts'
import { Disk, type DiskOptions } from './disk.ts'
import type { FaultBook } from './fault-book.ts'
import { type Climate, spans } from './faults.ts'
import { simKeys } from './keys.ts'
import { Link } from './link.ts'
import { simNetwork } from './network.ts'
import type { SimServer } from './server.ts'
import { Shelf } from './shelf.ts'

export interface TabletSpec {
  readonly name: string
  readonly login: string
  /** Fewer than the person may read. */
  readonly audiences?: readonly Audience[]
}

export interface TabletOptions {
  readonly spec: TabletSpec
  readonly scheduler: Scheduler
  readonly random: Random
  readonly server: SimServer
  readonly faults: FaultBook
  climate(): Climate
  onKept: DiskOptions['onKept']
  /** The machine goes on as `next`, with what it had not sent as `former`. */
  onSucceeded(next: string, former: string): void
  /** What only a bug can cause. */
  onFault(where: string, error: unknown): void
  /** The disk is as the crash has left it. */
  onCrashed(): void
  onStory(what: string): void
}

/** An act of which the screen said that it is saved. */
export interface SavedAct {
  readonly kind: 'posted' | 'reversed'
  readonly docId: string
  /** Undefined for a reversal: the screen shows none. */
  readonly number?: string
}

/** Everything that a machine holds, as it was at one moment. */
export interface Image {
  readonly disk: StoreDump
  readonly shelf: ReadonlyMap<string, readonly Uint8Array[]>
  readonly refresh: string
  readonly device: string
  readonly former: readonly string[]
  readonly audiences: readonly Audience[]
  readonly branches: readonly string[]
  readonly saved: readonly SavedAct[]
}

/** A command whose answer never came: its process died. */
export const lost = { ok: false, problem: [{ code: 'process-died' }] } as const

export class Tablet {
  readonly #options: TabletOptions
  readonly name: string
  readonly spec: TabletSpec
  readonly disk: Disk
  readonly clock: SkewedClock
  readonly link: Link
  saved: SavedAct[] = []
  readonly #cookies = { refresh: '' }
  shelf = new Shelf()
  #lastRun = 0
  /** Runs of engines that have not died: two for a while after a take-over. */
  readonly #alive = new Set<number>()
  readonly #unanswered = new Set<() => void>()
  engine: Engine | undefined
  /** An engine that has lost its place and does not know it yet. */
  #frozen: Engine | undefined
  /** A copy comes into the world while others are at work. */
  readonly bornMs: number
  crashes = 0
  savedInAll = 0
  /** Of the device that this machine is at present; known from the enrolment on. */
  device = ''
  /** Devices that this machine was before it was found to be a clone. */
  former: readonly string[] = []
  audiences: readonly Audience[] = []
  branches: readonly string[] = []

  constructor(options: TabletOptions) {
    const { scheduler, random, faults, climate } = options
    this.#options = options
    this.bornMs = scheduler.nowMs()
    this.name = options.spec.name
    this.spec = options.spec
    this.clock = new SkewedClock(scheduler)
    this.link = new Link({ scheduler, random, faults, climate })
    this.disk = new Disk({
      ...{ scheduler, random, faults, climate, onKept: options.onKept },
      onIdentity: (identity) => this.#learnDevice(identity),
      onArmed: () => this.crash(),
      onOldTerm: () => options.onFault('an engine wrote after its term', undefined),
    })
  }

  // ── life of the engine ──────────────────────────────────────────────────────────────────────

  /** Opens the engine from what the disk holds; tries again while the disk refuses. */
  start(): void {
    const run = ++this.#lastRun
    this.#alive.add(run)
    const isAlive = () => this.#alive.has(run)
    this.#open(run, isAlive).catch((error: unknown) => {
      if (!isAlive()) return
      this.#options.onStory(`cannot open: ${String(error)}`)
      this.#alive.delete(run)
      this.#options.scheduler.after(2 * spans.second, () => {
        if (this.#lastRun === run) this.start()
      })
    })
  }

  async #open(run: number, isAlive: () => boolean): Promise<void> {
    const { scheduler, random, server } = this.#options
    const { clock, link } = this
    const opened: { engine?: Engine } = {}
    const engine = await openEngine(
      {
        ...{ clock, build: 'simulated', keys: simKeys(random) },
        store: this.disk.open(isAlive),
        timers: timersOf(scheduler, isAlive),
        random: {
          uuid: () => random.uuid(clock.nowMs()),
          bits: () => random.integer(0, 0xffff_ffff),
        },
        shelf: this.shelf.open(),
        network: simNetwork({
          ...{ link, server, isAlive, cookies: this.#cookies },
          onFault: this.#options.onFault,
        }),
      },
      { onTermLost: () => this.#termLost(run, opened) },
    )
    opened.engine = engine
    if (!isAlive()) return
    if (this.#lastRun !== run) return this.#retire(run, engine)
    this.engine = engine
    this.#options.onStory('opened')
  }

  /** Which device the machine is, as its disk says from now on. */
  #learnDevice(identity: KeptIdentity): void {
    const before = this.device
    this.device = identity.device.id
    if (before !== '' && before !== this.device) {
      this.former = [...this.former, before]
      this.#options.onSucceeded(this.device, before)
    }
    this.audiences = identity.audiences
    this.branches = identity.branches.map(({ id }) => id)
  }

  /** Makes the machine a device of the company. */
  async enrol(): Promise<readonly Problem[] | undefined> {
    const { login, audiences } = this.spec
    const enrolled = await this.command('enrol', {
      ...{ login, password: 'simulated', deviceName: this.name, kind: 'tablet' },
      ...(audiences === undefined ? {} : { audiences }),
    })
    return enrolled.ok ? undefined : enrolled.problem
  }

  /** Right for an engine that another one has followed; for the newest one it is a bug. */
  #termLost(run: number, { engine }: { readonly engine?: Engine }): void {
    if (run === this.#lastRun) this.#options.onFault('term-lost', undefined)
    this.#retire(run, engine)
  }

  #retire(run: number, engine: Engine | undefined): void {
    if (this.#frozen === engine) this.#frozen = undefined
    const gone = () => this.#alive.delete(run)
    if (engine === undefined) gone()
    else engine.close().then(gone, gone)
  }

  /** Another tab takes the lock on the same disk; the engine before it is frozen and knows nothing. */
  takeOver(): void {
    if (this.engine === undefined) return
    this.#frozen = this.engine
    this.engine = undefined
    this.#giveUp()
    this.#options.faults.met('tab-takeover')
    this.#options.onStory('another tab takes over')
    this.start()
  }

  /** The frozen engine comes back, and with it the person who had typed there. */
  async thaw(changes: CommandArgs<'changeMasters'>, commandId: string): Promise<void> {
    const frozen = this.#frozen
    if (frozen === undefined || this.engine === undefined) return
    this.#options.faults.met('old-engine-thawed')
    const outcome = await frozen
      .command('changeMasters', changes, commandId)
      .catch((error: unknown) => {
        if (!(error instanceof EngineGone)) this.#options.onFault('thawed engine', error)
      })
    if (outcome?.ok === true) this.#options.onFault('a thawed engine called something saved', {})
  }

  /** The process dies here and now; starts again after a while. */
  crash(): void {
    const { scheduler, random, onStory } = this.#options
    onStory('crashed')
    this.crashes += 1
    this.#die()
    const forgotten = random.integer(0, 2)
    if (forgotten > 0 && this.shelf.content.size > 0) this.#options.faults.met('shelf-forgot')
    this.shelf.crash(forgotten)
    this.#options.onCrashed()
    const run = this.#lastRun
    scheduler.after(random.integer(1, 30) * spans.minute, () => {
      if (this.#lastRun === run) this.start()
    })
  }

  #die(): void {
    this.#lastRun += 1
    this.#alive.clear()
    this.engine = undefined
    this.#frozen = undefined
    this.link.tearForCrash()
    this.disk.crash()
    this.#giveUp()
  }

  #giveUp(): void {
    for (const give of this.#unanswered) give()
    this.#unanswered.clear()
  }

  /** Switched off for good. */
  stop(): void {
    this.#die()
  }

  /** Acts whose answer has not come. */
  get unansweredCount(): number {
    return this.#unanswered.size
  }

  // ── images ──────────────────────────────────────────────────────────────────────────────────

  get image(): Image {
    const { device, former, audiences, branches } = this
    return {
      disk: this.disk.content.dump(),
      shelf: new Map([...this.shelf.content].map(([name, updates]) => [name, [...updates]])),
      refresh: this.#cookies.refresh,
      ...{ device, former, audiences, branches, saved: [...this.saved] },
    }
  }

  /** What its disk holds of the device that it is. */
  *ownRecords(): Generator<KeptRecord & { readonly bytes: Uint8Array }> {
    for (const kept of this.recordsOf([this.device])) yield kept
  }

  *recordsOf(devices: readonly string[]): Generator<KeptRecord & { readonly bytes: Uint8Array }> {
    for (const { journal, records } of this.disk.content.dump().journals) {
      if (!devices.some((device) => journal.journal.endsWith(`/${device}`))) continue
      for (const row of records) yield { ...keptRecord(row), bytes: row.bytes }
    }
  }

  /** The process dies, and the machine goes on from an image; as an empty one where none is given. */
  become(image: Image | undefined): void {
    this.#die()
    this.disk.load(image?.disk)
    this.shelf = new Shelf(image?.shelf)
    this.#cookies.refresh = image?.refresh ?? ''
    this.device = image?.device ?? ''
    this.former = image?.former ?? []
    this.audiences = image?.audiences ?? []
    this.branches = image?.branches ?? []
    this.saved = [...(image?.saved ?? [])]
    this.start()
  }

  // ── acts of the person ──────────────────────────────────────────────────────────────────────

  /** Answers `lost` when the process dies before it has. */
  async command<Name extends CommandName>(
    name: Name,
    args: CommandArgs<Name>,
  ): Promise<CommandResult<Name> | typeof lost> {
    const { engine } = this
    if (engine === undefined) return lost
    const { random } = this.#options
    return new Promise((resolve) => {
      const give = () => resolve(lost)
      this.#unanswered.add(give)
      engine
        .command(name, args, random.uuid(this.clock.nowMs()))
        .then(
          (result) => {
            if (this.engine === engine) resolve(result)
          },
          (error: unknown) => {
            if (this.engine === engine) this.#options.onFault(`command ${name}`, error)
            resolve(lost)
          },
        )
        .finally(() => this.#unanswered.delete(give))
    })
  }

  async post(docId: string): Promise<readonly Problem[] | SavedAct> {
    const posted = await this.command('post', { docId })
    return posted.ok ? this.#note('posted', docId, posted.value.number) : posted.problem
  }

  async postWhole(draft: CommandArgs<'postDraft'>): Promise<readonly Problem[] | SavedAct> {
    const posted = await this.command('postDraft', draft)
    return posted.ok ? this.#note('posted', draft.docId, posted.value.number) : posted.problem
  }

  async reverse(docId: string): Promise<readonly Problem[] | SavedAct> {
    const reversed = await this.command('reverse', { docId, reason: '录错' })
    return reversed.ok ? this.#note('reversed', docId) : reversed.problem
  }

  async unapprove(docId: string): Promise<readonly Problem[] | SavedAct> {
    const unapproved = await this.command('unapprove', { docId, reason: '录错' })
    return unapproved.ok ? this.#note('reversed', docId) : unapproved.problem
  }

  #note(kind: SavedAct['kind'], docId: string, number?: string): SavedAct {
    const act: SavedAct = { kind, docId, ...(number === undefined ? {} : { number }) }
    this.saved.push(act)
    this.savedInAll += 1
    return act
  }
}
