/**
 * Interned texts: each different text has one small number, given in order of first sight. Numbers
 * are private to one fold; whatever must be equal on two devices compares texts, never numbers.
 */

import { appendRow, openTable, type Table } from './table.ts'
import type { TextHeap } from './text-heap.ts'

export const dictionarySchema = { ref: 'i32', hash: 'i32' } as const
export type DictionaryTable = Table<typeof dictionarySchema>

export class Dictionary {
  readonly table: DictionaryTable
  readonly #texts: TextHeap
  /** Open addressing: number + 1 of the text that hashes here, 0 = free. A power of two long. */
  #slots: Int32Array
  /** Numbers of texts that were asked for before. */
  readonly #recalled: Map<string, number> | undefined

  /** `recalled`, for texts that come again and again: an empty map to remember them in. */
  constructor(
    texts: TextHeap,
    table: DictionaryTable = openTable(dictionarySchema),
    slots: Int32Array = new Int32Array(16),
    recalled?: Map<string, number>,
  ) {
    this.#texts = texts
    this.table = table
    this.#slots = slots
    this.#recalled = recalled
  }

  get size(): number {
    return this.table.rows
  }

  /** For a checkpoint, so that opening it hashes nothing. */
  get slots(): Int32Array {
    return this.#slots
  }

  /** The number of `text`, a new one at first sight. */
  intern(text: string): number {
    if (this.#recalled === undefined) return this.#intern(text)
    const known = this.#recalled.get(text)
    if (known !== undefined) return known
    const number = this.#intern(text)
    this.#recalled.set(text, number)
    return number
  }

  #intern(text: string): number {
    const hash = hashOf(text)
    const slot = this.#slotOf(text, hash)
    const known = this.#slots[slot] as number
    if (known !== 0) return known - 1
    const number = appendRow(this.table)
    this.table.columns.ref[number] = this.#texts.append(text)
    this.table.columns.hash[number] = hash
    this.#slots[slot] = number + 1
    if ((number + 1) * 2 > this.#slots.length) this.#rehash()
    return number
  }

  /** The number of `text`, or −1 when it was never interned. */
  find(text: string): number {
    return (this.#slots[this.#slotOf(text, hashOf(text))] as number) - 1
  }

  text(number: number): string {
    return this.#texts.read(this.table.columns.ref[number] as number)
  }

  #slotOf(text: string, hash: number): number {
    const { ref, hash: hashes } = this.table.columns
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1
      if (number < 0) return slot
      if (hashes[number] === hash && this.#texts.equals(ref[number] as number, text)) return slot
    }
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    const { hash } = this.table.columns
    for (let number = 0; number < this.table.rows; number++) {
      let slot = (hash[number] as number) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number + 1
    }
    this.#slots = slots
  }
}

/** FNV-1a over UTF-16 code units, mixed so that low bits depend on all letters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
