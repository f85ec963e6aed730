/**
 * Whether an update to a desk is what honest devices send: values under keys of a desk, typed over
 * or removed, with everything that they build on known. Desks have many writers and no authority, so
 * overwriting and deleting are fine; spoiling the document for others is not.
 */

import { done, fail, type Result } from '#domain/values/result.ts'
import { type AnyProblem, readAny } from './any-value.ts'
import { findUnready, type Struct, type StructBlock } from './causality.ts'
import { limitUpdateBytes } from './guard.ts'
import { parseDeskKey } from './desk-key.ts'
import { isDeskValue, limitDeskDepth, limitDeskValueBytes } from './desk-value.ts'
import { type ByteProblem, UpdateReader } from './update-reader.ts'
import { UpdateWriter } from './update-writer.ts'
import { blockBytesMin, content, contentMask, has, limitClientId, limitClock } from './yjs-form.ts'

/** What is known of a desk when an update to it arrives. */
export interface KnownDesk {
  /** Per client id the next clock that Yjs expects. */
  readonly clocks: ReadonlyMap<number, number>
  /** Client ids that one document may have. */
  readonly limitClients: number
  /** Whether the sender may write under a client id: never under one that another device uses. */
  readonly mayWriteAs: (client: number) => boolean
  /** The key that a known struct stands under; undefined when there is no such struct. */
  readonly keyAt: (client: number, clock: number) => string | undefined
  /** Whether all of these are deleted already. */
  readonly isDeleted: (client: number, clock: number, length: number) => boolean
}

/** What an update of a desk can be that no honest device sends. */
export type DeskGuardCode =
  | ByteProblem
  | AnyProblem
  | 'too-large'
  | 'too-many-clients'
  | 'too-many-clocks'
  | 'bad-client-id'
  | 'foreign-client'
  | 'has-gc'
  | 'has-skip'
  | 'has-right-origin'
  | 'no-key'
  | 'foreign-root'
  | 'foreign-content'
  | 'bad-key'
  | 'bad-value'
  | 'value-too-large'
  /** Builds on what has never arrived: Yjs would keep it pending. */
  | 'missing-dependency'

/** The first thing that is wrong. */
export interface DeskGuardProblem {
  readonly code: DeskGuardCode
  /** The byte at which reading stopped. */
  readonly offset: number
}

interface DeleteRange {
  readonly clock: number
  readonly length: number
}

/** An update that may be stored and forwarded, reduced to what is new. */
export interface AcceptedDesk {
  /** The next clock of each client id that the update advances. */
  readonly clients: ReadonlyMap<number, number>
  /** Whether there is anything to store and forward. */
  readonly hasNews: boolean
  /** New structs by client, clients in descending order. */
  readonly blocks: readonly StructBlock[]
  /** New deletes by client, in descending order. */
  readonly deletes: readonly (readonly [client: number, ranges: readonly DeleteRange[]])[]
}

/** info, origin (2) or parent, content: what a struct takes at least. */
const structBytesMin = 4
/** A key of a desk: ids, a field name, separators. */
const limitKeyBytes = 300
const rootAndKey = [1, 1, 0x64] // the parent is a root, whose name is one letter: 'd'
const keyedAny = content.any | has.key

/** [GRD10]–[GRD14] Accepts what honest devices send to a desk, and names what else it is. */
export function checkDeskUpdate(
  update: Uint8Array,
  known: KnownDesk,
): Result<AcceptedDesk, DeskGuardProblem> {
  if (update.length > limitUpdateBytes) return fail({ code: 'too-large', offset: 0 })
  const check = new DeskCheck(update, known)
  check.readUpdate()
  return check.result()
}

/** The update to store and forward: what is new in an accepted one, as Yjs itself would encode it. */
export function encodeAcceptedDesk(accepted: AcceptedDesk): Uint8Array {
  const writer = new UpdateWriter(1_024)
  writer.uint(accepted.blocks.length)
  for (const { client, structs } of accepted.blocks) {
    writer.uint(structs.length)
    writer.uint(client)
    writer.uint(structs[0]?.clock ?? 0)
    for (const struct of structs) writeStruct(writer, struct)
  }
  writer.uint(accepted.deletes.length)
  for (const [client, ranges] of accepted.deletes) {
    writer.uint(client)
    writer.uint(ranges.length)
    for (const { clock, length } of ranges) {
      writer.uint(clock)
      writer.uint(length)
    }
  }
  return writer.written()
}

