/**
 * A simulated company: one server, a few machines, people at work and everything that goes wrong, from
 * one seed. `runWorld` lets it happen and answers with what was broken; the story is one line per event.
 */
import { byChanceOf } from './chance.ts'
import { makeRandom, type Random } from '#domain/demonstration/random.ts'
import type { Violation } from './auditor.ts'
import { checkSynced } from './check-screens.ts'
import { checkServer } from './checkers.ts'
import { inVirtualTime, Scheduler } from './clock.ts'
import { Company } from './company.ts'
import type { CrashPoints } from './crash-points.ts'
import { Fates, isCopy } from './fates.ts'
import { type Climate, climateOf, happens, spans, yearsOf } from './faults.ts'
import { foundedTables, specs, startMs } from './founding.ts'
import type { WorldOptions, WorldOutcome } from './options.ts'
import { Broken, Pace } from './pace.ts'
import { checkRest, unrestOf } from './rest-checks.ts'
import type { ServerTables } from './server-disk.ts'
import type { Tablet } from './tablet.ts'
import { startTrouble } from './trouble.ts'
import { isValuing, type Trade, tradeOf } from './trade.ts'
import { act, newProduct, signInWhereNeeded } from './workload.ts'

export type { WorldOptions, WorldOutcome } from './options.ts'

export async function runWorld(options: WorldOptions): Promise<WorldOutcome> {
  const chance = makeRandom(options.seed + 1)
  const tables = await foundedTables()
  return byChanceOf(chance, () => {
    const scheduler = new Scheduler(startMs)
    const world = new World(options, scheduler, tables)
    return inVirtualTime(scheduler, () => world.run())
  })
}

class World {
  readonly #options: WorldOptions
  readonly #random: Random
  readonly #company: Company
  readonly #fates: Fates
  readonly #trade: Trade
  readonly #pace: Pace
  #deviceDays = 0
  #crashPoints = 0

  constructor(options: WorldOptions, scheduler: Scheduler, tables: ServerTables) {
    const random = makeRandom(options.seed)
    const drawn: Climate = options.pace === 'years' ? yearsOf(random) : climateOf(random)
    const climate = { ...drawn, ...options.climate }
    const most = options.pace === 'years' ? 4 : specs.length
    const machines = options.machines ?? random.integer(3, most)
    this.#options = options
    this.#trade = options.trade ?? tradeOf(options.seed)
    this.#random = random
    this.#company = new Company(
      { world: options, scheduler, random, climate, tables, changesMethod: isValuing(this.#trade) },
      specs.slice(0, machines),
    )
    this.#fates = new Fates(this.#company)
    this.#pace = new Pace(scheduler, () => this.#company.violations.length > 0)
  }

  async run(): Promise<WorldOutcome> {
    try {
      await this.#found()
      for (let rest = 0; rest < this.#options.rests; rest += 1) {
        await this.#live()
        await this.#rest()
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error
    }
    return this.#outcome()
  }

  #outcome(): WorldOutcome {
    const { scheduler, violations, faults, serverCrashes, auditor } = this.#company
    const all = [...this.#company.tablets, ...this.#company.gone]
    const sum = (of: (tablet: Tablet) => number) => all.reduce((total, each) => total + of(each), 0)
    const documents = [...auditor.documents(() => 0).values()]
    return {
      ...{ seed: this.#options.seed, violations, steps: scheduler.steps },
      records: auditor.count,
      documents: documents.length,
      saved: sum((tablet) => tablet.savedInAll),
      crashes: sum((tablet) => tablet.crashes),
      serverCrashes,
      postedTwice: documents.filter(({ postings }) => postings > 1).length,
      deviceDays: this.#deviceDays,
      crashPointsInTrade: this.#crashPoints,
      faults: faults.counts,
      digest: this.#company.digest(),
    }
  }

  // ── founding ────────────────────────────────────────────────────────────────────────────────

  async #found(): Promise<void> {
    const { server, tablets } = this.#company
    await this.#pace.asked(server.start())
    for (const tablet of tablets) tablet.start()
    for (const tablet of tablets) {
      await this.#pace.until(() => tablet.engine !== undefined, spans.hour)
      const problem = await this.#pace.asked(tablet.enrol())
      if (problem !== undefined) this.#wrongFounding(problem)
    }
    await this.#becomeQuiet()
    const [owner] = tablets
    if (owner !== undefined) {
      await this.#choosePolicy(owner)
      await this.#fillMasters(owner)
    }
    await this.#becomeQuiet()
  }

  /** [ENG35] How goods are valued, once, before the first document. */
  async #choosePolicy(owner: Tablet): Promise<void> {
    const { policy: fields } = this.#trade
    const [company] = owner.disk.fold.masters.list('company')
    if (Object.keys(fields).length === 0 || company === undefined) return
    const changes = [{ entity: 'company', id: company.id, fields }]
    const written = await this.#pace.asked(owner.command('changeMasters', { changes }))
    if (!written.ok) this.#wrongFounding(written.problem)
  }

  async #fillMasters(owner: Tablet): Promise<void> {
    const random = this.#random
    const { isTracked } = this.#trade
    const products = Array.from({ length: 5 }, () => newProduct(random, startMs, isTracked))
    const [branchId = ''] = owner.branches
    const uuid = () => random.uuid(startMs)
    const warehouseId = uuid()
    const bins = (isTracked ? ['A1', 'A2'] : []).map((code) => {
      return { entity: 'bin', id: uuid(), fields: { code, warehouseId } }
    })
    const changes = [
      ...products.flat(),
      { entity: 'warehouse', id: warehouseId, fields: { name: '后仓', code: '02', branchId } },
      ...bins,
      { entity: 'supplier', id: uuid(), fields: { name: '供应商', initials: 'GYS' } },
      { entity: 'customer', id: uuid(), fields: { name: '客户', initials: 'KH' } },
    ]
    const written = await this.#pace.asked(owner.command('changeMasters', { changes }))
    if (!written.ok) this.#wrongFounding(written.problem)
  }

