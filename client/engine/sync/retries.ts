/** Documents that the server does not serve are asked for again: later each time, not in step with others. */
import type { Random, Timers } from '../ports.ts'

export interface Retries {
  /** Calls `act` after a while, longer than the last time under this name. */
  later(name: string, act: () => void): void
  /** Whether it is still waiting. */
  isResting(name: string): boolean
  /** It worked: the next failure begins anew. */
  forget(name: string): void
  clear(): void
}

const firstMs = 5_000
const longestMs = 300_000

export function makeRetries(timers: Timers, random: Random): Retries {
  const retries = new Map<string, { delayMs: number; cancel: (() => void) | undefined }>()

  function forget(name: string): void {
    retries.get(name)?.cancel?.()
    retries.delete(name)
  }

  return {
    later(name, act) {
      const before = retries.get(name)
      before?.cancel?.()
      const delayMs = Math.min((before?.delayMs ?? firstMs / 2) * 2, longestMs)
      const jitterMs = (random.bits() % 1_000) * (delayMs / 4_000)
      const cancel = timers.after(delayMs + jitterMs, () => {
        retries.set(name, { delayMs, cancel: undefined })
        act()
      })
      retries.set(name, { delayMs, cancel })
    },
    isResting: (name) => retries.get(name)?.cancel !== undefined,
    forget,
    clear() {
      for (const { cancel } of retries.values()) cancel?.()
      retries.clear()
    },
  }
}
