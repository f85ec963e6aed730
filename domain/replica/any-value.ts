/**
 * Reads the values that Yjs keeps in ContentAny (lib0 `writeAny`), as far as they are canonical JSON:
 * texts, safe integers, lists and fields. Refuses every other type and every other spelling.
 */

import { isForbiddenName, type Json } from '#domain/values/canonical-text.ts'
import type { ByteProblem } from './update-reader.ts'

/** What a value can be that desks do not hold. */
export type AnyProblem = 'value-not-json' | 'value-too-deep' | 'name-forbidden'

/** The first byte of a value (lib0 0.2). */
const kind = {
  text: 119,
  integer: 125,
  float32: 124,
  float64: 123,
  fields: 118,
  list: 117,
} as const

/** Integers up to here are written in base 128, larger ones as floating point. */
const limitInteger = 0x7fff_ffff
const signBit = 0x40

/** As much of an `UpdateReader` as values need. */
interface Reader {
  readonly problem: string | undefined
  refuse(problem: AnyProblem | ByteProblem): false
  byte(): number
  count(bytesEach: number): number
  view(length: number): Uint8Array
  text(): string
}

/** A value nested at most `limitDepth` deep. After a problem: 0, and the reader says which. */
export function readAny(reader: Reader, limitDepth: number): Json {
  switch (reader.byte()) {
    case kind.text:
      return reader.text()
    case kind.integer:
      return readInteger(reader)
    case kind.float32:
      return checkFloat(reader, floats(reader, 4).getFloat32(0), 4)
    case kind.float64:
      return checkFloat(reader, floats(reader, 8).getFloat64(0), 8)
    case kind.fields:
      return readFields(reader, limitDepth - 1)
    case kind.list:
      return readList(reader, limitDepth - 1)
    default:
      reader.refuse('value-not-json')
      return 0
  }
}

/** 6 bits with a sign, then base 128; no zero with a sign. */
function readInteger(reader: Reader): number {
  const first = reader.byte()
  let value = first & 0x3f
  let scale = 64
  let byte = first
  while (byte > 127 && scale <= 2 ** 34) {
    byte = reader.byte()
    value += (byte & 127) * scale
    scale *= 128
  }
  const isMinimal = byte <= 127 && (byte > 0 || scale === 64)
  const isNegative = (first & signBit) > 0
  if (!isMinimal || value > limitInteger || (isNegative && value === 0)) {
    reader.refuse('not-canonical')
  }
  return isNegative ? 0 - value : value
}

function floats(reader: Reader, length: number): DataView {
  const bytes = reader.view(length)
  if (bytes.length < length) return new DataView(new ArrayBuffer(length))
  return new DataView(bytes.buffer, bytes.byteOffset, length)
}

/** Floating point stands only for integers that are too large for `readInteger`, as short as can be. */
function checkFloat(reader: Reader, value: number, length: 4 | 8): number {
  if (reader.problem !== undefined) return 0
  if (!Number.isSafeInteger(value)) reader.refuse('value-not-json')
  const isShort = Math.fround(value) === value
  if (Math.abs(value) <= limitInteger || isShort !== (length === 4)) reader.refuse('not-canonical')
  return value
}

function readList(reader: Reader, limitDepth: number): Json {
  const items: Json[] = []
  if (limitDepth < 0) reader.refuse('value-too-deep')
  const count = reader.count(1)
  for (let i = 0; i < count && reader.problem === undefined; i++) {
    items.push(readAny(reader, limitDepth))
  }
  return items
}

function readFields(reader: Reader, limitDepth: number): Json {
  const fields: { [name: string]: Json } = {}
  if (limitDepth < 0) reader.refuse('value-too-deep')
  const count = reader.count(2)
  for (let i = 0; i < count && reader.problem === undefined; i++) {
    const name = reader.text()
    if (isForbiddenName(name)) reader.refuse('name-forbidden')
    const value = readAny(reader, limitDepth)
    // Said twice, one of the two would be lost; `__proto__` never gets here.
    if (Object.hasOwn(fields, name)) reader.refuse('not-canonical')
    if (reader.problem === undefined) fields[name] = value
  }
  return fields
}
