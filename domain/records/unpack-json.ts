/** Reads the packed form (`packed-form.ts`), strictly and in one pass. */

import { isForbiddenName, type Json } from '#domain/values/canonical-text.ts'
import { isUuid } from '#domain/values/ids.ts'
import { limitDepth } from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { isHashText, packedShort, packedTag as tag } from './packed-form.ts'
import { indexOfWord, packedWords } from './packed-words.ts'

/** Why bytes are no packed form. */
export interface PackedProblem {
  readonly code: 'truncated' | 'not-canonical' | 'too-deep' | 'name-forbidden'
  /** The byte at which reading stopped. */
  readonly offset: number
}

/** The frozen value of `bytes`; refuses whatever `packJson` does not write [REC3]. */
export function unpackJson(bytes: Uint8Array): Result<Json, PackedProblem> {
  const reader = new Reader(bytes)
  const value = reader.readValue(0)
  if (reader.problem === undefined && reader.offset < bytes.length) reader.stop('not-canonical')
  if (reader.problem === undefined) return done(value)
  return fail({ code: reader.problem, offset: reader.offset })
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** By byte, the letters of its high and its low half in hex. */
const highLetter = Uint8Array.from({ length: 256 }, (_, byte) => letterOf(byte >> 4))
const lowLetter = Uint8Array.from({ length: 256 }, (_, byte) => letterOf(byte & 15))
const dash = 0x2d

function letterOf(digit: number): number {
  return digit.toString(16).charCodeAt(0)
}

/** Written over by each text that is read. */
const uuidLetters: number[] = new Array<number>(36).fill(dash)
const hashLetters: number[] = new Array<number>(64).fill(0)

/** After a problem every read answers at once with an empty value; the problem is the answer. */
class Reader {
  readonly bytes: Uint8Array
  offset = 0
  problem: PackedProblem['code'] | undefined
  readonly texts: string[] = []
  readonly seen = new Set<string>()

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  stop(code: PackedProblem['code']): void {
    this.problem ??= code
  }

  readValue(depth: number): Json {
    const first = this.readByte()
    if (first < tag.integer) return this.nearText(first)
    if (first < tag.positive) return first - tag.integer
    if (first >= tag.fields) return this.readFields(first - tag.fields, depth + 1)
    if (first >= tag.list) return this.readList(first - tag.list, depth + 1)
    switch (first) {
      case tag.positive:
        return this.checkedInteger(this.readVarUint() + packedShort.near)
      case tag.negative:
        return this.checkedInteger(-1 - this.readVarUint())
      case tag.longList:
        return this.readList(this.readVarUint() + packedShort.list, depth + 1)
      case tag.manyFields:
        return this.readFields(this.readVarUint() + packedShort.fields, depth + 1)
      default:
        return this.longText(first)
    }
  }

  readList(count: number, depth: number): Json {
    if (!this.mayHold(count, 1, depth)) return 0
    const items: Json[] = []
    for (let i = 0; i < count && this.problem === undefined; i++) items.push(this.readValue(depth))
    return Object.freeze(items)
  }

  readFields(count: number, depth: number): Json {
    if (!this.mayHold(count, 2, depth)) return 0
    const fields: { [name: string]: Json } = {}
    let before: string | undefined
    for (let i = 0; i < count; i++) {
      const name = this.readName()
      if (before !== undefined && name <= before) this.stop('not-canonical')
      before = name
      const value = this.readValue(depth)
      // Nothing is stored under a name that was refused: `__proto__` would change the object.
      if (this.problem !== undefined) return 0
      fields[name] = value
    }
    return Object.freeze(fields)
  }

  /** Bounds a count by the bytes that are there, before anything is made for it. */
  mayHold(count: number, bytesEach: number, depth: number): boolean {
    if (depth > limitDepth) this.stop('too-deep')
    if (count * bytesEach > this.bytes.length - this.offset) this.stop('truncated')
    return this.problem === undefined
  }

  readName(): string {
    const first = this.readByte()
    if (first < tag.text) return this.nearText(first)
    const name = first < tag.integer ? this.nearText(first) : this.longText(first)
    if (isForbiddenName(name)) this.stop('name-forbidden')
    return name
  }

  nearText(byte: number): string {
    const text = byte < tag.text ? packedWords[byte] : this.texts[byte - tag.text]
    return text ?? this.refuseText()
  }

  longText(first: number): string {
    switch (first) {
      case tag.uuid:
        return this.newText(this.readUuid())
      case tag.utf8:
        return this.newPlainText(this.readUtf8())
      case tag.hash:
        return this.newText(this.readHash())
      case tag.farText:
        return this.texts[this.readVarUint() + packedShort.near] ?? this.refuseText()
      case tag.farWord:
        return packedWords[this.readVarUint() + packedShort.near] ?? this.refuseText()
      default:
        return this.refuseText()
    }
  }

  newPlainText(text: string): string {
    if (indexOfWord(text) !== undefined || isUuid(text) || isHashText(text))
      return this.refuseText()
    return this.newText(text)
  }

  /** A text is spelled out once; the second time it must be named by its number. */
  newText(text: string): string {
    this.texts.push(text)
    this.seen.add(text)
    return this.seen.size === this.texts.length ? text : this.refuseText()
  }

  refuseText(): string {
    this.stop('not-canonical')
    return ''
  }

  readUtf8(): string {
    const length = this.readVarUint()
    if (length > this.bytes.length - this.offset) {
      this.stop('truncated')
      return ''
    }
    const start = this.offset
    this.offset += length
    return this.decodeUtf8(this.bytes.subarray(start, this.offset))
  }

  decodeUtf8(utf8: Uint8Array): string {
    try {
      return utf8Decoder.decode(utf8)
    } catch {
      return this.refuseText()
    }
  }

  /** Letter by letter into one flat text: most texts of a record are UUIDs. */
  readUuid(): string {
    const at = this.take(16)
    if (this.problem !== undefined) return ''
    const letters = uuidLetters
    for (let i = 0, to = 0; i < 16; i++, to += 2) {
      if (i === 4 || i === 6 || i === 8 || i === 10) to += 1
      this.putHex(letters, to, at + i)
    }
    return String.fromCharCode.apply(null, letters)
  }

  readHash(): string {
    const at = this.take(32)
    if (this.problem !== undefined) return ''
    for (let i = 0; i < 32; i++) this.putHex(hashLetters, 2 * i, at + i)
    return String.fromCharCode.apply(null, hashLetters)
  }

  putHex(letters: number[], to: number, at: number): void {
    const byte = this.bytes[at] ?? 0
    letters[to] = highLetter[byte] ?? 0
    letters[to + 1] = lowLetter[byte] ?? 0
  }

  /** Where the next `count` bytes begin; a problem when they are not all there. */
  take(count: number): number {
    const start = this.offset
    if (count > this.bytes.length - start) this.stop('truncated')
    else this.offset += count
    return start
  }

  checkedInteger(value: number): number {
    if (!Number.isSafeInteger(value)) this.stop('not-canonical')
    return value
  }

  readVarUint(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 8; i++) {
      const byte = this.readByte()
      value += (byte & 127) * scale
      if (byte < 128) {
        if ((byte === 0 && i > 0) || !Number.isSafeInteger(value)) this.stop('not-canonical')
        return value
      }
      scale *= 128
    }
    this.stop('not-canonical')
    return 0
  }

  readByte(): number {
    const byte = this.bytes[this.offset]
    if (byte === undefined) {
      this.stop('truncated')
      return 0
    }
    this.offset += 1
    return byte
  }
}
