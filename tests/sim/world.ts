/**
 * A simulated company: one server, a few tablets, people at work and everything that goes wrong, from
 * one seed. `runWorld` lets it happen and answers with what was broken; the story is one line per event.
 */
import { byChanceOf } from './chance.ts'
import { makeRandom, type Random } from '#domain/demonstration/random.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import type { Store as ServerStore } from '#server/storage/store.ts'
import { Auditor, type Violation } from './auditor.ts'
import { checkSynced } from './check-screens.ts'
import { checkAudiences, checkDisk, checkRest, checkServer, unrest } from './checkers.ts'
import { inVirtualTime, Scheduler } from './clock.ts'
import type { DiskOptions } from './disk.ts'
import { calmOf, type Climate, climateOf, spans } from './faults.ts'
import { foundedTables, specs, startMs } from './founding.ts'
import type { NetworkOptions } from './network.ts'
import { SimServer } from './server.ts'
import { ServerDisk, type ServerTables } from './server-disk.ts'
import { Tablet, type TabletSpec } from './tablet.ts'
import { startTrouble } from './trouble.ts'
import { act, newProduct, signInWhereNeeded } from './workload.ts'

/** Faults that the simulator is to find, each at one port. */
export interface Planted {
  readonly disk?: NonNullable<DiskOptions['plant']>
  /** A crash takes along the last commit. */
  readonly isDiskForgetful?: boolean
  readonly entry?: NonNullable<DiskOptions['plantEntry']>
  readonly message?: NonNullable<NetworkOptions['plant']>
  readonly serverStore?: (store: ServerStore) => ServerStore
  /** Only this tablet has the fault. */
  readonly tablet?: string
}

export interface WorldOptions {
  readonly seed: number
  /** Virtual days of trade between two rests. */
  readonly days: number
  readonly rests: number
  /** Events at most; the world rests earlier then. */
  readonly limitSteps?: number
  readonly planted?: Planted
  /** Worse weather than the seed draws. */
  readonly climate?: Partial<Climate>
  readonly onStory?: (line: string) => void
}

export interface WorldOutcome {
  readonly seed: number
  readonly violations: readonly Violation[]
  readonly steps: number
  readonly records: number
  readonly saved: number
  readonly crashes: number
  readonly serverCrashes: number
  readonly postedTwice: number
  readonly deviceDays: number
  /** SHA-256 of the story: the same for the same seed. */
  readonly digest: string
}

export async function runWorld(options: WorldOptions): Promise<WorldOutcome> {
  const world = new World(options, await foundedTables())
  const chance = makeRandom(options.seed + 1)
  return byChanceOf(chance, () => inVirtualTime(world.scheduler, () => world.run()))
}

/** Stops a world at its first violation. */
class Broken extends Error {}

class World {
  readonly scheduler = new Scheduler(startMs)
  readonly #options: WorldOptions
  readonly #random: Random
  readonly #climate: Climate
  readonly #auditor: Auditor
  readonly #serverDisk: ServerDisk
  readonly #server: SimServer
  readonly #tablets: readonly Tablet[]
  readonly #violations: Violation[] = []
  readonly #said = new Map<string, { readonly seq: number; readonly hash: string }>()
  #story: string[] = []
  #digest = ''
  /** Faults and people are at rest. */
  #isCalm = true
  #isServerDown = false
  #serverCrashes = 0
  #deviceDays = 0

