/** Waiting for what must come about, however busy the machine is: only what never comes costs the whole time. */
import { vi } from 'vitest'

/** Tried again and again until it holds; its last failure after half a minute. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 30_000, interval: 20 })
}
