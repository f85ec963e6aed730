/** Row numbers in one order, appended at the end in O(1) and put in order when they are looked at. */

import { type CompareRows, mergeTail } from './merge-tail.ts'

export class SortedRows {
  readonly #compare: CompareRows
  #rows: Int32Array
  #length: number
  #sorted: number

  /** Goes on from the first `length` of `rows`, which are in order; all of it belongs to it from here on. */
  constructor(
    compare: CompareRows,
    rows: Int32Array = new Int32Array(0),
    length: number = rows.length,
  ) {
    this.#compare = compare
    this.#rows = rows
    this.#length = length
    this.#sorted = length
  }

  get length(): number {
    return this.#length
  }

  add(row: number): void {
    if (this.#length === this.#rows.length) {
      const grown = new Int32Array(Math.max(16, this.#length * 2))
      grown.set(this.#rows)
      this.#rows = grown
    }
    this.#rows[this.#length++] = row
  }

  /** Before a row's keys change it is taken out, afterwards it is added again. */
  remove(row: number): void {
    const position = this.#rows.subarray(0, this.#length).lastIndexOf(row)
    if (position < 0) return
    this.#rows.copyWithin(position, position + 1, this.#length)
    this.#length--
    if (position < this.#sorted) this.#sorted--
  }

  /** All rows in order, as a view that the next change may leave behind. */
  view(): Int32Array {
    const run = { rows: this.#rows, start: 0, sorted: this.#sorted, length: this.#length }
    mergeTail(run, this.#compare)
    this.#sorted = this.#length
    return this.#rows.subarray(0, this.#length)
  }
}
