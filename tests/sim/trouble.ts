/** People at work and everything that goes wrong, each in the rhythm of the climate, until called off. */
import type { Company } from './company.ts'
import { type Fates, fateNames } from './fates.ts'
import { happens, type Span, spans, within } from './faults.ts'
import { changeMethod } from './method-change.ts'
import { closeOrReopen } from './month-close.ts'
import { copyTables, type ServerTables } from './server-disk.ts'
import type { Tablet } from './tablet.ts'
import { newProduct } from './workload.ts'
import { writeAsNewerBuild } from './newer-build.ts'

export interface TroubleOptions {
  readonly company: Company
  readonly fates: Fates
  /** The person at a tablet does something. */
  onAct(tablet: Tablet): void
  /** The person passes by and sees what the screen says. */
  onGlance(tablet: Tablet): void
}

/** Nothing of it happens any more once the answer was called. */
export function startTrouble(options: TroubleOptions): () => void {
  const trouble = new Trouble(options)
  trouble.start()
  return () => trouble.stop()
}

class Trouble {
  readonly #options: TroubleOptions
  readonly #company: Company
  readonly #cancels = new Set<() => void>()
  #isOver = false

  constructor(options: TroubleOptions) {
    this.#options = options
    this.#company = options.company
  }

  start(): void {
    for (const tablet of this.#company.tablets) this.#troubleOne(tablet)
    this.#partition()
    this.#fate()
    this.#newerBuild()
    this.#troubleServer()
  }

  stop(): void {
    this.#isOver = true
    for (const cancel of this.#cancels) cancel()
  }

  // ── rhythm ──────────────────────────────────────────────────────────────────────────────────

  #again(delayMs: number, happen: () => void): void {
    const cancel = this.#company.scheduler.after(delayMs, () => {
      this.#cancels.delete(cancel)
      if (!this.#isOver) happen()
    })
    this.#cancels.add(cancel)
  }

