/**
 * 负库存 (negative stock) of a pool: issues without stock, oldest first, each with the provisional
 * value it left at, until inbound goods cover them [CO-07].
 */

import { shareOf } from './share.ts'

export interface Shortage {
  readonly movement: number
  /** Still uncovered, steps, > 0. */
  quantity: number
  /** Provisional value of that quantity, fen, ≥ 0. */
  value: number
}

/** Part of a shortage that inbound goods have just covered. */
export interface Covered extends Readonly<Shortage> {
  /** Whether nothing of the movement's shortage is open any more. */
  readonly isClosed: boolean
}

/** First in, first covered. */
export class ShortageQueue {
  #items: Shortage[] = []
  #head = 0

  /** Open shortages, oldest first. */
  get open(): readonly Shortage[] {
    return this.#items.slice(this.#head).filter((item) => item.quantity > 0)
  }

  get isEmpty(): boolean {
    return this.#head === this.#items.length
  }

  add(movement: number, quantity: number, value: number): void {
    this.#items.push({ movement, quantity, value })
  }

  clear(): void {
    this.#items = []
    this.#head = 0
  }

  /** Covers up to `quantity` of the oldest shortage; nothing where none is open. */
  coverOldest(quantity: number): Covered {
    return this.#cover(this.#head, quantity)
  }

  /** Covers up to `quantity` of the shortage of `movement`; nothing where it has none open. */
  coverOf(movement: number, quantity: number): Covered {
    const isOwn = (item: Shortage) => item.movement === movement && item.quantity > 0
    return this.#cover(this.#items.findIndex(isOwn), quantity)
  }

  #cover(index: number, quantity: number): Covered {
    const shortage = this.#items[index]
    if (shortage === undefined) return { movement: -1, quantity: 0, value: 0, isClosed: false }
    const { movement } = shortage
    const covered = Math.min(quantity, shortage.quantity)
    const value = shareOf(shortage.value, covered, shortage.quantity)
    shortage.quantity -= covered
    shortage.value -= value
    // A movement has two shortages at most, one behind the other.
    const isClosed = shortage.quantity === 0 && this.#items[index + 1]?.movement !== movement
    this.#dropCovered()
    return { movement, quantity: covered, value, isClosed }
  }

  #dropCovered(): void {
    while (this.#items[this.#head]?.quantity === 0) this.#head++
    if (this.#head > 64 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
  }
}
