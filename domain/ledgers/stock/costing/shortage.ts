/**
 * 负库存 (negative stock) of a pool: issues without stock, oldest first, each with the provisional
 * value it left at, until inbound goods cover them [CO-07].
 */

import { shareOf } from './share.ts'

export interface Shortage {
  readonly movement: number
  /** Still uncovered, steps, > 0. */
  readonly quantity: number
  /** Provisional value of that quantity, fen. */
  readonly value: number
}

/**
 * First in, first covered. What was covered last is left in `covered…`, and the arrays keep their
 * room when all is covered: a pool that goes short every day makes nothing new.
 */
export class ShortageQueue {
  readonly #movements: number[] = []
  readonly #quantities: number[] = []
  readonly #values: number[] = []
  /** Entries from `#head` up to `#end` are in use. */
  #head = 0
  #end = 0

  /** Issue that the last call covered, −1 for none; how much of it, steps and fen. */
  coveredMovement = -1
  coveredQuantity = 0
  coveredValue = 0
  /** Whether nothing of that issue is open any more. */
  isCoveredClosed = false

  /** Open shortages, oldest first. */
  get open(): readonly Shortage[] {
    const open: Shortage[] = []
    for (let index = this.#head; index < this.#end; index++) {
      const movement = this.#movements[index] as number
      const quantity = this.#quantities[index] as number
      if (quantity > 0) open.push({ movement, quantity, value: this.#values[index] as number })
    }
    return open
  }

  get isEmpty(): boolean {
    return this.#head === this.#end
  }

  add(movement: number, quantity: number, value: number): void {
    if (this.#head > 64 && this.#head * 2 > this.#end) this.#moveUp()
    const index = this.#end++
    this.#movements[index] = movement
    this.#quantities[index] = quantity
    this.#values[index] = value
  }

  clear(): void {
    this.#head = 0
    this.#end = 0
  }

  /** Covers up to `quantity` of the oldest shortage; nothing where none is open. */
  coverOldest(quantity: number): void {
    this.#cover(this.#head, quantity)
  }

  /** Covers up to `quantity` of the shortage of `movement`; nothing where it has none open. */
  coverOf(movement: number, quantity: number): void {
    let index = this.#head
    while (index < this.#end && !this.#isOpenOf(index, movement)) index++
    this.#cover(index, quantity)
  }

  #isOpenOf(index: number, movement: number): boolean {
    return this.#movements[index] === movement && (this.#quantities[index] as number) > 0
  }

  #cover(index: number, quantity: number): void {
    if (index >= this.#end) {
      this.coveredMovement = -1
      this.coveredQuantity = 0
      this.coveredValue = 0
      this.isCoveredClosed = false
      return
    }
    const open = this.#quantities[index] as number
    const value = this.#values[index] as number
    const covered = Math.min(quantity, open)
    const share = shareOf(value, covered, open)
    this.#quantities[index] = open - covered
    this.#values[index] = value - share
    this.coveredMovement = this.#movements[index] as number
    this.coveredQuantity = covered
    this.coveredValue = share
    // A movement has two shortages at most, one behind the other.
    const isLast = index + 1 === this.#end || this.#movements[index + 1] !== this.coveredMovement
    this.isCoveredClosed = covered === open && isLast
    while (this.#head < this.#end && this.#quantities[this.#head] === 0) this.#head++
    if (this.#head === this.#end) this.clear()
  }

  #moveUp(): void {
    for (const entries of [this.#movements, this.#quantities, this.#values]) {
      entries.copyWithin(0, this.#head, this.#end)
    }
    this.#end -= this.#head
    this.#head = 0
  }
}