  #repeat(span: Span, happen: () => void): void {
    this.#again(within(this.#company.random, span), () => {
      happen()
      this.#repeat(span, happen)
    })
  }

  // ── one machine ─────────────────────────────────────────────────────────────────────────────

  #troubleOne(tablet: Tablet): void {
    const { climate, random, faults } = this.#company
    const here = (happen: () => void) => () => {
      if (this.#company.tablets.includes(tablet)) happen()
    }
    const repeat = (span: Span, happen: () => void) => this.#repeat(span, here(happen))
    repeat(climate.actMs, () => this.#options.onAct(tablet))
    if (climate.glanceMs !== undefined) {
      repeat(climate.glanceMs, () => this.#options.onGlance(tablet))
    }
    repeat(climate.crashMs, () => {
      if (tablet.engine === undefined) return
      const how = random.pick(['now', 'read', 'before', 'after'] as const)
      if (how !== 'now') return tablet.disk.points.arm(how, random.integer(0, 9))
      faults.met('device-crash')
      tablet.crash()
    })
    repeat(climate.diskTroubleMs, () => this.#troubleDisk(tablet))
    repeat(climate.clockJumpMs, () => this.#troubleClock(tablet))
    repeat(climate.takeoverMs, () => this.#takeOver(tablet))
    repeat({ low: 2 * spans.day, high: 20 * spans.day }, () =>
      this.#options.fates.keepImage(tablet),
    )
    this.#partAndMeet(tablet)
  }

  #troubleDisk(tablet: Tablet): void {
    const { random } = this.#company
    tablet.disk.trouble = random.pick(['full', 'failing', 'closing', 'flaky'])
    this.#company.tell(`${tablet.name} disk ${tablet.disk.trouble}`)
    this.#again(random.integer(1, 120) * spans.minute, () => {
      tablet.disk.trouble = undefined
    })
  }

  /** Off by hours, either way; now and then by years, or back to 1970. */
  #troubleClock(tablet: Tablet): void {
    const { random, scheduler, faults } = this.#company
    const before = tablet.clock.skewMs
    const wild = random.pick([0 - scheduler.nowMs(), decade, 0 - decade, year, 0 - year])
    const isWild = happens(random, 150)
    const hours = random.integer(-30 * spans.hour, 30 * spans.hour)
    tablet.clock.skewMs = isWild ? wild : random.pick([hours, Math.trunc(hours / 60), 0])
    faults.met(isWild ? 'clock-off-by-years' : 'clock-off')
    if (tablet.clock.skewMs < before) faults.met('clock-set-back')
    this.#company.tell(`${tablet.name} clock off by ${tablet.clock.skewMs} ms`)
  }

  /** Another tab; and some time after that the first one comes back to life. */
  #takeOver(tablet: Tablet): void {
    const { random, scheduler } = this.#company
    tablet.takeOver()
    this.#again(random.integer(1, 5 * spans.minute), () => {
      const changes = newProduct(random, scheduler.nowMs())
      void tablet.thaw({ changes }, random.uuid(scheduler.nowMs()))
    })
  }

  #partAndMeet(tablet: Tablet): void {
    const { random, climate, faults } = this.#company
    const { onlineMs, offlineMs, longSpells, longOfflineMs } = climate
    this.#again(within(random, onlineMs), () => {
      tablet.link.set(false)
      const isLong = random.chance(1, longSpells)
      faults.met(isLong ? 'offline-for-weeks' : 'offline')
      const forMs = within(random, isLong ? longOfflineMs : offlineMs)
      this.#company.tell(`${tablet.name} offline for ${Math.round(forMs / spans.minute)} min`)
      this.#again(forMs, () => {
        tablet.link.set(true)
        this.#partAndMeet(tablet)
      })
    })
  }

  // ── all together ────────────────────────────────────────────────────────────────────────────

  /** A street without a network: some of the machines, together. */
  #partition(): void {
    const { random, climate, faults } = this.#company
    this.#repeat(climate.partitionMs, () => {
      const group = this.#company.tablets.filter(() => random.chance(1, 2))
      if (group.length < 2) return
      faults.met('partition')
      this.#company.tell(`cut off together: ${group.map(({ name }) => name).join(' ')}`)
      for (const tablet of group) tablet.link.set(false)
      this.#again(random.integer(1, 48) * spans.hour, () => {
        for (const tablet of group) tablet.link.set(true)
      })
    })
  }

  #fate(): void {
    const { random, climate } = this.#company
    this.#repeat(climate.fateMs, () => {
      const came = this.#options.fates.strike(
        random.pick(fateNames),
        random.pick(this.#company.tablets),
      )
      if (came !== undefined) this.#repeat(climate.actMs, () => this.#options.onAct(came))
    })
  }

  #newerBuild(): void {
    const { random, climate } = this.#company
    this.#again(within(random, climate.newerBuildMs), () => {
      writeAsNewerBuild(this.#company, random.pick(this.#company.tablets))
    })
  }

  // ── the server ──────────────────────────────────────────────────────────────────────────────

  #troubleServer(): void {
    const { random, climate, serverDisk } = this.#company
    this.#repeat(climate.serverCrashMs, () => {
      const how = random.pick(['now', 'read', 'before', 'after'] as const)
      if (how !== 'now') return serverDisk.points.arm(how, random.integer(0, 9))
      this.#company.faults.met('server-crash')
      this.#company.crashServer()
    })
    this.#repeat(climate.serverTroubleMs, () => {
      const how = random.pick(['failing', 'slow'] as const)
      if (how === 'failing') serverDisk.isFailing = true
      else serverDisk.isSlow = true
      this.#company.tell(`server disk ${how}`)
      this.#again(random.integer(1, how === 'slow' ? 600 : 120) * spans.minute, () => {
        if (how === 'failing') serverDisk.isFailing = false
        else serverDisk.isSlow = false
      })
    })
    this.#repeat(climate.closingMs, () => void closeOrReopen(this.#company))
    if (this.#company.changesMethod) {
      this.#repeat(climate.closingMs, () => void changeMethod(this.#company))
    }
    if (climate.serverRestoreMs !== undefined) this.#restoreServer(climate.serverRestoreMs)
  }

  /** A backup every two days; now and then the server is put back to one of the last three. */
  #restoreServer(span: Span): void {
    let backups: readonly ServerTables[] = []
    this.#repeat({ low: 2 * spans.day, high: 2 * spans.day }, () => {
      backups = [copyTables(this.#company.serverDisk.tables), ...backups].slice(0, 3)
    })
    this.#repeat(span, () => {
      if (backups.length > 0) this.#company.crashServer(this.#company.random.pick(backups))
    })
  }
}

const year = 365 * spans.day
const decade = 10 * year