function writeStruct(writer: UpdateWriter, struct: Struct): void {
  const { origin, body } = struct
  // Merged updates of Yjs leave the key bit out where an origin stands for the key.
  writer.byte(struct.content | has.key | (origin === undefined ? 0 : has.origin))
  if (origin !== undefined) {
    writer.uint(origin.client)
    writer.uint(origin.clock)
  }
  writer.raw(body)
  if (struct.content === content.deleted) writer.uint(struct.length)
}

class DeskCheck {
  readonly #reader: UpdateReader<DeskGuardCode>
  readonly #known: KnownDesk
  /** All structs, the known ones too. */
  readonly #read: StructBlock[] = []
  readonly #blocks: StructBlock[] = []
  readonly #clients = new Map<number, number>()
  readonly #blockClients = new Set<number>()
  readonly #deletes = new Map<number, DeleteRange[]>()
  #newClients = 0

  constructor(update: Uint8Array, known: KnownDesk) {
    this.#reader = new UpdateReader(update)
    this.#known = known
  }

  result(): Result<AcceptedDesk, DeskGuardProblem> {
    const { problem, offset } = this.#reader
    if (problem !== undefined) return fail({ code: problem, offset })
    const blocks = this.#blocks.sort((before, after) => after.client - before.client)
    const deletes = [...this.#deletes].sort(([before], [after]) => after - before)
    const hasNews = blocks.length > 0 || deletes.length > 0
    return done({ clients: this.#clients, hasNews, blocks, deletes })
  }

  readUpdate(): void {
    const reader = this.#reader
    const blocks = reader.count(blockBytesMin + structBytesMin)
    for (let i = 0; i < blocks && reader.problem === undefined; i++) this.#readBlock()
    if (reader.problem !== undefined) return
    if (findUnready(this.#read, this.#known.clocks) !== undefined) {
      return void reader.refuse('missing-dependency')
    }
    this.#readDeletes()
    if (reader.remaining() > 0) reader.refuse('not-canonical')
  }

  #readBlock(): void {
    const reader = this.#reader
    const count = reader.count(structBytesMin)
    const client = reader.uint()
    let clock = reader.uint()
    if (reader.problem !== undefined || !this.#checkBlock(client, clock, count)) return
    const knownClock = this.#known.clocks.get(client) ?? 0
    const structs: Struct[] = []
    const news: Struct[] = []
    for (let i = 0; i < count; i++) {
      const struct = this.#readStruct(clock)
      if (reader.problem !== undefined) return
      structs.push(struct)
      clock += struct.length
      if (clock <= knownClock) continue
      if (struct.clock < knownClock) this.#checkHalfKnown(struct, client, knownClock)
      news.push(newPart(struct, client, knownClock))
    }
    this.#read.push({ client, structs })
    if (news.length > 0) this.#takeBlock(client, clock, news)
  }

  #checkBlock(client: number, clock: number, count: number): boolean {
    const reader = this.#reader
    if (count === 0 || this.#blockClients.has(client)) return reader.refuse('not-canonical')
    if (client > limitClientId) return reader.refuse('bad-client-id')
    this.#blockClients.add(client)
    const isPending = clock > (this.#known.clocks.get(client) ?? 0)
    return isPending ? reader.refuse('missing-dependency') : true
  }

  /** A run of deletes goes on under its key; Yjs would tie what stands under two keys together. */
  #checkHalfKnown({ origin, key }: Struct, client: number, knownClock: number): void {
    const { keyAt } = this.#known
    const own = origin === undefined ? key : keyAt(origin.client, origin.clock)
    if (own === undefined || own !== keyAt(client, knownClock - 1)) this.#reader.refuse('bad-key')
  }

  #takeBlock(client: number, nextClock: number, structs: readonly Struct[]): void {
    const { clocks, limitClients, mayWriteAs } = this.#known
    if (!mayWriteAs(client)) return void this.#reader.refuse('foreign-client')
    if (!clocks.has(client)) this.#newClients += 1
    if (clocks.size + this.#newClients > limitClients) {
      return void this.#reader.refuse('too-many-clients')
    }
    if (nextClock > limitClock) return void this.#reader.refuse('too-many-clocks')
    this.#clients.set(client, nextClock)
    this.#blocks.push({ client, structs })
  }

  #readStruct(clock: number): Struct {
    const reader = this.#reader
    const info = reader.byte()
    const held = info & contentMask
    this.#checkInfo(info, held)
    const origin = (info & has.origin) > 0 ? this.#readOrigin() : undefined
    const start = reader.offset
    const key = origin === undefined ? this.#readParentAndKey() : undefined
    if (held === content.deleted) {
      const body = reader.bytes.subarray(start, reader.offset)
      const length = reader.uint()
      if (length === 0) reader.refuse('not-canonical')
      return { clock, length, origin, key, content: content.deleted, body }
    }
    this.#readValue()
    const body = reader.bytes.subarray(start, reader.offset)
    return { clock, length: 1, origin, key, content: content.any, body }
  }

  #checkInfo(info: number, held: number): void {
    if (info === keyedAny) return
    if (held === content.gc) this.#reader.refuse('has-gc')
    else if (held === content.skip) this.#reader.refuse('has-skip')
    else if (held !== content.any && held !== content.deleted)
      this.#reader.refuse('foreign-content')
    else if ((info & has.rightOrigin) > 0) this.#reader.refuse('has-right-origin')
    else if ((info & (has.origin | has.key)) === 0) this.#reader.refuse('no-key')
  }

  #readOrigin(): { readonly client: number; readonly clock: number } {
    const client = this.#reader.uint()
    return { client, clock: this.#reader.uint() }
  }

  #readParentAndKey(): string {
    const reader = this.#reader
    if (!reader.skips(rootAndKey)) reader.refuse('foreign-root')
    const start = reader.offset
    const key = reader.text()
    const isKey = reader.offset - start <= limitKeyBytes && parseDeskKey(key) !== undefined
    if (!isKey) reader.refuse('bad-key')
    return key
  }

