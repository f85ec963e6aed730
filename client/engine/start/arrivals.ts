/**
 * Records of others on their way from the inbox into the fold. A few are folded as they come. Masses, of a
 * first sync or of weeks away, are gathered and folded together: a fold puts each chain that it touches in
 * order and costs it anew, so that a thousand portions cost a thousand times what one does. All are durable
 * before they come here; what is still gathered when the engine ends is read from the store at its next start.
 */
import type { ReceivedRecord } from '../sync/inbox.ts'
import type { Timers } from '../ports.ts'

export interface ArrivalsOptions {
  readonly timers: Timers
  /** Whether more is known to be on its way. */
  isBehind(): boolean
  /** Must not throw. */
  fold(records: readonly ReceivedRecord[]): void
}

export interface Arrivals {
  take(records: readonly ReceivedRecord[]): void
  /** Folds what was gathered, now. */
  flush(): void
  /** Folds no more. */
  close(): void
}

/** So many at once are no post of a neighbour. */
const manyRecords = 200
/** Gathered at most: as objects they take some 6 KB each. */
const limitGathered = 10_000
/** A screen waits no longer for what is here already. */
const gatherMs = 1_000

export function makeArrivals({ timers, isBehind, fold }: ArrivalsOptions): Arrivals {
  let gathered: ReceivedRecord[] = []
  let callOff: (() => void) | undefined

  function flush(): void {
    callOff?.()
    callOff = undefined
    const records = gathered
    gathered = []
    if (records.length > 0) fold(records)
  }

  return {
    take(records) {
      if (gathered.length === 0 && records.length < manyRecords) return fold(records)
      for (const record of records) gathered.push(record)
      if (gathered.length >= limitGathered || !isBehind()) return flush()
      callOff ??= timers.after(gatherMs, flush)
    },
    flush,
    close() {
      callOff?.()
      gathered = []
    },
  }
}
