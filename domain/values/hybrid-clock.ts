/**
 * Hybrid logical clock: wall time while it moves forward, a counter while it does not, so that what
 * a device writes later, or after having read, always compares greater. One integer compares fastest.
 */

import { assert } from './assert.ts'
import type { Brand } from './brand.ts'
import { isInstant } from './instant.ts'
import { limitClockAheadMs } from './limits.ts'

/** milliseconds × 1,024 + counter; a safe integer ≥ 0. */
export type Hlc = Brand<number, 'Hlc'>

const countersPerMs = 1_024

export function isHlc(packed: number): boolean {
  return Number.isSafeInteger(packed) && packed >= 0
}

/** `ms` within 1970..2248, `counter` within 0..1,023. */
export function hlc(ms: number, counter: number): Hlc {
  assert(isInstant(ms), 'the wall part of a clock is an instant')
  assert(Number.isInteger(counter) && counter >= 0 && counter < countersPerMs, 'counter in 0..1023')
  return (ms * countersPerMs + counter) as Hlc
}

export function hlcMs(clock: Hlc): number {
  return Math.floor(clock / countersPerMs)
}

export function hlcCounter(clock: Hlc): number {
  return clock % countersPerMs
}

/** The next tick of this device: greater than `last`, at `nowMs` if time has moved on [HLC1]. */
export function nextHlc(last: Hlc, nowMs: number): Hlc {
  if (nowMs > hlcMs(last)) return hlc(nowMs, 0)
  // A full counter carries into the milliseconds by plain addition.
  assert(last < Number.MAX_SAFE_INTEGER, 'the clock has run out')
  return (last + 1) as Hlc
}

/**
 * `last` after having read `foreign`: what is written next compares greater than both. A clock
 * further ahead than `limitMs` is not followed, so one broken tablet cannot drag the others [HLC3].
 */
export function mergeHlc(
  last: Hlc,
  foreign: Hlc,
  nowMs: number,
  limitMs: number = limitClockAheadMs,
): Hlc {
  if (foreign <= last || isHlcAhead(foreign, nowMs, limitMs)) return last
  return foreign
}

/** More than `limitMs` ahead of `nowMs`: the finding "clock anomaly". */
export function isHlcAhead(
  foreign: Hlc,
  nowMs: number,
  limitMs: number = limitClockAheadMs,
): boolean {
  return hlcMs(foreign) > nowMs + limitMs
}
