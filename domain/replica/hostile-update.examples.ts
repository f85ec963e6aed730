/** Updates as strangers make them: any struct of the Yjs format, written by hand, well formed or not. */

import type { Chance } from './random.examples.ts'
import { UpdateWriter } from './update-writer.ts'

/** A struct in the order of its bytes. */
export interface RawStruct {
  readonly info: number
  readonly origin?: readonly [client: number, clock: number]
  readonly rightOrigin?: readonly [client: number, clock: number]
  /** A root's name, or the id of a parent item. */
  readonly parent?: string | readonly [client: number, clock: number]
  readonly key?: string
  /** The content's bytes, as they are. */
  readonly content: Uint8Array
}

/** The structs of one client. */
export interface RawBlock {
  readonly client: number
  readonly clock: number
  readonly structs: readonly RawStruct[]
  /** What the block says that it holds; by default what it holds. */
  readonly count?: number
}

/** The delete set of one client. */
export interface RawDelete {
  readonly client: number
  readonly ranges: readonly (readonly [clock: number, length: number])[]
}

/** The bytes of an update that says exactly this. */
export function rawUpdate(
  blocks: readonly RawBlock[],
  deletes: readonly RawDelete[] = [],
): Uint8Array {
  const writer = new UpdateWriter(256)
  writer.uint(blocks.length)
  for (const { client, clock, structs, count } of blocks) {
    writer.uint(count ?? structs.length)
    writer.uint(client)
    writer.uint(clock)
    for (const struct of structs) writeStruct(writer, struct)
  }
  writer.uint(deletes.length)
  for (const { client, ranges } of deletes) {
    writer.uint(client)
    writer.uint(ranges.length)
    for (const range of ranges) writeId(writer, range)
  }
  return writer.written()
}

/** Content of a ContentBinary: its length and bytes. */
export function binaryContent(bytes: Uint8Array): Uint8Array {
  const writer = new UpdateWriter(bytes.length + 8)
  writer.uint(bytes.length)
  writer.raw(bytes)
  return writer.written()
}

/** An honest append to a journal. */
export function appendStruct(seq: number | string, bytes: Uint8Array): RawStruct {
  return { info: 0x23, parent: 'r', key: String(seq), content: binaryContent(bytes) }
}

/** `update` with bytes flipped, cut, doubled, inserted or swapped. */
export function mutated(chance: Chance, update: Uint8Array): Uint8Array {
  let bytes = update
  const changes = 1 + chance.int(3)
  for (let i = 0; i < changes; i++) bytes = mutateOnce(chance, bytes)
  return bytes
}

function mutateOnce(chance: Chance, bytes: Uint8Array): Uint8Array {
  const at = chance.int(bytes.length + 1)
  const length = 1 + chance.int(8)
  switch (chance.int(6)) {
    case 0:
      return bytes.map((byte, i) => (i === at ? byte ^ (1 << chance.int(8)) : byte))
    case 1:
      return bytes.map((byte, i) => (i === at ? chance.int(256) : byte))
    case 2:
      return bytes.slice(0, at)
    case 3:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length))
    case 4:
      return joined(bytes.subarray(0, at), chance.bytes(length), bytes.subarray(at))
    default:
      return joined(bytes.subarray(0, at + length), bytes.subarray(at))
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const writer = new UpdateWriter(256)
  for (const part of parts) writer.raw(part)
  return writer.written()
}

function writeStruct(writer: UpdateWriter, struct: RawStruct): void {
  writer.byte(struct.info)
  if (struct.origin !== undefined) writeId(writer, struct.origin)
  if (struct.rightOrigin !== undefined) writeId(writer, struct.rightOrigin)
  if (typeof struct.parent === 'string') {
    writer.uint(1)
    writeText(writer, struct.parent)
  } else if (struct.parent !== undefined) {
    writer.uint(0)
    writeId(writer, struct.parent)
  }
  if (struct.key !== undefined) writeText(writer, struct.key)
  writer.raw(struct.content)
}

function writeId(writer: UpdateWriter, [client, clock]: readonly [number, number]): void {
  writer.uint(client)
  writer.uint(clock)
}

function writeText(writer: UpdateWriter, text: string): void {
  const utf8 = new TextEncoder().encode(text)
  writer.uint(utf8.length)
  writer.raw(utf8)
}
