/**
 * Virtual time: one queue of what happens next, for all devices, the server and the network together.
 * Nothing in a simulated world waits for the real clock; between two events every promise that can go
 * on has gone on, so a seed decides the whole story.
 */
import type { Clock, Timers } from '#client/engine/ports.ts'

export class Scheduler {
  #nowMs: number
  #order = 0
  readonly #heap: Event[] = []
  /** Events that have happened. */
  steps = 0

  constructor(startMs: number) {
    this.#nowMs = startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  /** Calls `act` after `delayMs`; of equal moments, in the order asked. The answer calls it off. */
  after(delayMs: number, act: () => void): () => void {
    const event: Event = {
      atMs: this.#nowMs + Math.max(0, Math.trunc(delayMs)),
      order: this.#order++,
      act,
    }
    push(this.#heap, event)
    return () => {
      event.act = undefined
    }
  }

  /** Resolves after `delayMs` of virtual time. */
  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve))
  }

  /** Lets the next event happen and everything that follows from it at once; false when none is left. */
  async step(): Promise<boolean> {
    for (let event = pop(this.#heap); event !== undefined; event = pop(this.#heap)) {
      if (event.act === undefined) continue
      this.#nowMs = event.atMs
      this.steps += 1
      event.act()
      await drained()
      return true
    }
    return false
  }

  /** Nothing happens until `untilMs`. */
  rest(untilMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, untilMs)
  }

  /** The moment of the next event; undefined when nothing is left to happen. */
  nextMs(): number | undefined {
    while (this.#heap[0] !== undefined && this.#heap[0].act === undefined) pop(this.#heap)
    return this.#heap[0]?.atMs
  }
}

/** A wall clock that may be wrong: set forward or back, or stopped being kept while it was off. */
export class SkewedClock implements Clock {
  readonly #scheduler: Scheduler
  skewMs = 0

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
  }

  nowMs(): number {
    return Math.max(1, this.#scheduler.nowMs() + this.skewMs)
  }
}

/** Timers of one run of an engine: none fires after it has crashed. */
export function timersOf(scheduler: Scheduler, isAlive: () => boolean): Timers {
  return {
    after: (delayMs, act) =>
      scheduler.after(delayMs, () => {
        if (isAlive()) act()
      }),
  }
}

/**
 * While `task` runs, the platform's own timers tick in virtual time too: a few pieces of the server
 * retry by them.
 */
export async function inVirtualTime<Value>(
  scheduler: Scheduler,
  task: () => Promise<Value>,
): Promise<Value> {
  const { setTimeout: setReal, clearTimeout: clearReal } = globalThis
  const fake = {
    setTimeout(act: () => void, delayMs = 0) {
      const cancel = scheduler.after(delayMs, act)
      return { cancel, ref: () => undefined, unref: () => undefined }
    },
    clearTimeout(timer?: { cancel?: () => void }) {
      timer?.cancel?.()
    },
  }
  Object.assign(globalThis, fake)
  try {
    return await task()
  } finally {
    Object.assign(globalThis, { setTimeout: setReal, clearTimeout: clearReal })
  }
}

/** Resolves when no promise can go on without an event: microtasks all run before the next macrotask. */
export function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

// ── a binary heap, the earliest event first ─────────────────────────────────────────────────────

interface Event {
  readonly atMs: number
  readonly order: number
  act: (() => void) | undefined
}

function isBefore(one: Event, other: Event): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}

function push(heap: Event[], event: Event): void {
  let at = heap.length
  heap.push(event)
  while (at > 0) {
    const parent = (at - 1) >> 1
    const above = heap[parent]
    if (above === undefined || isBefore(above, event)) break
    heap[at] = above
    at = parent
  }
  heap[at] = event
}

function pop(heap: Event[]): Event | undefined {
  const [first] = heap
  const last = heap.pop()
  if (first === undefined || last === undefined || heap.length === 0) return first
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    const left = heap[child]
    const right = heap[child + 1]
    if (left === undefined) break
    if (right !== undefined && isBefore(right, left)) child += 1
    const smaller = heap[child]
    if (smaller === undefined || isBefore(last, smaller)) break
    heap[at] = smaller
    at = child
  }
  heap[at] = last
  return first
}
