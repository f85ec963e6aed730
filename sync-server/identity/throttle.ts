/**
 * Slows down guessing: after a few wrong passwords a login waits, longer each time. In memory: a
 * restart forgives.
 */

const freeFailures = 5
const firstWaitMs = 5_000
const longestWaitMs = 15 * 60_000
/** Logins remembered; the oldest is forgotten first. */
const limitLogins = 10_000

export class Throttle {
  readonly #failuresByLogin = new Map<string, { count: number; waitUntil: number }>()

  /** Milliseconds to wait before this login may be tried; 0 now. */
  waitMs(login: string, nowMs: number): number {
    return Math.max(0, (this.#failuresByLogin.get(login)?.waitUntil ?? 0) - nowMs)
  }

  noteFailure(login: string, nowMs: number): void {
    const count = (this.#failuresByLogin.get(login)?.count ?? 0) + 1
    const late = count - freeFailures
    const wait = late < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** late)
    this.#failuresByLogin.delete(login)
    this.#failuresByLogin.set(login, { count, waitUntil: nowMs + wait })
    const [oldest] = this.#failuresByLogin.keys()
    if (this.#failuresByLogin.size > limitLogins && oldest !== undefined) {
      this.#failuresByLogin.delete(oldest)
    }
  }

  noteSuccess(login: string): void {
    this.#failuresByLogin.delete(login)
  }
}