  #readValue(): void {
    const reader = this.#reader
    if (reader.uint() !== 1) reader.refuse('bad-value')
    const start = reader.offset
    const value = readAny(reader, limitDeskDepth)
    if (reader.problem !== undefined) return
    if (reader.offset - start > limitDeskValueBytes) reader.refuse('value-too-large')
    else if (!isDeskValue(value)) reader.refuse('bad-value')
  }

  #readDeletes(): void {
    const reader = this.#reader
    const clients = reader.count(4)
    const seen = new Set<number>()
    for (let i = 0; i < clients && reader.problem === undefined; i++) {
      const client = reader.uint()
      if (seen.has(client)) return void reader.refuse('not-canonical')
      seen.add(client)
      this.#readRanges(client)
    }
  }

  /** Ranges in ascending order, within what is known or new: Yjs would keep the rest pending. */
  #readRanges(client: number): void {
    const reader = this.#reader
    const nextClock = this.#clients.get(client) ?? this.#known.clocks.get(client) ?? 0
    const count = reader.count(2)
    if (count === 0) reader.refuse('not-canonical')
    const news: DeleteRange[] = []
    let end = 0
    for (let i = 0; i < count && reader.problem === undefined; i++) {
      const range = this.#readRange(end, nextClock)
      end = range.clock + range.length
      if (!this.#known.isDeleted(client, range.clock, range.length)) news.push(range)
    }
    if (news.length > 0) this.#deletes.set(client, news)
  }

  #readRange(from: number, end: number): DeleteRange {
    const reader = this.#reader
    const clock = reader.uint()
    const length = reader.uint()
    if (length === 0 || clock < from) reader.refuse('not-canonical')
    if (clock + length > end) reader.refuse('missing-dependency')
    return reader.problem === undefined ? { clock, length } : { clock: 0, length: 0 }
  }
}

/** The part of a struct from `knownClock` on: Yjs sends a run of deletes whole, however much is known. */
function newPart(struct: Struct, client: number, knownClock: number): Struct {
  const known = knownClock - struct.clock
  if (known <= 0) return struct
  const origin = { client, clock: knownClock - 1 }
  return { ...struct, clock: knownClock, length: struct.length - known, origin, body: noBytes }
}

const noBytes = new Uint8Array(0)
