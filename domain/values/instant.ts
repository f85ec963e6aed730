/** A moment, given by the caller: nothing in the domain reads a clock (S5). */

import { assert } from './assert.ts'
import type { Brand } from './brand.ts'
import { limitInstantMs } from './limits.ts'

/** Milliseconds since 1970-01-01T00:00Z; an integer within 0..2^43 − 1 (year 2248). */
export type Instant = Brand<number, 'Instant'>

export function isInstant(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= 0 && ms < limitInstantMs
}

export function instant(ms: number): Instant {
  assert(isInstant(ms), 'an instant is an integer of milliseconds within 1970..2248')
  return (ms + 0) as Instant
}
