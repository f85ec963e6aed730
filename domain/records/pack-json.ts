/** Writes the packed form (`packed-form.ts`). */

import { assert } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { isUuid } from '#domain/values/ids.ts'
import { limitDepth } from '#domain/values/limits.ts'
import { isHashText, packedShort, packedTag as tag } from './packed-form.ts'
import { indexOfWord } from './packed-words.ts'

/** [REC3] The one packed form of a canonical value: of what `canonicalText` accepts. */
export function packJson(value: Json): Uint8Array {
  const writer = new Writer()
  writer.writeValue(value, 0)
  return writer.bytes.slice(0, writer.length)
}

/** Written over by each value; a longer one gets room of its own. */
const room = new Uint8Array(16_384)
/** By code unit: 0–15 for a lower-case hex digit. */
const digitByCode = Int8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code)
  return /[0-9a-f]/.test(letter) ? Number.parseInt(letter, 16) : -1
})

const utf8Encoder = new TextEncoder()

class Writer {
  bytes: Uint8Array = room
  length = 0
  readonly indexByText = new Map<string, number>()

  writeValue(value: Json, depth: number): void {
    if (typeof value === 'string') this.writeText(value)
    else if (typeof value === 'number') this.writeInteger(value)
    else if (Array.isArray(value)) this.writeList(value, depth + 1)
    else this.writeFields(value as { readonly [name: string]: Json }, depth + 1)
  }

  writeInteger(value: number): void {
    if (value < 0) this.writeTagged(tag.negative, -1 - value)
    else this.writeNearOrFar(tag.integer, tag.positive, value)
  }

  writeList(items: readonly Json[], depth: number): void {
    assert(depth <= limitDepth, 'packed values are not deeper than canonical ones')
    if (items.length < packedShort.list) this.writeByte(tag.list + items.length)
    else this.writeTagged(tag.longList, items.length - packedShort.list)
    for (const item of items) this.writeValue(item, depth)
  }

  writeFields(fields: { readonly [name: string]: Json }, depth: number): void {
    assert(depth <= limitDepth, 'packed values are not deeper than canonical ones')
    const names = sortedNames(fields)
    if (names.length < packedShort.fields) this.writeByte(tag.fields + names.length)
    else this.writeTagged(tag.manyFields, names.length - packedShort.fields)
    for (const name of names) {
      this.writeText(name)
      this.writeValue(fields[name] as Json, depth)
    }
  }

  writeText(text: string): void {
    const word = indexOfWord(text)
    if (word !== undefined) return this.writeNearOrFar(tag.word, tag.farWord, word)
    const index = this.indexByText.get(text)
    if (index !== undefined) return this.writeNearOrFar(tag.text, tag.farText, index)
    this.indexByText.set(text, this.indexByText.size)
    this.writeNewText(text)
  }

  writeNewText(text: string): void {
    if (text.length === uuidLength && isUuid(text)) {
      this.writeByte(tag.uuid)
      this.writeHex(text)
    } else if (isHashText(text)) {
      this.writeByte(tag.hash)
      this.writeHex(text)
    } else if (!this.writeShortAscii(text)) {
      const utf8 = utf8Encoder.encode(text)
      this.writeTagged(tag.utf8, utf8.length)
      this.reserve(utf8.length)
      this.bytes.set(utf8, this.length)
      this.length += utf8.length
    }
  }

  /** A call of the encoder costs more than a handful of letters. False where it is needed. */
  writeShortAscii(text: string): boolean {
    if (text.length > limitShort) return false
    this.reserve(2 + text.length)
    const { bytes } = this
    const start = this.length
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) return false
      bytes[start + 2 + i] = code
    }
    bytes[start] = tag.utf8
    bytes[start + 1] = text.length
    this.length = start + 2 + text.length
    return true
  }

  writeNearOrFar(near: number, far: number, index: number): void {
    if (index < packedShort.near) this.writeByte(near + index)
    else this.writeTagged(far, index - packedShort.near)
  }

  writeTagged(tagByte: number, value: number): void {
    this.writeByte(tagByte)
    let rest = value
    while (rest > 127) {
      this.writeByte((rest % 128) + 128)
      rest = Math.floor(rest / 128)
    }
    this.writeByte(rest)
  }

  /** The bytes of hex digits; what stands between them ('-') is left out. */
  writeHex(hex: string): void {
    this.reserve(hex.length / 2)
    const { bytes } = this
    let { length } = this
    for (let i = 0; i < hex.length; i += 2) {
      if (hex.charCodeAt(i) === dash) i += 1
      const high = digitByCode[hex.charCodeAt(i)] ?? 0
      bytes[length++] = high * 16 + (digitByCode[hex.charCodeAt(i + 1)] ?? 0)
    }
    this.length = length
  }

  writeByte(byte: number): void {
    this.reserve(1)
    this.bytes[this.length++] = byte
  }

  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    const wider = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    wider.set(this.bytes)
    this.bytes = wider
  }
}

const dash = 0x2d
/** Its length takes one byte. */
const limitShort = 64
const uuidLength = 36

/** Sorting costs more than seeing that it is done already. */
function sortedNames(fields: { readonly [name: string]: Json }): string[] {
  const names = Object.keys(fields)
  for (let i = 1; i < names.length; i++) {
    if ((names[i] as string) < (names[i - 1] as string)) return names.sort()
  }
  return names
}
