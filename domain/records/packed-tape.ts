/**
 * Reads the packed form (`packed-form.ts`) strictly and in one pass onto a tape: one entry for each
 * value and each name, in their order, with texts by number. Whoever wants an object makes it from the
 * tape; whoever wants to know whether something fits looks at the tape alone.
 */

import { isForbiddenName } from '#domain/values/canonical-text.ts'
import { limitDepth } from '#domain/values/limits.ts'
import { packedShort, packedTag as tag } from './packed-form.ts'
import { packedWords } from './packed-words.ts'
import { PackedTexts, wordCount } from './packed-texts.ts'

/** Why bytes are no packed form. */
export interface PackedProblem {
  readonly code: 'truncated' | 'not-canonical' | 'too-deep' | 'name-forbidden'
  /** The byte at which reading stopped. */
  readonly offset: number
}

/** Whether the value at an entry of a tape is as somebody wants it. */
export type TapeCheck = (tape: PackedTape, entry: number) => boolean

/** What an entry of the tape is. */
export const tapeKind = { text: 0, integer: 1, list: 2, fields: 3 } as const

/** Where a word stands among all words in the order of names. */
const rankOfWord = rankWords()

/**
 * Holds one value at a time: reading the next one writes over it. Entry 0 is the value itself. The
 * items of a list follow it, of fields a name and its value in turns.
 */
export class PackedTape {
  readonly texts = new PackedTexts()
  /** By entry: one of `tapeKind`. */
  kinds = new Uint8Array(0)
  /** By entry: a text id, an integer, or a count of items or pairs. */
  values = new Float64Array(0)
  /** By entry: the entry after it and all that is in it. */
  ends = new Int32Array(0)
  #size = 0
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #code: PackedProblem['code'] | undefined

  /** [REC3] Takes exactly what `packJson` writes; anything else is not on the tape. */
  read(bytes: Uint8Array): PackedProblem | undefined {
    // Each entry is at least a byte.
    if (bytes.length > this.kinds.length) this.#widen(Math.max(bytes.length, 4_096))
    this.#bytes = bytes
    this.#at = 0
    this.#size = 0
    this.#code = undefined
    this.texts.begin(bytes)
    const isRead = this.#readValue(0)
    if (isRead && this.#at < bytes.length) this.#stop('not-canonical')
    return this.#code === undefined ? undefined : { code: this.#code, offset: this.#at }
  }

  /** Of an entry that is fields: the value under a name, given as a text id; -1 without it. */
  valueUnder(fields: number, name: number): number {
    const end = this.ends[fields] ?? 0
    for (let at = fields + 1; at < end; at = this.ends[at + 1] ?? end) {
      if (this.values[at] === name) return at + 1
    }
    return -1
  }

  /** The text id under a name; -1 without it. Only where it is a text. */
  textUnder(fields: number, name: number): number {
    return this.values[this.valueUnder(fields, name)] ?? -1
  }

  #widen(size: number): void {
    this.kinds = new Uint8Array(size)
    this.values = new Float64Array(size)
    this.ends = new Int32Array(size)
  }

