/**
 * Texts in one growing byte array, each found again by its offset: a million ids cost their bytes and
 * no object. A UUID takes 17 bytes, also with a short suffix (`{uuid}:in`). Nothing is ever removed.
 */

import { assert } from '#domain/values/assert.ts'

/** Offset of a text in its heap. */
export type TextRef = number

/**
 * First byte of an entry: 0..126 = that many bytes of UTF-8 follow; 127 = a length of four bytes and
 * so many bytes follow; 128..255 = a UUID of 16 bytes and (byte − 128) bytes of ASCII follow.
 */
const longTag = 127
/** Letters up to which a text is written and read one by one. */
const shortText = 32
const uuidTag = 128
const uuidLength = 36

const nibbleOfCode = new Int8Array(128).fill(-1)
const codeOfNibble = new Uint8Array(16)
for (let nibble = 0; nibble < 16; nibble++) {
  const code = '0123456789abcdef'.charCodeAt(nibble)
  nibbleOfCode[code] = nibble
  codeOfNibble[nibble] = code
}
const pairOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const dash = '-'.charCodeAt(0)

/** Whether the letter at `index` of a UUID is a dash. */
function isDash(index: number): boolean {
  return index === 8 || index === 13 || index === 18 || index === 23
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export class TextHeap {
  #bytes: Uint8Array
  #length: number

  /** Goes on from the first `length` bytes of another heap; they, and those behind, belong to this one now. */
  constructor(bytes: Uint8Array = new Uint8Array(0), length: number = bytes.length) {
    this.#bytes = bytes
    this.#length = length
  }

  /** Bytes in use, as a view. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  append(text: string): TextRef {
    const ref = this.#length
    this.#reserve(text.length * 3 + 5)
    if (!this.#appendUuid(text)) this.#appendPlain(text)
    assert(this.#length < 2 ** 31, 'a text heap ends at 2 GiB')
    return ref
  }

  read(ref: TextRef): string {
    const bytes = this.#bytes
    const tag = bytes[ref] as number
    if (tag >= uuidTag) return this.#readUuid(ref + 1) + this.#readAscii(ref + 17, tag - uuidTag)
    if (tag < longTag) return this.#readPlain(ref + 1, tag)
    const length = new DataView(bytes.buffer, bytes.byteOffset + ref + 1, 4).getUint32(0, true)
    return this.#readPlain(ref + 5, length)
  }

  /** `read(ref) === text`, without making the text where it is a UUID. */
  equals(ref: TextRef, text: string): boolean {
    const tag = this.#bytes[ref] as number
    if (tag < uuidTag) return this.read(ref) === text
    return text.length === uuidLength + tag - uuidTag && this.#equalsUuid(ref + 1, text)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#length + more, this.#bytes.length * 2))
    grown.set(this.bytes)
    this.#bytes = grown
  }

  #appendUuid(text: string): boolean {
    const suffix = text.length - uuidLength
    if (suffix < 0 || suffix > 127) return false
    const bytes = this.#bytes
    let write = this.#length + 1
    for (let i = 0; i < uuidLength; i += 2) {
      if (isDash(i)) {
        if (text.charCodeAt(i) !== dash) return false
        i++
      }
      const high = nibbleOfCode[text.charCodeAt(i)] ?? -1
      const low = nibbleOfCode[text.charCodeAt(i + 1)] ?? -1
      if (high < 0 || low < 0) return false
      bytes[write++] = high * 16 + low
    }
    for (let i = uuidLength; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) return false
      bytes[write++] = code
    }
    bytes[this.#length] = uuidTag + suffix
    this.#length = write
    return true
  }

  #appendPlain(text: string): void {
    if (text.length < shortText && this.#appendAscii(text)) return
    const at = this.#length
    const short = encoder.encodeInto(text, this.#bytes.subarray(at + 1)).written
    if (short < longTag) {
      this.#bytes[at] = short
      this.#length = at + 1 + short
      return
    }
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(at + 5))
    this.#bytes[at] = longTag
    new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at + 1, 4).setUint32(0, written, true)
    this.#length = at + 5 + written
  }

  /** A call of the encoder costs more than a handful of letters. */
  #appendAscii(text: string): boolean {
    const first = this.#length + 1
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) return false
      this.#bytes[first + i] = code
    }
    this.#bytes[this.#length] = text.length
    this.#length = first + text.length
    return true
  }

  #readUuid(at: number): string {
    let text = ''
    for (let i = 0; i < 16; i++) {
      if (i === 4 || i === 6 || i === 8 || i === 10) text += '-'
      text += pairOfByte[this.#bytes[at + i] as number]
    }
    return text
  }

  #readAscii(at: number, length: number): string {
    let text = ''
    for (let i = 0; i < length; i++) text += String.fromCharCode(this.#bytes[at + i] as number)
    return text
  }

  #readPlain(at: number, length: number): string {
    return length < shortText && this.#isAscii(at, length)
      ? this.#readAscii(at, length)
      : decoder.decode(this.#bytes.subarray(at, at + length))
  }

  #isAscii(at: number, length: number): boolean {
    for (let i = 0; i < length; i++) if ((this.#bytes[at + i] as number) > 127) return false
    return true
  }

  #equalsUuid(at: number, text: string): boolean {
    let read = at
    for (let i = 0; i < uuidLength; i += 2) {
      if (isDash(i)) {
        if (text.charCodeAt(i) !== dash) return false
        i++
      }
      const byte = this.#bytes[read++] as number
      if (text.charCodeAt(i) !== codeOfNibble[byte >> 4]) return false
      if (text.charCodeAt(i + 1) !== codeOfNibble[byte & 15]) return false
    }
    for (let i = uuidLength; i < text.length; i++) {
      if (text.charCodeAt(i) !== this.#bytes[read++]) return false
    }
    return true
  }
}
