/** Numbers for pairs of numbers: (SKU, place) → line. The pairs themselves are its two columns. */

import { appendRow, openTable, type Table } from './table.ts'

export const pairSchema = { first: 'i32', second: 'i32' } as const
export type PairTable = Table<typeof pairSchema>

export class PairIndex {
  readonly table: PairTable
  /** Open addressing: number + 1 of the pair that hashes here, 0 = free. A power of two long. */
  #slots: Int32Array

  constructor(table: PairTable = openTable(pairSchema), slots: Int32Array = new Int32Array(16)) {
    this.table = table
    this.#slots = slots
  }

  get size(): number {
    return this.table.rows
  }

  /** For a checkpoint, so that opening it hashes nothing. */
  get slots(): Int32Array {
    return this.#slots
  }

  /** The number of the pair, a new one at first sight. */
  intern(first: number, second: number): number {
    const slot = this.#slotOf(first, second)
    const known = this.#slots[slot] as number
    if (known !== 0) return known - 1
    const number = appendRow(this.table)
    this.table.columns.first[number] = first
    this.table.columns.second[number] = second
    this.#slots[slot] = number + 1
    if ((number + 1) * 2 > this.#slots.length) this.#rehash()
    return number
  }

  /** The number of the pair, or −1 when it was never interned. */
  find(first: number, second: number): number {
    return (this.#slots[this.#slotOf(first, second)] as number) - 1
  }

  first(number: number): number {
    return this.table.columns.first[number] as number
  }

  second(number: number): number {
    return this.table.columns.second[number] as number
  }

  #slotOf(first: number, second: number): number {
    const { first: firsts, second: seconds } = this.table.columns
    const mask = this.#slots.length - 1
    for (let slot = hashOf(first, second) & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1
      if (number < 0) return slot
      if (firsts[number] === first && seconds[number] === second) return slot
    }
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let number = 0; number < this.table.rows; number++) {
      let slot = hashOf(this.first(number), this.second(number)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
    this.#slots = slots
  }
}

function hashOf(first: number, second: number): number {
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