  #wrongFounding(problem: unknown): void {
    this.#company.violated({ rule: 'founding', facts: JSON.stringify(problem) })
  }

  // ── trade ───────────────────────────────────────────────────────────────────────────────────

  async #live(): Promise<void> {
    const company = this.#company
    const { scheduler } = company
    const { days, crashAt, limitSteps = Number.POSITIVE_INFINITY } = this.#options
    company.isCalm = false
    const points = this.#pointsOf(crashAt?.who)
    if (crashAt !== undefined) points?.arm('any', crashAt.nth)
    const passedBefore = points?.passed ?? 0
    const stop = startTrouble({
      ...{ company, fates: this.#fates },
      onAct: (tablet) => this.#person(tablet, () => this.#sit(tablet)),
      onGlance: (tablet) => this.#person(tablet, () => this.#glance(tablet)),
    })
    const beganMs = scheduler.nowMs()
    await this.#pace.until(() => scheduler.steps >= limitSteps, days * spans.day)
    stop()
    this.#crashPoints += (points?.passed ?? 0) - passedBefore
    for (const { bornMs } of company.tablets) {
      this.#deviceDays += (scheduler.nowMs() - Math.max(beganMs, bornMs)) / spans.day
    }
  }

  #pointsOf(who: 'server' | 'device' | undefined): CrashPoints | undefined {
    if (who === 'server') return this.#company.serverDisk.points
    return who === 'device' ? this.#company.tablets[0]?.disk.points : undefined
  }

  #person(tablet: Tablet, does: () => Promise<unknown>): void {
    does().catch((error: unknown) => {
      // The process died, the machine was emptied, or the store fails: a screen says so and goes on.
      const isOver = tablet.engine === undefined || tablet.device === '' || isStoreTrouble(error)
      if (!isOver) this.#company.fault(`${tablet.name} person`, error)
    })
  }

  /** Whether the machine may go on; where it may not, its person sees to that. */
  async #glance(tablet: Tablet): Promise<boolean> {
    if (tablet.engine === undefined) return false
    const isDevice = tablet.device !== ''
    if (!isDevice) await this.#tryEnrolling(tablet)
    else if (await this.#isOver(tablet)) await this.#fates.beginAnew(tablet)
    else {
      await signInWhereNeeded(tablet)
      return true
    }
    return false
  }

  async #sit(tablet: Tablet): Promise<void> {
    const { random, tablets, climate, scheduler } = this.#company
    if (tablet.engine === undefined) return
    const isLooking = tablet.device === '' || happens(random, climate.looks)
    if (isLooking && !(await this.#glance(tablet))) return
    await act(
      {
        ...{ random, tablets, climate, nowMs: () => scheduler.nowMs() },
        onStory: (at: Tablet, what: string) => this.#company.tell(`${at.name} ${what}`),
      },
      tablet,
    )
    const { everSaid } = this.#company
    await checkSynced(tablet, everSaid, (violation) => this.#company.violated(violation))
  }

  /** Nothing is posted any more by the device that this machine is. */
  async #isOver(tablet: Tablet): Promise<boolean> {
    const status = await tablet.engine?.read('status', {})
    const code = status?.stopped?.code
    return code === 'device-forked' || code === 'device-revoked'
  }

  /** The restored server does not know it, and nobody who does has come. */
  async #isForgotten(tablet: Tablet): Promise<boolean> {
    return (await signInWhereNeeded(tablet)) === 'device-unknown'
  }

  async #tryEnrolling(tablet: Tablet): Promise<void> {
    const problem = await tablet.enrol()
    this.#company.tell(`${tablet.name} enrolled anew ${problem?.[0]?.code ?? ''}`)
  }

  // ── rest ────────────────────────────────────────────────────────────────────────────────────

  async #rest(): Promise<void> {
    const { auditor, serverDisk, said } = this.#company
    const tell = (violation: Violation) => this.#company.violated(violation)
    this.#calm()
    await this.#becomeQuiet('but for those that are stopped')
    await this.#mendMachines()
    await this.#becomeQuiet()
    checkServer(serverDisk.tables, said, tell)
    await this.#pace.asked(checkRest(this.#restWorld(), tell))
    this.#company.tell(`at rest: ${auditor.count} records`)
    if (this.#company.violations.length > 0) throw new Broken()
  }

  #calm(): void {
    const { serverDisk, tablets } = this.#company
    this.#company.isCalm = true
    serverDisk.isFailing = false
    serverDisk.isSlow = false
    serverDisk.points.disarm()
    for (const tablet of tablets) {
      tablet.disk.trouble = undefined
      tablet.disk.points.disarm()
      tablet.link.set(true)
    }
  }

  /** Copies are switched off, and what may not go on becomes a new device. */
  async #mendMachines(): Promise<void> {
    for (const tablet of [...this.#company.tablets]) {
      if (isCopy(tablet)) await this.#pace.asked(this.#fates.retire(tablet))
      else if (await this.#pace.asked(this.#isOver(tablet))) {
        await this.#pace.asked(this.#fates.beginAnew(tablet))
      } else if (await this.#pace.asked(this.#isForgotten(tablet))) {
        await this.#pace.asked(this.#fates.startAnew(tablet))
      }
    }
  }

  #restWorld() {
    const { auditor, tablets, serverDisk, faults } = this.#company
    return { tablets, auditor, tables: serverDisk.tables, faults }
  }

  /** Lets time go on until nobody waits for anything, twice a minute apart; hours at most. */
  async #becomeQuiet(but?: 'but for those that are stopped'): Promise<void> {
    let restless: string | undefined
    for (let tries = 0; tries < 90; tries += 1) {
      await this.#pace.pass(2 * spans.minute)
      for (const tablet of this.#company.tablets) await this.#pace.asked(this.#wake(tablet))
      const before = restless
      restless = await this.#pace.asked(this.#unrest(but !== undefined))
      if (restless === undefined && before === undefined && tries > 0) return
    }
    const waiting = await Promise.all(
      this.#company.tablets.map(async ({ engine }) => engine?.read('status', {})),
    )
    const facts = `${restless}; ${JSON.stringify(waiting)}`
    this.#company.violated({ rule: 'never-at-rest', facts })
    throw new Broken()
  }

  async #wake(tablet: Tablet): Promise<void> {
    if (tablet.engine === undefined) return
    if (tablet.device === '') await this.#tryEnrolling(tablet)
    else if (happens(this.#random, 120)) await signInWhereNeeded(tablet)
  }

  /** Until its person makes it a new device. */
  async #isStuck(tablet: Tablet): Promise<boolean> {
    return (await this.#isOver(tablet)) || (await this.#isForgotten(tablet))
  }

  /** What is still open, or undefined. */
  async #unrest(isStoppingFine: boolean): Promise<string | undefined> {
    const { tables } = this.#company.serverDisk
    for (const tablet of this.#company.tablets) {
      if (isStoppingFine && tablet.device !== '' && (await this.#isStuck(tablet))) continue
      const open = await unrestOf(tablet, tables)
      if (open !== undefined) return open
    }
    const isRelaying = [...tables.relays.values()].some((relay) => relay !== undefined)
    return isRelaying ? 'relays are open' : undefined
  }
}

function isStoreTrouble(error: unknown): boolean {
  return error instanceof Error && error.name === 'StoreFailure'
}
