/**
 * The device's clocks: the hybrid clock that stamps records, and the measured distance to the server's
 * time. Decides no order between devices; that is the fold's. Keeps nothing on disk itself.
 */
import { type Hlc, mergeHlc, nextHlc } from '#domain/values/hybrid-clock.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import { limitInstantMs } from '#domain/values/limits.ts'
import type { Clock } from '../ports.ts'

/** Server time − device time, as measured once. */
export interface ClockMeasurement {
  readonly offsetMs: number
  /** Device time of the measurement. */
  readonly measuredAtMs: number
  /** How wrong it can be: half of the way there and back. */
  readonly errorMs: number
}

export interface DeviceClock {
  /** The trade moment now, corrected by what the server's clock showed. */
  now(): Instant
  /** The next stamp for a record, given the last one that is durable or reserved. */
  next(last: Hlc): Hlc
  /** `last` after having read `foreign`; a clock more than 24 h ahead is not followed [CLK2]. */
  merged(last: Hlc, foreign: Hlc): Hlc
  /** The correction in use and its age, as records state it. */
  offset(): { readonly ms: number; readonly ageMs: number }
  /** Age of the measurement; undefined when there was none. */
  ageMs(): number | undefined
  /** A request left at `sentMs` and came back at `receivedMs` with the server's time. */
  measure(serverMs: number, sentMs: number, receivedMs: number): ClockMeasurement
}

/** From before this program was written to the end of the century: what is outside is no clock's time. */
const serverTimes = { firstMs: Date.UTC(2020, 0, 1), lastMs: Date.UTC(2100, 0, 1) } as const

/**
 * Whether a time that a server states can be its clock's. A device that followed any number could not stamp,
 * number or send what it posts, and a stamp never goes back.
 */
export function isServerTime(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= serverTimes.firstMs && ms < serverTimes.lastMs
}

/** A measurement this old is replaced by any newer one, however rough. */
const staleMs = 10 * 60_000

export function makeDeviceClock(clock: Clock, kept: ClockMeasurement | undefined): DeviceClock {
  // A device clock that shows less than at the measurement was set back since: the distance is unknown.
  let used = kept !== undefined && clock.nowMs() >= kept.measuredAtMs ? kept : undefined

  function correctedMs(): number {
    const ms = Math.trunc(clock.nowMs() + (used?.offsetMs ?? 0))
    return Math.min(Math.max(ms, 0), limitInstantMs - 1)
  }

  function ageMs(): number | undefined {
    return used === undefined
      ? undefined
      : Math.max(0, Math.trunc(clock.nowMs() - used.measuredAtMs))
  }

  return {
    now: () => instant(correctedMs()),
    next: (last) => nextHlc(last, correctedMs()),
    merged: (last, foreign) => mergeHlc(last, foreign, correctedMs()),
    offset: () => ({
      ms: used?.offsetMs ?? 0,
      ageMs: Math.min(ageMs() ?? limitInstantMs, limitInstantMs),
    }),
    ageMs,
    measure(serverMs, sentMs, receivedMs) {
      const errorMs = Math.ceil(Math.abs(receivedMs - sentMs) / 2)
      const offsetMs = Math.round(serverMs - (sentMs + receivedMs) / 2)
      const measured = { offsetMs, measuredAtMs: receivedMs, errorMs }
      if (used === undefined || errorMs <= used.errorMs || isStale(used, receivedMs))
        used = measured
      return used
    },
  }
}

/** Old, or made before the clock was set back. */
function isStale({ measuredAtMs }: ClockMeasurement, nowMs: number): boolean {
  const sinceMs = nowMs - measuredAtMs
  return sinceMs < 0 || sinceMs > staleMs
}
