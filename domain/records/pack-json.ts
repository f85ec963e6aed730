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

const utf8Encoder = new TextEncoder()

class Writer {
  bytes = new Uint8Array(512)
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
    const names = Object.keys(fields).sort()
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
    if (isUuid(text)) {
      this.writeByte(tag.uuid)
      this.writeHex(text)
    } else if (isHashText(text)) {
      this.writeByte(tag.hash)
      this.writeHex(text)
    } else {
      const utf8 = utf8Encoder.encode(text)
      this.writeTagged(tag.utf8, utf8.length)
      this.reserve(utf8.length)
      this.bytes.set(utf8, this.length)
      this.length += utf8.length
    }
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
    let high = -1
    for (let i = 0; i < hex.length; i++) {
      const digit = digitOf(hex.charCodeAt(i))
      if (digit < 0) continue
      if (high >= 0) this.writeByte(high * 16 + digit)
      high = high < 0 ? digit : -1
    }
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

/** 0–15 for a lower-case hex digit; negative for '-'. */
function digitOf(code: number): number {
  return code < 58 ? code - 48 : code - 87
}
