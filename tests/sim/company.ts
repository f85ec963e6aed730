/**
 * Everything that a simulated world consists of, and what its observer knows of it: one server, machines
 * with people, the auditor, what was said and what was lost. Lets nothing happen by itself (world.ts).
 */
import type { Random } from '#domain/demonstration/random.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { Auditor, type Violation } from './auditor.ts'
import { checkAudiences, checkDisk, checkPrices, checkServer, idsOnServer } from './checkers.ts'
import type { Scheduler } from './clock.ts'
import { keptRecord } from './decoded.ts'
import { type FaultBook, openFaultBook } from './fault-book.ts'
import { calmOf, type Climate, spans } from './faults.ts'
import type { WorldOptions } from './options.ts'
import { SimServer } from './server.ts'
import { copyTables, ServerDisk, type ServerTables } from './server-disk.ts'
import { Tablet, type TabletSpec } from './tablet.ts'

export interface CompanyOptions {
  readonly world: WorldOptions
  readonly scheduler: Scheduler
  readonly random: Random
  readonly climate: Climate
  readonly tables: ServerTables
  /** Whether it goes over to other cost methods now and then. */
  readonly changesMethod: boolean
}

/** The same no to the same device. */
const limitRefusals = 300

export class Company {
  readonly #options: CompanyOptions
  readonly random: Random
  readonly scheduler: Scheduler
  readonly climate: Climate
  readonly changesMethod: boolean
  readonly faults: FaultBook = openFaultBook()
  readonly auditor: Auditor
  readonly serverDisk: ServerDisk
  readonly server: SimServer
  readonly tablets: Tablet[]
  /** Machines that are gone for good. */
  readonly gone: Tablet[] = []
  readonly violations: Violation[] = []
  /** The heads that the server has said since it last forgot. */
  readonly said = new Map<string, { readonly seq: number; readonly hash: string }>()
  /** By journal, the furthest that it ever said: what screens may show until they hear otherwise. */
  readonly everSaid = new Map<string, number>()
  readonly #refusals = new Map<string, number>()
  #story: string[] = []
  #digest = ''
  /** Faults and people are at rest. */
  isCalm = true
  isServerDown = false
  serverCrashes = 0

  constructor(options: CompanyOptions, specs: readonly TabletSpec[]) {
    const { scheduler, random, climate, tables, changesMethod } = options
    this.#options = options
    this.random = random
    this.scheduler = scheduler
    this.climate = climate
    this.changesMethod = changesMethod
    this.auditor = new Auditor((violation) => this.violated(violation))
    this.serverDisk = new ServerDisk(
      {
        ...{ scheduler, random, faults: this.faults, diskMs: () => ({ low: 1, high: 20 }) },
        onArmed: () => this.crashServer(),
      },
      tables,
    )
    this.server = new SimServer({
      ...{
        scheduler,
        random,
        disk: this.serverDisk,
        jobsMs: climate.serverJobsMs,
        tokenMs: climate.tokenMs,
      },
      onHead: ({ journal, seq, hash }) => {
        this.said.set(journal, { seq, hash })
        this.everSaid.set(journal, Math.max(seq, this.everSaid.get(journal) ?? -1))
      },
      onRefused: ({ device, document, code }) => {
        this.#noteRefusal(`${device} ${document} ${code}`)
        if (this.auditor.isTwin(device) || this.auditor.isRevoked(device)) return
        this.violated({ rule: 'honest-update-refused', facts: `${device} ${document} ${code}` })
      },
      onJoined: () => this.faults.met('updates-joined'),
      onFault: (where, error) => this.fault(where, error),
      onUp: () => this.#wakeAll(),
    })
    this.tablets = specs.map((spec) => this.makeTablet(spec))
  }

