/**
 * One tablet: a disk that outlives crashes, a wrong clock, and on them a real engine that may die at any
 * moment. What its screen has called saved is remembered here, outside the engine, as a person would.
 */
import type { Random } from '#domain/demonstration/random.ts'
import type { Audience } from '#domain/records/audience.ts'
import { type Engine, openEngine } from '#client/engine/engine.ts'
import type { CommandArgs, CommandName, CommandResult, Problem } from '#client/engine/face.ts'
import { memoryShelf } from '#client/engine/shelf.ts'
import { type Scheduler, SkewedClock, timersOf } from './clock.ts'
import { Disk, type DiskOptions } from './disk.ts'
import { type Climate, spans } from './faults.ts'
import { simKeys } from './keys.ts'
import { Link } from './link.ts'
import { type NetworkOptions, simNetwork } from './network.ts'
import type { SimServer } from './server.ts'

export interface TabletSpec {
  readonly name: string
  readonly login: string
  /** Fewer than the person may read. */
  readonly audiences?: readonly Audience[]
  /** Indices of the branches; all that the person has when left out. */
  readonly branch?: number
}

export interface TabletOptions {
  readonly spec: TabletSpec
  readonly scheduler: Scheduler
  readonly random: Random
  readonly server: SimServer
  climate(): Climate
  onKept: DiskOptions['onKept']
  /** What only a bug can cause. */
  onFault(where: string, error: unknown): void
  /** The disk is as the crash has left it. */
  onCrashed(): void
  onStory(what: string): void
  readonly plantDisk?: DiskOptions['plant']
  readonly plantForgetting?: DiskOptions['plantForgetting']
  readonly plantEntry?: DiskOptions['plantEntry']
  readonly plantMessage?: NetworkOptions['plant']
}

/** An act of which the screen said that it is saved. */
export interface SavedAct {
  readonly kind: 'posted' | 'reversed'
  readonly docId: string
  /** Undefined for a reversal: the screen shows none. */
  readonly number?: string
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
  readonly saved: SavedAct[] = []
  readonly #cookies = { refresh: '' }
  #desks = new Map<string, Uint8Array[]>()
  #runs = 0
  #unanswered = new Set<() => void>()
  engine: Engine | undefined
  crashes = 0
  /** Known from the enrolment on. */
  device = ''
  audiences: readonly Audience[] = []
  branches: readonly string[] = []

  constructor(options: TabletOptions) {
    const { scheduler, random, climate } = options
    this.#options = options
    this.name = options.spec.name
    this.spec = options.spec
    this.clock = new SkewedClock(scheduler)
    this.link = new Link({ scheduler, random, climate })
    this.disk = new Disk({
      ...{ scheduler, random, climate, onKept: options.onKept },
      onArmed: () => this.crash(),
      ...(options.plantDisk === undefined ? {} : { plant: options.plantDisk }),
      plantForgetting: options.plantForgetting ?? false,
      ...(options.plantEntry === undefined ? {} : { plantEntry: options.plantEntry }),
    })
  }

  /** Opens the engine from what the disk holds; tries again while the disk refuses. */
  start(): void {
    const run = ++this.#runs
    const isAlive = () => this.#runs === run
    this.#open(isAlive).catch((error: unknown) => {
      if (!isAlive()) return
      this.#options.onStory(`cannot open: ${String(error)}`)
      this.#options.scheduler.after(2 * spans.second, () => {
        if (isAlive()) this.start()
      })
    })
  }

  async #open(isAlive: () => boolean): Promise<void> {
    const { scheduler, random, server, plantMessage } = this.#options
    const { clock, link } = this
    const engine = await openEngine(
      {
        ...{ clock, build: 'simulated', keys: simKeys(random) },
        store: this.disk.open(isAlive),
        timers: timersOf(scheduler, isAlive),
        random: {
          uuid: () => random.uuid(clock.nowMs()),
          bits: () => random.integer(0, 0xffff_ffff),
        },
        shelf: memoryShelf(this.#desks),
        network: simNetwork({
          ...{ link, server, isAlive, cookies: this.#cookies },
          onFault: this.#options.onFault,
          ...(plantMessage === undefined ? {} : { plant: plantMessage }),
        }),
      },
      { onTermLost: () => this.#options.onFault('term-lost', undefined) },
    )
    if (!isAlive()) return
    this.engine = engine
    this.#options.onStory('opened')
  }

  /** The process dies here and now; starts again after a while. */
  crash(): void {
    const { scheduler, random, onStory } = this.#options
    onStory('crashed')
    this.crashes += 1
    this.#runs += 1
    this.engine = undefined
    this.link.tearForCrash()
    this.disk.crash()
    this.#desks = this.#desksAfterCrash()
    for (const give of this.#unanswered) give()
    this.#unanswered.clear()
    this.#options.onCrashed()
    const run = this.#runs
    scheduler.after(random.integer(1, 30) * spans.minute, () => {
      if (this.#runs === run) this.start()
    })
  }

  /** A shelf may lose its last second. */
  #desksAfterCrash(): Map<string, Uint8Array[]> {
    const lostUpdates = this.#options.random.integer(0, 2)
    return new Map(
      [...this.#desks].map(([name, updates]) => [
        name,
        updates.slice(0, Math.max(0, updates.length - lostUpdates)),
      ]),
    )
  }

  /** An act of the person; answers `lost` when the process dies before it has. */
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
    if (!posted.ok) return posted.problem
    const act: SavedAct = { kind: 'posted', docId, number: posted.value.number }
    this.saved.push(act)
    return act
  }

  async reverse(docId: string): Promise<readonly Problem[] | SavedAct> {
    const reversed = await this.command('reverse', { docId, reason: '录错' })
    if (!reversed.ok) return reversed.problem
    const act: SavedAct = { kind: 'reversed', docId }
    this.saved.push(act)
    return act
  }

  /** Acts whose answer has not come. */
  get unansweredCount(): number {
    return this.#unanswered.size
  }

  /** Drafts as they lie on the shelf, by desk. */
  get desks(): ReadonlyMap<string, readonly Uint8Array[]> {
    return this.#desks
  }
}
