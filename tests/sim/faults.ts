/** How badly the simulated world treats its devices: drawn from the seed, so that each seed is a climate. */
import type { Random } from '#domain/demonstration/random.ts'

/** Chances are out of 1,000 per occasion; spans are in ms and drawn evenly. `undefined`: never. */
export interface Climate {
  /** Between two sittings of a person. */
  readonly actMs: Span
  /** Between two glances of a person who only sees whether the machine may go on. */
  readonly glanceMs: Span | undefined
  /** Documents that a person posts in one sitting. */
  readonly sitting: Span
  /** Sittings that begin with a look at the state of the device: it costs a hash over everything. */
  readonly looks: number
  /** Lines of one document at most. */
  readonly limitLines: number
  /** Sittings in which a document is typed on the shared desk; in the others it comes whole. */
  readonly onDesk: number
  readonly onlineMs: Span
  readonly offlineMs: Span
  /** One offline spell in so many lasts weeks. */
  readonly longSpells: number
  readonly longOfflineMs: Span
  readonly partitionMs: Span
  readonly latencyMs: Span
  readonly dropped: number
  readonly duplicated: number
  readonly reordered: number
  readonly diskMs: Span
  readonly crashMs: Span
  readonly diskTroubleMs: Span
  readonly takeoverMs: Span
  /** Between two strokes of fate over all machines: stolen, emptied, revoked, restored, cloned. */
  readonly fateMs: Span
  readonly newerBuildMs: Span
  readonly serverCrashMs: Span
  readonly serverTroubleMs: Span
  readonly serverRestoreMs: Span | undefined
  /** Between two looks of somebody who closes months. */
  readonly closingMs: Span
  /** How often the jobs of the server run. */
  readonly serverJobsMs: Span
  readonly clockJumpMs: Span
  /** How long an access token holds. */
  readonly tokenMs: number
}

export interface Span {
  readonly low: number
  readonly high: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Busy days: an act every hour or so, and something wrong every day. */
export function climateOf(random: Random): Climate {
  const isWild = random.chance(1, 2)
  const isPoor = random.chance(1, 3)
  return {
    actMs: { low: 10 * minute, high: random.pick([2, 3, 6]) * hour },
    glanceMs: undefined,
    sitting: { low: 1, high: 1 },
    limitLines: 6,
    looks: 120,
    onDesk: 850,
    onlineMs: { low: 5 * minute, high: random.pick([2, 8, 24]) * hour },
    offlineMs: { low: minute, high: random.pick([1, 6, 24]) * hour },
    longSpells: random.pick([10, 20, 40]),
    longOfflineMs: { low: 2 * day, high: 20 * day },
    partitionMs: { low: 6 * hour, high: 4 * day },
    latencyMs: isPoor ? { low: 200, high: 8 * second } : { low: 5, high: 300 },
    dropped: isPoor ? 10 : 2,
    duplicated: isWild ? 60 : 5,
    reordered: isWild ? 100 : 0,
    diskMs: { low: 1, high: random.pick([10, 50, 2_000]) },
    crashMs: { low: 2 * hour, high: random.pick([1, 3, 6]) * day },
    diskTroubleMs: { low: 6 * hour, high: 6 * day },
    takeoverMs: { low: 6 * hour, high: 3 * day },
    fateMs: { low: 12 * hour, high: 6 * day },
    newerBuildMs: { low: 2 * day, high: 40 * day },
    serverCrashMs: { low: 4 * hour, high: random.pick([2, 5, 10]) * day },
    serverTroubleMs: { low: 12 * hour, high: 8 * day },
    serverRestoreMs: undefined,
    closingMs: { low: 12 * hour, high: 12 * day },
    serverJobsMs: { low: 30 * minute, high: 3 * hour },
    clockJumpMs: { low: 12 * hour, high: 10 * day },
    tokenMs: 10 * minute,
  }
}

/**
 * Years of trade: once a week a person sits down and posts the documents of those days together, about one
 * a day; hours in which nobody does anything cost nothing. Faults come as often as in hard years of a shop: a
 * machine dies every fortnight, is offline every ten days and has a bad disk, a second tab, a wrong clock every
 * month; the server dies every three weeks and is put back to a backup every few months.
 */
export function yearsOf(random: Random): Climate {
  return {
    ...climateOf(random),
    actMs: { low: 5 * day, high: 9 * day },
    glanceMs: { low: 8 * hour, high: 40 * hour },
    sitting: { low: 6, high: 11 },
    limitLines: 2,
    looks: 1_000,
    onDesk: 60,
    onlineMs: { low: 6 * hour, high: 20 * day },
    offlineMs: { low: 10 * minute, high: 3 * day },
    longSpells: 9,
    dropped: random.pick([0, 1, 3]),
    partitionMs: { low: 5 * day, high: 40 * day },
    diskMs: { low: 1, high: 20 },
    crashMs: { low: day, high: 28 * day },
    diskTroubleMs: { low: 3 * day, high: 50 * day },
    takeoverMs: { low: 5 * day, high: 55 * day },
    fateMs: { low: 5 * day, high: 50 * day },
    newerBuildMs: { low: 150 * day, high: 500 * day },
    serverCrashMs: { low: 3 * day, high: 40 * day },
    serverTroubleMs: { low: 2 * day, high: 12 * day },
    serverRestoreMs: { low: 30 * day, high: 160 * day },
    closingMs: { low: 8 * day, high: 30 * day },
    serverJobsMs: { low: 12 * hour, high: 2 * day },
    clockJumpMs: { low: 5 * day, high: 60 * day },
    tokenMs: random.pick([10 * minute, 10 * hour, 5 * day]),
  }
}

/** Everything fails every few hours, so that small worlds see enough of it. */
export const hardClimate: Partial<Climate> = {
  actMs: { low: 5 * minute, high: 50 * minute },
  onlineMs: { low: 10 * minute, high: 4 * hour },
  offlineMs: { low: minute, high: 5 * hour },
  crashMs: { low: hour, high: 8 * hour },
  diskTroubleMs: { low: hour, high: 8 * hour },
  serverCrashMs: { low: hour, high: 8 * hour },
  serverTroubleMs: { low: hour, high: 5 * hour },
  clockJumpMs: { low: 3 * hour, high: 36 * hour },
}

/** No faults: while a world is founded and while it comes to rest. */
export function calmOf(climate: Climate): Climate {
  const latencyMs = { low: 5, high: 50 }
  return { ...climate, latencyMs, dropped: 0, duplicated: 0, reordered: 0 }
}

export function within(random: Random, { low, high }: Span): number {
  return random.integer(low, high)
}

export function happens(random: Random, perThousand: number): boolean {
  return random.integer(0, 999) < perThousand
}

export const spans = { second, minute, hour, day }
