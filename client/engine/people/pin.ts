/**
 * The PIN: signs a person in offline on a device where that person was online before. It opens no
 * data (the store is readable by whoever owns the browser profile); it says who is acting.
 */
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Problem } from '../face/face.ts'
import type { Keys } from '../ports.ts'

export interface KeptPin {
  readonly salt: string
  readonly iterations: number
  readonly hash: string
  /** Wrong ones in a row. */
  readonly failures: number
  /** Device time before which no further try is looked at. */
  readonly notBeforeMs: number
}

/** OWASP's figure for PBKDF2 with SHA-256; about half a second on a tablet. */
const iterations = 600_000
const pinPattern = /^[0-9]{4,12}$/
const freeTries = 4
const firstWaitMs = 30_000
const longestWaitMs = 3_600_000

/** [PIN1] 4 to 12 digits, not all the same. */
export async function makePin(
  keys: Keys,
  pin: string,
  salt: string,
): Promise<Result<KeptPin, readonly Problem[]>> {
  if (!pinPattern.test(pin) || new Set(pin).size === 1) return fail([{ code: 'pin-too-weak' }])
  const hash = await keys.stretch(pin, salt, iterations)
  return done({ salt, iterations, hash, failures: 0, notBeforeMs: 0 })
}

/** Why this PIN may not be tried now; undefined when it may. */
export function checkPinTry(kept: KeptPin | undefined, nowMs: number): Problem | undefined {
  if (kept === undefined) return { code: 'pin-not-set' }
  const waitMs = kept.notBeforeMs - nowMs
  // A device clock set back must not lengthen the wait beyond what was ordered.
  if (waitMs <= 0 || waitMs > longestWaitMs) return undefined
  return { code: 'pin-wait', facts: { seconds: Math.ceil(waitMs / 1_000) } }
}

/**
 * [PIN2] The state to keep *before* a try is looked at: the try counts as wrong until it proves right,
 * so that killing the app between the two wins nothing.
 */
export function pinTried(kept: KeptPin, nowMs: number): KeptPin {
  const failures = kept.failures + 1
  const doublings = Math.max(0, failures - freeTries)
  const waitMs = doublings === 0 ? 0 : Math.min(firstWaitMs * 2 ** (doublings - 1), longestWaitMs)
  return { ...kept, failures, notBeforeMs: nowMs + waitMs }
}

export async function isPinRight(keys: Keys, kept: KeptPin, pin: string): Promise<boolean> {
  return (await keys.stretch(pin, kept.salt, kept.iterations)) === kept.hash
}

export function pinAccepted(kept: KeptPin): KeptPin {
  return { ...kept, failures: 0, notBeforeMs: 0 }
}
