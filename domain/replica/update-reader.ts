/**
 * Reads the bytes of Yjs updates (v1) strictly: one spelling of each number, nothing beyond the end,
 * nothing made for a count before the bytes for it are there. Knows the alphabet, not the grammar.
 */

/** What a byte string can be that no Yjs of ours wrote. */
export type ByteProblem = 'truncated' | 'not-canonical'

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * After a problem every read answers 0, '' or nothing and moves no further; whoever reads looks at
 * `problem` before believing what he has read.
 */
export class UpdateReader<Problem extends string> {
  readonly bytes: Uint8Array
  offset = 0
  problem: Problem | ByteProblem | undefined

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Remembers the first problem; always false, so that checks can end with it. */
  refuse(problem: Problem | ByteProblem): false {
    this.problem ??= problem
    return false
  }

  remaining(): number {
    return this.bytes.length - this.offset
  }

  byte(): number {
    const byte = this.bytes[this.offset]
    if (byte === undefined || this.problem !== undefined) {
      this.refuse('truncated')
      return 0
    }
    this.offset += 1
    return byte
  }

  /** An unsigned integer in base 128, lowest digit first, at most 2^53 − 1. */
  uint(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 8; i++) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) {
        if ((byte === 0 && i > 0) || !Number.isSafeInteger(value)) this.refuse('not-canonical')
        return this.problem === undefined ? value : 0
      }
      scale *= 128
    }
    this.refuse('not-canonical')
    return 0
  }

  /** A count of things of at least `bytesEach` bytes; refused when they cannot all be there. */
  count(bytesEach: number): number {
    const count = this.uint()
    if (count * bytesEach <= this.remaining()) return count
    this.refuse('truncated')
    return 0
  }

  /** The next `length` bytes, as a view. */
  view(length: number): Uint8Array {
    if (length > this.remaining()) this.refuse('truncated')
    if (this.problem !== undefined) return this.bytes.subarray(0, 0)
    const start = this.offset
    this.offset += length
    return this.bytes.subarray(start, this.offset)
  }

  /** UTF-8 with its length in bytes before it. */
  text(): string {
    const utf8 = this.view(this.uint())
    if (this.problem !== undefined) return ''
    try {
      return utf8Decoder.decode(utf8)
    } catch {
      this.refuse('not-canonical')
      return ''
    }
  }

  /** Whether the next bytes are `expected`; reads them as far as they are. */
  skips(expected: readonly number[]): boolean {
    for (const byte of expected) if (this.byte() !== byte) return false
    return this.problem === undefined
  }
}
