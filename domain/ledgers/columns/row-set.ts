/** A set of row numbers, a bit for each row of a table: it costs nothing to make of a million, and nothing to change. */

const rowsPerWord = 32
const wordsAtFirst = 16

export class RowSet {
  #words = new Uint32Array(wordsAtFirst)

  has(row: number): boolean {
    return (((this.#words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1
  }

  add(row: number): void {
    const word = row >>> 5
    if (word >= this.#words.length) this.#grow(word)
    this.#words[word] = (this.#words[word] as number) | (1 << (row & 31))
  }

  delete(row: number): void {
    const word = row >>> 5
    if (word >= this.#words.length) return
    this.#words[word] = (this.#words[word] as number) & ~(1 << (row & 31))
  }

  clear(): void {
    this.#words.fill(0)
  }

  /** In the order of their numbers. */
  *[Symbol.iterator](): Generator<number> {
    for (let word = 0; word < this.#words.length; word++) {
      let bits = this.#words[word] as number
      while (bits !== 0) {
        const lowest = bits & -bits
        yield word * rowsPerWord + 31 - Math.clz32(lowest)
        bits ^= lowest
      }
    }
  }

  #grow(word: number): void {
    const grown = new Uint32Array(Math.max(word + 1, this.#words.length * 2))
    grown.set(this.#words)
    this.#words = grown
  }
}