  #stop(code: PackedProblem['code']): false {
    this.#code ??= code
    return false
  }

  #readValue(depth: number): boolean {
    const first = this.#readByte()
    if (first < 0) return false
    if (first < tag.integer) return this.#putText(this.#nearText(first))
    if (first < tag.positive) return this.#put(tapeKind.integer, first - tag.integer)
    if (first >= tag.fields) return this.#readFields(first - tag.fields, depth + 1)
    if (first >= tag.list) return this.#readList(first - tag.list, depth + 1)
    return this.#readLong(first, depth)
  }

  #readLong(first: number, depth: number): boolean {
    switch (first) {
      case tag.positive:
        return this.#putInteger(this.#readUint(), packedShort.near, 1)
      case tag.negative:
        return this.#putInteger(this.#readUint(), -1, -1)
      case tag.longList:
        return this.#readList(this.#readUint() + packedShort.list, depth + 1)
      case tag.manyFields:
        return this.#readFields(this.#readUint() + packedShort.fields, depth + 1)
      default:
        return this.#putText(this.#longText(first))
    }
  }

  #readList(count: number, depth: number): boolean {
    if (!this.#mayHold(count, 1, depth)) return false
    const entry = this.#size
    this.#put(tapeKind.list, count)
    for (let i = 0; i < count; i++) if (!this.#readValue(depth)) return false
    this.ends[entry] = this.#size
    return true
  }

  #readFields(count: number, depth: number): boolean {
    if (!this.#mayHold(count, 2, depth)) return false
    const entry = this.#size
    this.#put(tapeKind.fields, count)
    let before = -1
    for (let i = 0; i < count; i++) {
      const name = this.#readName()
      if (name < 0) return false
      if (before >= 0 && !this.#isAfter(name, before)) return this.#stop('not-canonical')
      before = name
      this.#put(tapeKind.text, name)
      if (!this.#readValue(depth)) return false
    }
    this.ends[entry] = this.#size
    return true
  }

  /** Bounds a count by the bytes that are there, before anything is done for it. */
  #mayHold(count: number, bytesEach: number, depth: number): boolean {
    if (this.#code !== undefined) return false
    if (depth > limitDepth) return this.#stop('too-deep')
    if (count * bytesEach > this.#bytes.length - this.#at) return this.#stop('truncated')
    return true
  }

  /** A text id; -1 for what cannot be a name. */
  #readName(): number {
    const first = this.#readByte()
    if (first < 0) return -1
    const name = first < tag.integer ? this.#nearText(first) : this.#longText(first)
    // No word is forbidden.
    if (name >= wordCount && isForbiddenName(this.texts.textOf(name))) {
      this.#stop('name-forbidden')
      return -1
    }
    return name
  }

  /** Names are sorted by their UTF-16 units. */
  #isAfter(name: number, before: number): boolean {
    if (name < wordCount && before < wordCount) {
      return (rankOfWord[name] ?? 0) > (rankOfWord[before] ?? 0)
    }
    return this.texts.textOf(name) > this.texts.textOf(before)
  }

  #nearText(byte: number): number {
    return byte < tag.text ? this.#word(byte) : this.#saidText(byte - tag.text)
  }

  #word(word: number): number {
    return word < wordCount ? word : this.#refuseText()
  }

  #saidText(index: number): number {
    return index < this.texts.count ? wordCount + index : this.#refuseText()
  }

  #longText(first: number): number {
    switch (first) {
      case tag.uuid:
        return this.#newText(tag.uuid, 16)
      case tag.utf8:
        return this.#newText(tag.utf8, this.#readUint())
      case tag.hash:
        return this.#newText(tag.hash, 32)
      case tag.farText:
        return this.#saidText(this.#readUint() + packedShort.near)
      case tag.farWord:
        return this.#word(this.#readUint() + packedShort.near)
      default:
        return this.#refuseText()
    }
  }

  #newText(form: typeof tag.uuid | typeof tag.hash | typeof tag.utf8, length: number): number {
    const at = this.#at
    if (this.#code === undefined && length > this.#bytes.length - at) this.#stop('truncated')
    if (this.#code !== undefined) return -1
    this.#at = at + length
    if (!this.texts.add(form, at, length)) return this.#refuseText()
    return wordCount + this.texts.count - 1
  }

  #refuseText(): number {
    this.#stop('not-canonical')
    return -1
  }

  #putText(id: number): boolean {
    return id >= 0 && this.#code === undefined && this.#put(tapeKind.text, id)
  }

  #putInteger(digits: number, offset: number, sign: 1 | -1): boolean {
    const value = offset + sign * digits
    if (this.#code !== undefined) return false
    return Number.isSafeInteger(value)
      ? this.#put(tapeKind.integer, value)
      : this.#stop('not-canonical')
  }

  #put(kind: number, value: number): true {
    const entry = this.#size
    this.kinds[entry] = kind
    this.values[entry] = value
    this.ends[entry] = entry + 1
    this.#size = entry + 1
    return true
  }

  /** An integer in base 128; 0 after a problem. */
  #readUint(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 8; i++) {
      const byte = this.#readByte()
      if (byte < 0) return 0
      value += (byte & 127) * scale
      if (byte < 128) {
        if ((byte === 0 && i > 0) || !Number.isSafeInteger(value)) this.#stop('not-canonical')
        return value
      }
      scale *= 128
    }
    this.#stop('not-canonical')
    return 0
  }

  #readByte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) {
      this.#stop('truncated')
      return -1
    }
    this.#at += 1
    return byte
  }
}

function rankWords(): Int32Array {
  const ranks = new Int32Array(packedWords.length)
  const sorted = packedWords.map((word, id) => ({ word, id }))
  sorted.sort((one, other) => (one.word < other.word ? -1 : 1))
  for (const [rank, { id }] of sorted.entries()) ranks[id] = rank
  return ranks
}
