/** People at work and everything that goes wrong, each in the rhythm of the climate, until called off. */
import type { Random } from '#domain/demonstration/random.ts'
import type { Scheduler } from './clock.ts'
import { type Climate, happens, spans, within } from './faults.ts'
import type { ServerDisk } from './server-disk.ts'
import type { Tablet } from './tablet.ts'

export interface TroubleOptions {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly climate: Climate
  readonly tablets: readonly Tablet[]
  readonly serverDisk: ServerDisk
  /** The person at a tablet does something. */
  onAct(tablet: Tablet): void
  onServerCrash(): void
  onStory(what: string): void
}

type Again = (delayMs: number, happen: () => void) => void

/** Nothing of it happens any more once the answer was called. */
export function startTrouble(options: TroubleOptions): () => void {
  const cancels = new Set<() => void>()
  let isOver = false
  const again: Again = (delayMs, happen) => {
    const cancel = options.scheduler.after(delayMs, () => {
      cancels.delete(cancel)
      if (!isOver) happen()
    })
    cancels.add(cancel)
  }
  for (const tablet of options.tablets) {
    const { random, climate, onAct } = options
    const everyAct = () => within(random, climate.actMs)
    repeat(again, everyAct, () => onAct(tablet))
    crashTablet(options, tablet, again)
    troubleDisk(options, tablet, again)
    troubleClock(options, tablet, again)
    partAndMeet(options, tablet, again)
  }
  troubleServer(options, again)
  return () => {
    isOver = true
    for (const cancel of cancels) cancel()
  }
}

function repeat(again: Again, delayMs: () => number, happen: () => void): void {
  again(delayMs(), () => {
    happen()
    repeat(again, delayMs, happen)
  })
}

/** At once, or at the next commit: before it is kept, or before that is heard. */
function crashTablet({ random, climate }: TroubleOptions, tablet: Tablet, again: Again): void {
  const every = () => within(random, climate.crashMs)
  repeat(again, every, () => {
    const how = random.integer(0, 2)
    if (tablet.engine === undefined) return
    if (how === 0) tablet.crash()
    else tablet.disk.armed = how === 1 ? 'before' : 'after'
  })
}

function troubleDisk(
  { random, climate, onStory }: TroubleOptions,
  tablet: Tablet,
  again: Again,
): void {
  const every = () => within(random, climate.diskTroubleMs)
  repeat(again, every, () => {
    tablet.disk.trouble = random.pick(['full', 'failing', 'closing'])
    onStory(`${tablet.name} disk ${tablet.disk.trouble}`)
    again(random.integer(1, 120) * spans.minute, () => {
      tablet.disk.trouble = undefined
    })
  })
}

/** Off by hours, either way; now and then back to 1970. */
function troubleClock(
  { random, climate, scheduler, onStory }: TroubleOptions,
  tablet: Tablet,
  again: Again,
): void {
  const every = () => within(random, climate.clockJumpMs)
  repeat(again, every, () => {
    const isWild = happens(random, 100)
    tablet.clock.skewMs = isWild
      ? 0 - scheduler.nowMs()
      : random.integer(-30 * spans.hour, 30 * spans.hour)
    onStory(`${tablet.name} clock off by ${tablet.clock.skewMs} ms`)
  })
}

function partAndMeet(options: TroubleOptions, tablet: Tablet, again: Again): void {
  const { random, climate, onStory } = options
  const { onlineMs, offlineMs, longSpells, longOfflineMs } = climate
  again(within(random, onlineMs), () => {
    tablet.link.set(false)
    const isLong = random.chance(1, longSpells)
    const forMs = within(random, isLong ? longOfflineMs : offlineMs)
    onStory(`${tablet.name} offline for ${Math.round(forMs / spans.minute)} min`)
    again(forMs, () => {
      tablet.link.set(true)
      partAndMeet(options, tablet, again)
    })
  })
}

function troubleServer(options: TroubleOptions, again: Again): void {
  const { random, climate, serverDisk, onServerCrash, onStory } = options
  const everyCrash = () => within(random, climate.serverCrashMs)
  repeat(again, everyCrash, () => {
    const how = random.integer(0, 2)
    if (how === 0) onServerCrash()
    else serverDisk.armed = how === 1 ? 'before' : 'after'
  })
  const everyTrouble = () => within(random, climate.serverTroubleMs)
  repeat(again, everyTrouble, () => {
    serverDisk.isFailing = true
    onStory('server disk failing')
    again(random.integer(1, 30) * spans.minute, () => {
      serverDisk.isFailing = false
    })
  })
}
