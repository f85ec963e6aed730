/**
 * Whether this engine may post. A store that fails stops it with a reason that screens show; it is tried
 * again by itself, and at once when a person tries. A fork stops it for good: that is not repaired here.
 */
import type { Problem } from './face/face.ts'
import type { Timers } from './ports.ts'

export interface HealthOptions {
  readonly timers: Timers
  /** Brings the engine back to where the store is; rejects while the store fails. */
  recover(): Promise<void>
  onChanged(): void
}

export interface Health {
  readonly problem: Problem | undefined
  /** The store has failed; recovery is tried from now on. */
  suffer(problem: Problem): void
  /** Nothing may be posted by this device any more. */
  end(problem: Problem): void
  /** True when posting is possible, after one more try if need be. */
  isWell(): Promise<boolean>
  close(): void
}

const firstRetryMs = 500
const longestRetryMs = 15_000

export function makeHealth(options: HealthOptions): Health {
  let problem: Problem | undefined
  let isOver = false
  let delayMs = firstRetryMs
  let cancel: (() => void) | undefined
  let trying: Promise<boolean> | undefined

  function show(next: Problem | undefined): void {
    problem = next
    options.onChanged()
  }

  async function recover(): Promise<boolean> {
    try {
      await options.recover()
      if (!isOver) show(undefined)
      delayMs = firstRetryMs
      return !isOver
    } catch {
      delayMs = Math.min(delayMs * 2, longestRetryMs)
      retryLater()
      return false
    } finally {
      trying = undefined
    }
  }

  function tryNow(): Promise<boolean> {
    cancel?.()
    cancel = undefined
    trying ??= recover()
    return trying
  }

  function retryLater(): void {
    if (isOver) return
    cancel?.()
    cancel = options.timers.after(delayMs, () => void tryNow())
  }

  return {
    get problem() {
      return problem
    },
    suffer(next) {
      if (isOver) return
      show(next)
      retryLater()
    },
    end(next) {
      isOver = true
      cancel?.()
      show(next)
    },
    isWell: async () => problem === undefined || (!isOver && (await tryNow())),
    close() {
      isOver = true
      cancel?.()
    },
  }
}
