/** Timers of the platform. In Node they do not keep the process alive: nobody waits for upkeep. */
import type { Timers } from '../ports.ts'

export const systemTimers: Timers = {
  after(delayMs, act) {
    const timer: unknown = setTimeout(act, delayMs)
    if (typeof timer === 'object' && timer !== null && 'unref' in timer) {
      ;(timer as { unref(): void }).unref()
    }
    return () => clearTimeout(timer as Parameters<typeof clearTimeout>[0])
  },
}