  makeTablet(spec: TabletSpec): Tablet {
    const { scheduler, random, faults, server } = this
    const tablet: Tablet = new Tablet({
      ...{ spec, scheduler, random, server, faults },
      climate: () => (this.isCalm ? calmOf(this.climate) : this.climate),
      onKept: (rows) => {
        const journals = new Set(rows.map(({ journal }) => journal))
        checkAudiences(tablet, journals, (violation) => this.violated(violation))
        const own = rows.filter(({ journal }) => journal.endsWith(`/${tablet.device}`))
        for (const row of own) {
          this.auditor.note(keptRecord(row))
          checkPrices(spec.name, keptRecord(row), (violation) => this.violated(violation))
        }
      },
      onSucceeded: (next, former) => this.auditor.noteSuccessor(next, former),
      onFault: (where, error) => this.fault(`${spec.name} ${where}`, error),
      onCrashed: () => checkDisk(tablet, (violation) => this.violated(violation)),
      onStory: (what) => this.tell(`${spec.name} ${what}`),
    })
    return tablet
  }

  // ── the story ───────────────────────────────────────────────────────────────────────────────

  tell(what: string): void {
    const line = `${new Date(this.scheduler.nowMs()).toISOString().slice(0, 19)} ${what}`
    this.#options.world.onStory?.(line)
    this.#story.push(line)
    if (this.#story.length < 500) return
    this.#digest = this.#digestNow()
    this.#story = []
  }

  #digestNow(): string {
    return sha256Hex(`${this.#digest}\n${this.#story.join('\n')}`)
  }

  /** SHA-256 over the story and over every byte that lies on the disks at its end. */
  digest(): string {
    const disks = [...this.serverDisk.tables.updates].flatMap(([name, parts]) => [
      name,
      ...parts.map(sha256Hex),
    ])
    for (const tablet of this.tablets) {
      const { journals } = tablet.disk.content.dump()
      for (const { updates } of journals)
        for (const { bytes } of updates) disks.push(sha256Hex(bytes))
    }
    return sha256Hex(`${this.#digestNow()}\n${disks.join('\n')}`)
  }

  violated(violation: Violation): void {
    this.tell(`VIOLATION ${violation.rule} ${violation.facts}`)
    this.violations.push(violation)
  }

  fault(where: string, error: unknown): void {
    const facts = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)
    this.violated({ rule: 'fault', facts: `${where}: ${facts}` })
  }

  // ── the server ──────────────────────────────────────────────────────────────────────────────

  /** While it starts, too. */
  crashServer(restored?: ServerTables): void {
    if (this.isServerDown) return
    this.isServerDown = true
    this.tell('server crashed')
    this.serverCrashes += 1
    this.server.crash()
    this.serverDisk.points.disarm()
    checkServer(this.serverDisk.tables, this.said, (violation) => this.violated(violation))
    if (restored !== undefined) this.#restore(restored)
    this.scheduler.after(this.random.integer(1, 60) * spans.minute, () => {
      this.isServerDown = false
      void this.startServer()
    })
  }

  /** What the backup does not have, the company's devices must bring back. */
  #restore(backup: ServerTables): void {
    this.faults.met('server-restored')
    this.tell('server restored from an older backup')
    const before = idsOnServer(this.serverDisk.tables)
    const after = idsOnServer(backup)
    this.auditor.endanger([...before.keys()].filter((id) => !after.has(id)))
    this.serverDisk.tables = copyTables(backup)
    this.server.isRestored = true
    this.said.clear()
  }

  async startServer(): Promise<void> {
    try {
      await this.server.start()
      this.tell('server up')
    } catch {
      // Its disk failed while it started: whoever runs it starts it again.
      this.scheduler.after(spans.minute, () => {
        if (!this.server.isUp && !this.isServerDown) void this.startServer()
      })
    }
  }

  /** Whoever is told no goes on asking for a while; not for days. */
  #noteRefusal(what: string): void {
    const count = (this.#refusals.get(what) ?? 0) + 1
    this.#refusals.set(what, count)
    if (count === limitRefusals) this.violated({ rule: 'refused-for-ever', facts: what })
  }

  #wakeAll(): void {
    for (const tablet of this.tablets) if (tablet.link.isUp) tablet.link.wakeAll()
  }

  // ── what is lost with a machine ─────────────────────────────────────────────────────────────

  /** A disk is about to be lost: what it alone held need not reach the server any more. */
  excuseUnsent(tablet: Tablet, kept: ReadonlySet<Uint8Array> = new Set()): void {
    const onServer = idsOnServer(this.serverDisk.tables)
    for (const { record, bytes } of tablet.ownRecords()) {
      if (!onServer.has(record.id) && !kept.has(bytes)) this.auditor.excuse(record.id)
    }
  }
}
