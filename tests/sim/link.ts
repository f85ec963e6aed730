/**
 * What lies between one tablet and the server: up or down, slow, and on bad days it repeats, overtakes
 * and loses. A lost message ends its connection, as on a real socket; both sides notice late.
 */
import type { Random } from '#domain/demonstration/random.ts'
import type { Scheduler } from './clock.ts'
import type { FaultBook } from './fault-book.ts'
import { type Climate, happens, spans, within } from './faults.ts'

export interface LinkOptions {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  climate(): Climate
}

/** From here on a message counts as slow. */
const slowMs = 2 * spans.second

/** What an end of a connection hears of it. */
export interface End {
  /** The socket is gone; told once. */
  onLost(): void
}

export class Link {
  readonly options: LinkOptions
  readonly #waiting = new Set<() => void>()
  readonly #connections = new Set<Connection>()
  isUp = true

  constructor(options: LinkOptions) {
    this.options = options
  }

  set(isUp: boolean): void {
    this.isUp = isUp
    if (!isUp) this.#tearAll()
    else for (const wake of [...this.#waiting]) wake()
  }

  /** Calls back when the link, or the server behind it, may have come up. */
  onUp(wake: () => void): () => void {
    this.#waiting.add(wake)
    return () => this.#waiting.delete(wake)
  }

  wakeAll(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  connect(device: End, server: End): Connection {
    const connection = new Connection(this.options, { up: server, down: device })
    for (const other of this.#connections) if (other.isTorn) this.#connections.delete(other)
    this.#connections.add(connection)
    return connection
  }

  /** The process at this end died: its socket with it, and nobody here waits any more. */
  tearForCrash(): void {
    this.#tearAll()
    this.#waiting.clear()
  }

  #tearAll(): void {
    for (const connection of this.#connections) connection.tear()
    this.#connections.clear()
  }

  /** How long one message takes. */
  delayMs(): number {
    return within(this.options.random, this.options.climate().latencyMs)
  }
}

export type Direction = 'up' | 'down'

export class Connection {
  readonly #options: LinkOptions
  readonly #ends: Readonly<Record<Direction, End>>
  readonly #lastMs: Record<Direction, number> = { up: 0, down: 0 }
  readonly #isToldLost: Record<Direction, boolean> = { up: false, down: false }
  isTorn = false

  constructor(options: LinkOptions, ends: Readonly<Record<Direction, End>>) {
    this.#options = options
    this.#ends = ends
  }

  /** `isFirm`: neither repeated nor overtaken, because the sender waits for it to have gone. */
  send(direction: Direction, deliver: () => void, isFirm = false): void {
    if (this.isTorn) return
    const { scheduler, random, faults, climate } = this.#options
    const { latencyMs, dropped, duplicated, reordered } = climate()
    if (happens(random, dropped)) {
      faults.met('message-dropped')
      return this.tear()
    }
    const takesMs = within(random, latencyMs)
    if (takesMs > slowMs) faults.met('message-slow')
    const arriveMs = scheduler.nowMs() + takesMs
    const overtakes = !isFirm && happens(random, reordered)
    const inOrderMs = Math.max(arriveMs, this.#lastMs[direction])
    if (!overtakes) this.#lastMs[direction] = inOrderMs
    else if (arriveMs < this.#lastMs[direction]) faults.met('message-overtaken')
    this.#deliverAt(overtakes ? arriveMs : inOrderMs, deliver)
    if (!isFirm && happens(random, duplicated)) {
      faults.met('message-repeated')
      this.#deliverAt(inOrderMs + within(random, latencyMs), deliver)
    }
  }

  #deliverAt(atMs: number, deliver: () => void): void {
    const { scheduler } = this.#options
    scheduler.after(atMs - scheduler.nowMs(), () => {
      if (!this.isTorn) deliver()
    })
  }

  /** Nothing more arrives; each side notices in its own time. */
  tear(): void {
    if (this.isTorn) return
    this.isTorn = true
    const { scheduler, random } = this.#options
    for (const direction of ['up', 'down'] as const) {
      scheduler.after(random.integer(0, 30 * spans.second), () => this.#tellLost(direction))
    }
  }

  /** One side closes: it knows at once, the other soon. */
  close(by: Direction): void {
    this.isTorn = true
    this.#isToldLost[by === 'up' ? 'down' : 'up'] = true
    const other = by === 'up' ? 'up' : 'down'
    this.#options.scheduler.after(this.#options.random.integer(1, spans.second), () =>
      this.#tellLost(other),
    )
  }

  #tellLost(direction: Direction): void {
    if (this.#isToldLost[direction]) return
    this.#isToldLost[direction] = true
    this.#ends[direction].onLost()
  }
}
