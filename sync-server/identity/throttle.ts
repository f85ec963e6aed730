/**
 * Slows down guessing: after a few wrong passwords whoever gave them waits, longer each time. A device that
 * proves itself is counted for itself, everybody else by address: nobody's guesses keep a known device out.
 * In memory: a restart forgives.
 */

/** From where somebody tries to sign in. */
export interface Caller {
  readonly address: string
  /** Id of the enrolled device that has proved by its key that it asks. */
  readonly device: string | undefined
}

const freeFailures = 5
/** Of one login from wherever, by strangers: a guesser with many addresses is slowed down too. */
const freeFailuresOfStrangers = 50
const firstWaitMs = 5_000
const longestWaitMs = 15 * 60_000
/** Counts remembered; the oldest is forgotten first. */
const limitCounts = 20_000

interface Count {
  readonly key: string
  /** Failures that cost no time. */
  readonly free: number
}

export class Throttle {
  readonly #failuresByKey = new Map<string, { count: number; waitUntil: number }>()

  /** Milliseconds to wait before this caller may try this login; 0 now. */
  waitMs(login: string, caller: Caller, nowMs: number): number {
    const waits = countsOf(login, caller).map(
      ({ key }) => (this.#failuresByKey.get(key)?.waitUntil ?? 0) - nowMs,
    )
    return Math.max(0, ...waits)
  }

  noteFailure(login: string, caller: Caller, nowMs: number): void {
    for (const count of countsOf(login, caller)) this.#note(count, nowMs)
  }

  noteSuccess(login: string, caller: Caller): void {
    for (const { key } of countsOf(login, caller)) this.#failuresByKey.delete(key)
  }

  #note({ key, free }: Count, nowMs: number): void {
    const count = (this.#failuresByKey.get(key)?.count ?? 0) + 1
    const late = count - free
    const wait = late < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** late)
    this.#failuresByKey.delete(key)
    this.#failuresByKey.set(key, { count, waitUntil: nowMs + wait })
    const [oldest] = this.#failuresByKey.keys()
    if (this.#failuresByKey.size > limitCounts && oldest !== undefined) {
      this.#failuresByKey.delete(oldest)
    }
  }
}

function countsOf(login: string, { address, device }: Caller): readonly Count[] {
  if (device !== undefined) return [{ key: `device ${device} ${login}`, free: freeFailures }]
  return [
    { key: `address ${address} ${login}`, free: freeFailures },
    { key: `login ${login}`, free: freeFailuresOfStrangers },
  ]
}
