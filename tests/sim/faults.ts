/** How badly the simulated world treats its devices: drawn from the seed, so that each seed is a climate. */
import type { Random } from '#domain/demonstration/random.ts'

/** Chances are out of 1,000 per occasion; spans are in ms and drawn evenly. */
export interface Climate {
  /** Between two acts of a person. */
  readonly actMs: Span
  readonly onlineMs: Span
  readonly offlineMs: Span
  /** One offline spell in so many lasts weeks. */
  readonly longSpells: number
  readonly longOfflineMs: Span
  readonly latencyMs: Span
  readonly dropped: number
  readonly duplicated: number
  readonly reordered: number
  readonly diskMs: Span
  readonly crashMs: Span
  readonly diskTroubleMs: Span
  readonly serverCrashMs: Span
  readonly serverTroubleMs: Span
  readonly clockJumpMs: Span
}

export interface Span {
  readonly low: number
  readonly high: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

export function climateOf(random: Random): Climate {
  const isWild = random.chance(1, 2)
  const isPoor = random.chance(1, 3)
  return {
    actMs: { low: 10 * minute, high: random.pick([2, 3, 6]) * hour },
    onlineMs: { low: 5 * minute, high: random.pick([2, 8, 24]) * hour },
    offlineMs: { low: minute, high: random.pick([1, 6, 24]) * hour },
    longSpells: random.pick([10, 20, 40]),
    longOfflineMs: { low: 2 * day, high: 20 * day },
    latencyMs: isPoor ? { low: 200, high: 8 * second } : { low: 5, high: 300 },
    dropped: isPoor ? 10 : 2,
    duplicated: isWild ? 60 : 5,
    reordered: isWild ? 100 : 0,
    diskMs: { low: 1, high: random.pick([10, 50, 2_000]) },
    crashMs: { low: 2 * hour, high: random.pick([1, 3, 6]) * day },
    diskTroubleMs: { low: 6 * hour, high: 6 * day },
    serverCrashMs: { low: 4 * hour, high: random.pick([2, 5, 10]) * day },
    serverTroubleMs: { low: 12 * hour, high: 8 * day },
    clockJumpMs: { low: 12 * hour, high: 10 * day },
  }
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
