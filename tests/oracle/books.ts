/** What each movement was reckoned to cost so far, with what was corrected afterwards. */
import { absolute } from './exact.ts'
import type { Goods } from './holding.ts'
import type { Movement } from './movement.ts'
import type { Piece } from './pool.ts'

export interface Entry {
  /** Fen, signed as the quantity. */
  cost: bigint
  /** What later receipts added to the cost of goods that left before they came. */
  trueUp: bigint
  /** What followed goods that came from where they were short. */
  carried: bigint
  /** 成本尾差: what the pool lost beyond the cost. */
  difference: bigint
  /** The receipt of the first goods that it took: what comes back is as old as that. */
  source: Movement | undefined
  /** What it took of layers, the oldest first. */
  layers: readonly Goods[]
  /** Of a count: the goods that a price of it is about, and how many arrivals there were by then. */
  counted: Counted | undefined
}

export interface Counted extends Piece {
  readonly arrivals: number
}

export interface Correction {
  readonly target: Movement
  readonly by: Movement
  readonly amount: bigint
}

export class Books {
  readonly #entries = new Map<Movement, Entry>()
  readonly #children = new Map<Movement, Movement[]>()
  readonly corrections: Correction[] = []
  /** Told of each correction at once: cost that has gone on to other pools follows it. */
  readonly #onTrueUp: (correction: Correction) => void

  /** Places in the one order. */
  readonly #places: ReadonlyMap<Movement, number>

  constructor(ordered: readonly Movement[], onTrueUp: (correction: Correction) => void) {
    this.#places = new Map(ordered.map((movement, place) => [movement, place]))
    this.#onTrueUp = onTrueUp
  }

  /** Whether one stands before another: pools by month are reckoned before all others. */
  isBefore(one: Movement, other: Movement): boolean {
    return (this.#places.get(one) ?? 0) < (this.#places.get(other) ?? 0)
  }

  /** What receipts that stand before `reader` have added to the cost of goods that left short. */
  trueUpBefore(movement: Movement, reader: Movement): bigint {
    return this.corrections
      .filter(({ target, by }) => target === movement && this.isBefore(by, reader))
      .reduce((sum, { amount }) => sum + amount, 0n)
  }

  entry(movement: Movement): Entry {
    const known = this.#entries.get(movement)
    if (known !== undefined) return known
    const entry: Entry = {
      cost: 0n,
      trueUp: 0n,
      carried: 0n,
      difference: 0n,
      source: undefined,
      layers: [],
      counted: undefined,
    }
    this.#entries.set(movement, entry)
    return entry
  }

  /** The movement has taken its goods: those after it find less to take back. */
  close(movement: Movement): void {
    const { origin, corrects } = movement
    // Nothing is taken back by it that a return could not take back again.
    if (corrects !== undefined) return
    if (origin === undefined || absolute(movement.quantity) === 0n) return
    this.#children.set(origin, [...(this.#children.get(origin) ?? []), movement])
  }

  /** What has taken back part of it. */
  takenBack(movement: Movement): readonly Movement[] {
    return this.#children.get(movement) ?? []
  }

  trueUp(target: Movement, by: Movement, amount: bigint): void {
    this.entry(target).trueUp += amount
    const correction = { target, by, amount }
    this.corrections.push(correction)
    this.#onTrueUp(correction)
  }
}
