/**
 * The texts of one packed value, by number, without making strings of them: which are said twice or
 * in another spelling shows in the bytes. Strings are made of those alone that somebody asks for.
 */

import { isUuid } from '#domain/values/ids.ts'
import { isHashText, packedTag as tag } from './packed-form.ts'
import { packedWords } from './packed-words.ts'
import { knownUuid, spelledHash, spelledUtf8 } from './spelled-text.ts'

/** Text ids below it are words of the dictionary, those from it on texts of the value. */
export const wordCount = packedWords.length

/** How a text of the value is written. */
export type TextTag = typeof tag.uuid | typeof tag.hash | typeof tag.utf8

/** So many texts with one place in the table are looked at; the bytes may have been made for it. */
const limitProbes = 16
const slotsAtFirst = 256

/** Numbers one value's texts; `begin` forgets those of the one before. */
export class PackedTexts {
  /** How many the value has spelled out so far. */
  count = 0
  #bytes: Uint8Array = new Uint8Array(0)
  #places = new Int32Array(64)
  #lengths = new Int32Array(64)
  #tags = new Uint8Array(64)
  #hashes = new Int32Array(64)
  #strings: (string | undefined)[] = []
  /** Open addressing, number + 1. */
  #slots = new Int32Array(slotsAtFirst)
  /** By text id, the last set that it was put into. */
  #marks = new Int32Array(wordCount + 64)
  #set = 0
  /** All texts, once too many of them shared a place: the platform's own table cannot be aimed at. */
  #seen: Set<string> | undefined

