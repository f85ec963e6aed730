/**
 * When the engine of a page begins: at once, unless a glance has rows for the screen. The engine then lets them be
 * drawn first, because on two cores its program, its store and its checkpoint would take both from the page.
 */
import type { Glance } from './glance.ts'
import type { Timers } from '../ports.ts'

export interface EngineStartEnds {
  readonly glance: Promise<Glance | undefined>
  readonly timers: Timers
  begin(): void
}

export interface EngineStart {
  /** An answer of the glance was shown: others may follow. */
  shown(): void
  /** Somebody acts, which only the engine can do. */
  now(): void
}

/** Without another answer for so long, what the screens wanted at first is drawn. */
const quietMs = 100
/** No screen keeps the engine waiting for longer. */
const limitMs = 1_000

export function makeEngineStart({ glance, timers, begin }: EngineStartEnds): EngineStart {
  let hasBegun = false
  let cancelQuiet = () => {}
  let cancelLimit = () => {}

  function now(): void {
    cancelQuiet()
    cancelLimit()
    if (hasBegun) return
    hasBegun = true
    begin()
  }

  void glance.then((found) => {
    if (found === undefined) now()
    else if (!hasBegun) cancelLimit = timers.after(limitMs, now)
  })
  return {
    now,
    shown() {
      cancelQuiet()
      if (!hasBegun) cancelQuiet = timers.after(quietMs, now)
    },
  }
}
