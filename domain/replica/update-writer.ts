/** Writes the bytes of Yjs updates (v1) into a buffer that grows. */

/** Starts with room for `sizeGuess` bytes. */
export class UpdateWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(sizeGuess: number) {
    this.#bytes = new Uint8Array(Math.max(64, sizeGuess))
  }

  written(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  uint(value: number): void {
    let rest = value
    while (rest > 127) {
      this.byte((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    this.byte(rest)
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Letters of ASCII, with their number before them. */
  ascii(letters: string): void {
    this.uint(letters.length)
    for (let i = 0; i < letters.length; i++) this.byte(letters.charCodeAt(i))
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    wider.set(this.#bytes)
    this.#bytes = wider
  }
}

/** Bytes that `value` takes as an unsigned integer in base 128. */
export function uintBytes(value: number): number {
  let count = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) count += 1
  return count
}