  constructor(options: WorldOptions, tables: ServerTables) {
    this.#options = options
    this.#random = makeRandom(options.seed)
    this.#climate = { ...climateOf(this.#random), ...options.climate }
    this.#auditor = new Auditor((violation) => this.#violated(violation))
    const { scheduler } = this
    const random = this.#random
    this.#serverDisk = new ServerDisk(
      {
        ...{ scheduler, random, diskMs: () => ({ low: 1, high: 20 }) },
        onArmed: () => this.#crashServer(),
        ...plantedAs('plant', options.planted?.serverStore),
      },
      tables,
    )
    this.#server = new SimServer({
      ...{ scheduler, random, disk: this.#serverDisk },
      onHead: ({ journal, seq, hash }) => this.#said.set(journal, { seq, hash }),
      onRefused: ({ device, document, code }) =>
        this.#violated({ rule: 'honest-update-refused', facts: `${device} ${document} ${code}` }),
      onFault: (where, error) => this.#fault(where, error),
      onUp: () => this.#wakeAll(),
    })
    this.#tablets = this.#castOf().map((spec) => this.#tabletOf(spec))
  }

  /** Three to five tablets; the owner's is always there, a keeper's nearly always. */
  #castOf(): readonly TabletSpec[] {
    const count = this.#random.integer(3, specs.length)
    return specs.slice(0, count)
  }

  #tabletOf(spec: TabletSpec): Tablet {
    const { planted } = this.#options
    const isPlanted = planted?.tablet === undefined || planted.tablet === spec.name
    const plants = isPlanted ? planted : undefined
    const tablet: Tablet = new Tablet({
      ...{ spec, scheduler: this.scheduler, random: this.#random, server: this.#server },
      climate: () => (this.#isCalm ? calmOf(this.#climate) : this.#climate),
      onKept: (records) => {
        checkAudiences(tablet, records, (violation) => this.#violated(violation))
        const own = records.filter(({ record }) => record.device === tablet.device)
        for (const kept of own) this.#auditor.note(kept)
      },
      onFault: (where, error) => this.#fault(`${spec.name} ${where}`, error),
      onCrashed: () => checkDisk(tablet, (violation) => this.#violated(violation)),
      onStory: (what) => this.#tell(`${spec.name} ${what}`),
      ...plantedAs('plantDisk', plants?.disk),
      plantForgetting: plants?.isDiskForgetful,
      ...plantedAs('plantEntry', plants?.entry),
      ...plantedAs('plantMessage', plants?.message),
    })
    return tablet
  }

  async run(): Promise<WorldOutcome> {
    try {
      await this.#found()
      for (let rest = 0; rest < this.#options.rests; rest += 1) {
        await this.#trade()
        await this.#rest()
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error
    }
    return this.#outcome()
  }

  // ── the story ───────────────────────────────────────────────────────────────────────────────

  #tell(what: string): void {
    const line = `${new Date(this.scheduler.nowMs()).toISOString().slice(5, 19)} ${what}`
    this.#options.onStory?.(line)
    this.#story.push(line)
    if (this.#story.length < 500) return
    this.#digest = sha256Hex(`${this.#digest}\n${this.#story.join('\n')}`)
    this.#story = []
  }

  #violated(violation: Violation): void {
    this.#tell(`VIOLATION ${violation.rule} ${violation.facts}`)
    this.#violations.push(violation)
  }

  #fault(where: string, error: unknown): void {
    const facts = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)
    this.#violated({ rule: 'fault', facts: `${where}: ${facts}` })
  }

  #outcome(): WorldOutcome {
    const sum = (of: (tablet: Tablet) => number) =>
      this.#tablets.reduce((total, tablet) => total + of(tablet), 0)
    const documents = [...this.#auditor.documents().values()]
    return {
      seed: this.#options.seed,
      violations: this.#violations,
      steps: this.scheduler.steps,
      records: this.#auditor.count,
      saved: sum((tablet) => tablet.saved.length),
      crashes: sum((tablet) => tablet.crashes),
      serverCrashes: this.#serverCrashes,
      postedTwice: documents.filter(({ postings }) => postings > 1).length,
      deviceDays: this.#deviceDays,
      digest: sha256Hex(`${this.#digest}\n${this.#story.join('\n')}`),
    }
  }

  // ── time ────────────────────────────────────────────────────────────────────────────────────

  /** Until `isOver`, which is asked after every event, or `limitMs` have passed. */
  async #until(isOver: () => boolean, limitMs: number): Promise<void> {
    const endMs = this.scheduler.nowMs() + limitMs
    while (!isOver() && this.#violations.length === 0) {
      const nextMs = this.scheduler.nextMs()
      if (nextMs === undefined || nextMs > endMs) return this.scheduler.rest(endMs)
      await this.scheduler.step()
    }
    if (this.#violations.length > 0) throw new Broken()
  }

  /** A person's or a checker's question, with time going on until it is answered. */
  async #asked<Value>(question: Promise<Value>): Promise<Value> {
    let answer: { readonly value: Value } | undefined
    let failure: unknown
    question.then(
      (value) => {
        answer = { value }
      },
      (error: unknown) => {
        failure = error
      },
    )
    await new Promise((resolve) => setImmediate(resolve))
    await this.#until(() => answer !== undefined || failure !== undefined, spans.hour)
    if (answer !== undefined) return answer.value
    throw failure ?? new Error('a question was never answered')
  }

  // ── founding ────────────────────────────────────────────────────────────────────────────────

  async #found(): Promise<void> {
    await this.#asked(this.#server.start())
    for (const tablet of this.#tablets) await this.#enrol(tablet)
    await this.#becomeQuiet()
    const [owner] = this.#tablets
    if (owner === undefined) return
    const random = this.#random
    const products = Array.from({ length: 5 }, () => newProduct(random, startMs))
    const session = await this.#asked(read(owner, 'session'))
    const [first] = session.branches
    const uuid = () => random.uuid(startMs)
    const changes = [
      ...products.flat(),
      {
        entity: 'warehouse',
        id: uuid(),
        fields: { name: '后仓', code: '02', branchId: first?.id ?? '' },
      },
      { entity: 'supplier', id: uuid(), fields: { name: '供应商', initials: 'GYS' } },
      { entity: 'customer', id: uuid(), fields: { name: '客户', initials: 'KH' } },
    ]
    const written = await this.#asked(owner.command('changeMasters', { changes }))
    if (!written.ok) this.#violated({ rule: 'founding', facts: JSON.stringify(written.problem) })
    await this.#becomeQuiet()
  }

  async #enrol(tablet: Tablet): Promise<void> {
    const { login, audiences } = tablet.spec
    tablet.start()
    await this.#until(() => tablet.engine !== undefined, spans.hour)
    const enrolled = await this.#asked(
      tablet.command('enrol', {
        ...{ login, password: 'simulated', deviceName: tablet.name, kind: 'tablet' },
        ...(audiences === undefined ? {} : { audiences }),
      }),
    )
    if (!enrolled.ok) this.#violated({ rule: 'founding', facts: JSON.stringify(enrolled.problem) })
    const session = await this.#asked(read(tablet, 'session'))
    const device = this.#server.kernel?.directory.devices.get(session.device?.id ?? '')
    tablet.device = session.device?.id ?? ''
    tablet.audiences = device?.audiences ?? []
    tablet.branches =
      this.#server.kernel?.directory.branchesOf(device?.branches ?? []).map(({ id }) => id) ?? []
  }

  // ── trade ───────────────────────────────────────────────────────────────────────────────────

  async #trade(): Promise<void> {
    this.#isCalm = false
    const { days, limitSteps = Number.POSITIVE_INFINITY } = this.#options
    const stop = startTrouble({
      ...{ scheduler: this.scheduler, random: this.#random, climate: this.#climate },
      ...{ tablets: this.#tablets, serverDisk: this.#serverDisk },
      onAct: (tablet) => this.#person(tablet),
      onServerCrash: () => this.#crashServer(),
      onStory: (what) => this.#tell(what),
    })
    const beganMs = this.scheduler.nowMs()
    await this.#until(() => this.scheduler.steps >= limitSteps, days * spans.day)
    stop()
    this.#deviceDays += ((this.scheduler.nowMs() - beganMs) / spans.day) * this.#tablets.length
  }

  #person(tablet: Tablet): void {
    const options = {
      ...{ random: this.#random, tablets: this.#tablets, nowMs: () => this.scheduler.nowMs() },
      onStory: (at: Tablet, what: string) => this.#tell(`${at.name} ${what}`),
    }
    signInWhereNeeded(options, tablet)
      .then(() => act(options, tablet))
      .then(() => checkSynced(tablet, this.#said, (violation) => this.#violated(violation)))
      .catch((error: unknown) => {
        if (tablet.engine !== undefined) this.#fault(`${tablet.name} person`, error)
      })
  }

  /** While it starts, too. */
  #crashServer(): void {
    if (this.#isServerDown) return
    this.#isServerDown = true
    this.#tell('server crashed')
    this.#serverCrashes += 1
    this.#server.crash()
    checkServer(this.#serverDisk.tables, this.#said, (violation) => this.#violated(violation))
    this.scheduler.after(this.#random.integer(1, 60) * spans.minute, () => {
      this.#isServerDown = false
      void this.#startServer()
    })
  }

  async #startServer(): Promise<void> {
    try {
      await this.#server.start()
      this.#tell('server up')
    } catch {
      // Its disk failed while it started: whoever runs it starts it again.
      this.scheduler.after(spans.minute, () => {
        if (!this.#server.isUp && !this.#isServerDown) void this.#startServer()
      })
    }
  }

  #wakeAll(): void {
    for (const tablet of this.#tablets) if (tablet.link.isUp) tablet.link.wakeAll()
  }

  // ── rest ────────────────────────────────────────────────────────────────────────────────────

  async #rest(): Promise<void> {
    this.#calm()
    await this.#becomeQuiet()
    const branches = [...new Set(this.#tablets.flatMap((tablet) => tablet.branches))]
    const tell = (violation: Violation) => this.#violated(violation)
    checkServer(this.#serverDisk.tables, this.#said, tell)
    await this.#asked(checkRest(this.#restWorld(branches), tell))
    this.#tell(`at rest: ${this.#auditor.count} records`)
    if (this.#violations.length > 0) throw new Broken()
  }

  #calm(): void {
    this.#isCalm = true
    this.#serverDisk.isFailing = false
    this.#serverDisk.armed = undefined
    for (const tablet of this.#tablets) {
      tablet.disk.trouble = undefined
      tablet.disk.armed = undefined
      tablet.link.set(true)
    }
  }

  #restWorld(branches: readonly string[] = []) {
    const { tables } = this.#serverDisk
    return { tablets: this.#tablets, auditor: this.#auditor, branches, tables }
  }

  /** Lets time go on until nobody waits for anything, twice a minute apart; hours at most. */
  async #becomeQuiet(): Promise<void> {
    let restless: string | undefined
    for (let tries = 0; tries < 90; tries += 1) {
      await this.#until(() => false, 2 * spans.minute)
      for (const tablet of this.#tablets) {
        if (tablet.engine !== undefined)
          await this.#asked(signInWhereNeeded({ random: this.#random }, tablet))
      }
      const before = restless
      restless = await this.#asked(unrest(this.#restWorld()))
      if (restless === undefined && before === undefined && tries > 0) return
    }
    const waiting = await Promise.all(
      this.#tablets.map(async (tablet) => tablet.engine?.read('status', {})),
    )
    const facts = `${restless}; ${JSON.stringify(waiting)}`
    this.#violated({ rule: 'never-at-rest', facts })
    throw new Broken()
  }
}

function read(tablet: Tablet, name: 'session') {
  const { engine } = tablet
  if (engine === undefined) return Promise.reject(new Error(`${tablet.name} is not open`))
  return engine.read(name, {})
}

function plantedAs<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value }
}