  begin(bytes: Uint8Array): void {
    this.#bytes = bytes
    this.count = 0
    this.#strings.length = 0
    this.#seen = undefined
    if (this.#slots.length > slotsAtFirst) this.#slots = new Int32Array(slotsAtFirst)
    else this.#slots.fill(0)
  }

  /** Takes the next text; false when that is not its only spelling, or not its first mention. */
  add(tagOf: TextTag, at: number, length: number): boolean {
    const hash = hashOf(this.#bytes, at, length)
    if (tagOf === tag.utf8 && !this.#isPlain(hash, at, length)) return false
    if (this.count === this.#places.length) this.#widen()
    const index = this.count
    this.#places[index] = at
    this.#lengths[index] = length
    this.#tags[index] = tagOf
    this.#hashes[index] = hash
    this.count += 1
    return this.#isFirst(index, hash)
  }

  /** How the text of an id is written; only of texts of the value. */
  formOf(id: number): number {
    return this.#tags[id - wordCount] ?? 0
  }

  /** From here on `isFirstInSet` speaks of an empty set. */
  beginSet(): void {
    if (this.#set === 0x7fff_ffff) this.#marks.fill(0)
    this.#set = (this.#set % 0x7fff_ffff) + 1
  }

  /** Puts a text id into the set; false when it was there. */
  isFirstInSet(id: number): boolean {
    const isFirst = this.#marks[id] !== this.#set
    this.#marks[id] = this.#set
    return isFirst
  }

  /** The string of a text id. */
  textOf(id: number): string {
    if (id < wordCount) return packedWords[id] ?? ''
    const index = id - wordCount
    const kept = this.#strings[index]
    if (kept !== undefined) return kept
    const text = this.#spell(index)
    this.#strings[index] = text
    return text
  }

  #spell(index: number): string {
    const at = this.#places[index] ?? 0
    const length = this.#lengths[index] ?? 0
    if (this.#tags[index] === tag.uuid) return knownUuid(this.#bytes, at, this.#hashes[index] ?? 0)
    if (this.#tags[index] === tag.hash) return spelledHash(this.#bytes, at)
    return spelledUtf8(this.#bytes, at, length)
  }

  /** Whether UTF-8 is well formed and has no shorter spelling. */
  #isPlain(hash: number, at: number, length: number): boolean {
    if (!isUtf8(this.#bytes, at, at + length)) return false
    const words = wordsByHash.get(hash)
    if (words?.some((word) => isSame(this.#bytes, at, length, word))) return false
    if (length === 36) return !isUuid(spelledUtf8(this.#bytes, at, length))
    return length !== 64 || !isHashText(spelledUtf8(this.#bytes, at, length))
  }

  #isFirst(index: number, hash: number): boolean {
    if (this.#seen !== undefined) return this.#isFirstIn(this.#seen, index)
    if (2 * this.count > this.#slots.length) this.#spread()
    const mask = this.#slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (let probes = 0; probes < limitProbes; probes++) {
      const found = this.#slots[slot] ?? 0
      if (found === 0) {
        this.#slots[slot] = index + 1
        return true
      }
      if (this.#hashes[found - 1] === hash && this.#isEqual(found - 1, index)) return false
      slot = (slot + 1) & mask
    }
    const seen = new Set<string>()
    this.#seen = seen
    for (let i = 0; i < index; i++) seen.add(this.textOf(wordCount + i))
    return this.#isFirstIn(seen, index)
  }

  #isFirstIn(seen: Set<string>, index: number): boolean {
    seen.add(this.textOf(wordCount + index))
    return seen.size === index + 1
  }

  #isEqual(one: number, other: number): boolean {
    const length = this.#lengths[one] ?? 0
    if (this.#tags[one] !== this.#tags[other] || this.#lengths[other] !== length) return false
    const bytes = this.#bytes
    const [at, otherAt] = [this.#places[one] ?? 0, this.#places[other] ?? 0]
    for (let i = 0; i < length; i++) if (bytes[at + i] !== bytes[otherAt + i]) return false
    return true
  }

  /** A wider table for the texts so far; the newest is not in it yet. */
  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length)
    for (let index = 0; index < this.count - 1; index++) {
      const hash = this.#hashes[index] ?? 0
      let slot = (hash ^ (hash >>> 15)) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = index + 1
    }
    this.#slots = slots
  }

  #widen(): void {
    const size = 2 * this.#places.length
    this.#places = wider(this.#places, new Int32Array(size))
    this.#lengths = wider(this.#lengths, new Int32Array(size))
    this.#hashes = wider(this.#hashes, new Int32Array(size))
    this.#tags = wider(this.#tags, new Uint8Array(size))
    this.#marks = wider(this.#marks, new Int32Array(wordCount + size))
  }
}

function wider<List extends Int32Array | Uint8Array>(list: List, to: List): List {
  to.set(list)
  return to
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, at: number, length: number): number {
  let hash = 0x811c_9dc5 | 0
  for (let i = at; i < at + length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x0100_0193)
  return hash
}

const wordsByHash: ReadonlyMap<number, readonly Uint8Array[]> = byHash()

function byHash(): ReadonlyMap<number, readonly Uint8Array[]> {
  const encoder = new TextEncoder()
  const words = new Map<number, Uint8Array[]>()
  for (const word of packedWords) {
    const utf8 = encoder.encode(word)
    const hash = hashOf(utf8, 0, utf8.length)
    words.set(hash, [...(words.get(hash) ?? []), utf8])
  }
  return words
}

function isSame(bytes: Uint8Array, at: number, length: number, word: Uint8Array): boolean {
  return length === word.length && word.every((byte, i) => byte === bytes[at + i])
}

/** As the platform's strict decoder has it: nothing overlong, no surrogates, at most U+10FFFF. */
function isUtf8(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from
  while (at < end) {
    const length = (bytes[at] ?? 0) < 0x80 ? 1 : letterLength(bytes, at, end)
    if (length === 0) return false
    at += length
  }
  return true
}

/** Of a letter beyond ASCII; 0 when it is none. */
function letterLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0xc2 || lead > 0xf4) return 0
  const length = 2 + Number(lead >= 0xe0) + Number(lead >= 0xf0)
  const second = bytes[at + 1] ?? 0
  if (at + length > end || second < lowestSecond(lead) || second > highestSecond(lead)) return 0
  for (let i = 2; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0
  return length
}

function lowestSecond(lead: number): number {
  if (lead === 0xe0) return 0xa0
  return lead === 0xf0 ? 0x90 : 0x80
}

function highestSecond(lead: number): number {
  if (lead === 0xed) return 0x9f
  return lead === 0xf4 ? 0x8f : 0xbf
}
