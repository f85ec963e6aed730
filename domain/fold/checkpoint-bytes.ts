/**
 * The bytes of a checkpoint: named typed arrays and one JSON text, laid out so that opening makes
 * views and copies nothing, and with room behind each array, so that the first records after a start
 * need not copy it either. Knows no fold: `checkpoint.ts` says what is kept.
 *
 * Mark of the format, 8 letters │ header length, total length (u32 LE) │ header: JSON
 * {sections, plain} │ sections, each at a multiple of 8 │ checksum of everything before, 8 bytes.
 * Little endian. The checksum is against rot and torn writes, not against people.
 */

import type { ColumnKind, NamedColumn } from '#domain/ledgers/columns/table.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { done, fail, type Result } from '#domain/values/result.ts'

export interface CheckpointContent {
  readonly sections: readonly NamedColumn[]
  readonly plain: Json
}

interface SectionPlace {
  readonly name: string
  readonly kind: ColumnKind
  /** From the first byte of the checkpoint. */
  readonly offset: number
  /** Values, not bytes. */
  readonly length: number
}

const markBytes = 8
const headAt = markBytes + 8
const bytesOf: Readonly<Record<ColumnKind, number>> = { u8: 1, i32: 4, f64: 8 }

export function checkpointBytes(mark: string, content: CheckpointContent): Uint8Array {
  const header = headerOf(content)
  const end = aligned(header.end)
  const bytes = new Uint8Array(end + markBytes)
  const numbers = new DataView(bytes.buffer)
  new TextEncoder().encodeInto(mark, bytes)
  numbers.setUint32(markBytes, header.text.length, true)
  numbers.setUint32(markBytes + 4, bytes.length, true)
  bytes.set(header.text, headAt)
  content.sections.forEach(({ values }, index) => {
    const place = header.places[index] as SectionPlace
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), place.offset)
  })
  const [low, high] = checksumOf(bytes, end)
  numbers.setUint32(end, low, true)
  numbers.setUint32(end + 4, high, true)
  return bytes
}

export interface CheckpointProblem {
  readonly code: 'checkpoint-unreadable'
}

/** [CKP2] What `checkpointBytes` wrote, as views of `bytes`; anything else is refused. */
export function readCheckpoint(
  mark: string,
  given: Uint8Array,
): Result<CheckpointContent, CheckpointProblem> {
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice()
  const header = headerIn(mark, bytes)
  if (header === undefined || !isWhole(bytes)) return fail({ code: 'checkpoint-unreadable' })
  return done({
    plain: header.plain,
    sections: header.sections.map((place) => viewOf(bytes, place)),
  })
}

/**
 * [CKP6] The plain part alone, of bytes that are known to be as they were written: no section is read, so it takes
 * as long for a year as for a day.
 */
export function plainOfCheckpoint(
  mark: string,
  bytes: Uint8Array,
): Result<Json, CheckpointProblem> {
  const header = headerIn(mark, bytes)
  return header === undefined ? fail({ code: 'checkpoint-unreadable' }) : done(header.plain)
}

/** Undefined where the bytes are of another format or length. */
function headerIn(
  mark: string,
  bytes: Uint8Array,
): { readonly sections: readonly SectionPlace[]; readonly plain: Json } | undefined {
  if (bytes.length < headAt + markBytes || bytes.length % 8 !== 0) return undefined
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = numbers.getUint32(markBytes, true)
  const isOurs =
    new TextDecoder().decode(bytes.subarray(0, markBytes)) === mark &&
    numbers.getUint32(markBytes + 4, true) === bytes.length &&
    length <= bytes.length - headAt - markBytes
  if (!isOurs) return undefined
  const header = parse(new TextDecoder().decode(bytes.subarray(headAt, headAt + length)))
  return header as { sections: SectionPlace[]; plain: Json } | undefined
}

function isWhole(bytes: Uint8Array): boolean {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - markBytes
  const [low, high] = checksumOf(bytes, end)
  return numbers.getUint32(end, true) === low && numbers.getUint32(end + 4, true) === high
}

/**
 * Two lanes of multiply and rotate over the first `end` bytes, a multiple of 8 at a multiple of 8. Each step
 * can be undone, so one changed word always changes its lane.
 */
function checksumOf(bytes: Uint8Array, end: number): readonly [low: number, high: number] {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, end / 4)
  let low = 0x9e3779b9
  let high = 0x85ebca6b
  for (let at = 0; at < words.length; at += 2) {
    low = Math.imul(low ^ (words[at] ?? 0), 0x5bd1e995)
    low = (low << 13) | (low >>> 19)
    high = Math.imul(high ^ (words[at + 1] ?? 0), 0x1b873593)
    high = (high << 15) | (high >>> 17)
  }
  return [low >>> 0, high >>> 0]
}

function viewOf(bytes: Uint8Array, { name, kind, offset, length }: SectionPlace): NamedColumn {
  const roomy = arrayOver(kind, bytes.buffer, bytes.byteOffset + offset, roomOf(length))
  return { name, kind, values: roomy.subarray(0, length), roomy }
}

function arrayOver(
  kind: ColumnKind,
  buffer: ArrayBufferLike,
  start: number,
  length: number,
): NamedColumn['values'] {
  switch (kind) {
    case 'u8':
      return new Uint8Array(buffer, start, length)
    case 'i32':
      return new Int32Array(buffer, start, length)
    case 'f64':
      return new Float64Array(buffer, start, length)
  }
}

/** What a section of so many values is given: a sixty-fourth more, which is what comes between two checkpoints. */
function roomOf(length: number): number {
  return length + (length >> 6) + 8
}

/** Offsets depend on the header's length and the header names the offsets: laid out after a fixed room. */
function headerOf(content: CheckpointContent): {
  readonly text: Uint8Array
  readonly places: readonly SectionPlace[]
  readonly end: number
} {
  const encoder = new TextEncoder()
  const draft = encoder.encode(
    JSON.stringify({ sections: placesFrom(content, 0), plain: content.plain }),
  )
  // Real offsets have at most ten digits more per section than the draft's.
  const room = aligned(headAt + draft.length + content.sections.length * 10)
  const places = placesFrom(content, room)
  const text = encoder.encode(JSON.stringify({ sections: places, plain: content.plain }))
  const last = places.at(-1)
  const end = last === undefined ? room : last.offset + roomOf(last.length) * bytesOf[last.kind]
  return { text, places, end }
}

function placesFrom({ sections }: CheckpointContent, start: number): SectionPlace[] {
  let offset = start
  return sections.map(({ name, kind, values }) => {
    const place = { name, kind, offset, length: values.length }
    offset = aligned(offset + roomOf(values.length) * bytesOf[kind])
    return place
  })
}

function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
