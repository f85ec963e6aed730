/**
 * The moments at which a process can be killed: at every operation of its store, and of a commit before
 * it is kept and after. A crash is armed for the n-th of them, at random in long worlds and one after the
 * other in `crash-points.test.ts`.
 */

export type CrashPoint = 'read' | 'before' | 'after'

export class CrashPoints {
  #armed: { readonly at: CrashPoint | 'any'; left: number } | undefined
  /** Points passed so far. */
  passed = 0

  /** Crash at such a point, after so many others of it have been passed. */
  arm(at: CrashPoint | 'any', left: number): void {
    this.#armed = { at, left }
  }

  disarm(): void {
    this.#armed = undefined
  }

  /** Whether the process dies here. */
  isHere(point: CrashPoint): boolean {
    this.passed += 1
    const armed = this.#armed
    if (armed === undefined || (armed.at !== 'any' && armed.at !== point)) return false
    armed.left -= 1
    if (armed.left >= 0) return false
    this.#armed = undefined
    return true
  }
}
