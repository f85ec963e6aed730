/**
 * What one copy of a document has and another lacks, as updates short enough for a frame. Weeks of drafts typed
 * offline would otherwise travel as one update, which a frame limit turns away for ever, and which a line that
 * is torn again and again never carries.
 */
import {
  type Doc,
  encodeStateAsUpdate,
  encodeStateVector,
  findIndexSS,
  getState,
  UpdateEncoderV1,
} from 'yjs'

type Structs = Doc['store']['clients'] extends Map<number, infer List> ? List : never
type Struct = Structs extends readonly (infer Each)[] ? Each : never

/** Where the other copy stands: per client id the next clock it expects. */
export type Clocks = ReadonlyMap<number, number>

/**
 * [DSP1] In an order in which each can be taken after the one before: a struct is never sent before what it
 * builds on. The last one carries what was deleted. Each is made when it is asked for, from the document as it is
 * then.
 */
export function* docPieces(
  doc: Doc,
  known: Clocks,
  limitBytes: number,
): Generator<Uint8Array, undefined> {
  const reached = new Map(known)
  /** Begins with no structs and no deletions. */
  let told: Uint8Array = Uint8Array.of(0, 0)
  for (;;) {
    const piece = nextPiece(doc, reached, limitBytes)
    // Against its own state nothing is missing but the delete set.
    const next = piece ?? encodeStateAsUpdate(doc, encodeStateVector(doc))
    if (piece === undefined && isEqual(told, next)) return
    if (piece === undefined) told = next
    yield next
  }
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i])
}

/** A guess at what a struct takes beside its content, so that most pieces stay just below the limit. */
const structOverhead = 16

interface Run {
  readonly client: number
  readonly fromClock: number
  readonly structs: Struct[]
}

function nextPiece(
  doc: Doc,
  reached: Map<number, number>,
  limitBytes: number,
): Uint8Array | undefined {
  const runs = new Map<number, Run>()
  let size = 0
  let hasMoved = true
  while (hasMoved && size < limitBytes) {
    hasMoved = false
    for (const [client, structs] of doc.store.clients) {
      const taken = take(doc, client, structs, reached, runs, limitBytes - size)
      size += taken
      if (taken > 0) hasMoved = true
      if (size >= limitBytes) break
    }
  }
  return runs.size === 0 ? undefined : encoded([...runs.values()])
}

/** Takes structs of one client while all they build on is there; the bytes they take. */
function take(
  doc: Doc,
  client: number,
  structs: Structs,
  reached: Map<number, number>,
  runs: Map<number, Run>,
  roomBytes: number,
): number {
  let clock = reached.get(client) ?? 0
  if (clock >= getState(doc.store, client)) return 0
  let size = 0
  for (let i = findIndexSS(structs, clock); i < structs.length && size < roomBytes; i++) {
    const struct = structs[i] as Struct
    if (!isReady(struct, reached)) break
    const run = runs.get(client) ?? { client, fromClock: clock, structs: [] }
    runs.set(client, run)
    run.structs.push(struct)
    size += sizeOf(struct)
    clock = struct.id.clock + struct.length
    reached.set(client, clock)
  }
  return size
}

function isReady(struct: Struct, reached: Clocks): boolean {
  if (!('origin' in struct)) return true
  return [struct.origin, struct.rightOrigin].every(
    (id) =>
      id === null || id.clock < (reached.get(id.client) ?? 0) || id.client === struct.id.client,
  )
}

function sizeOf(struct: Struct): number {
  const encoder = new UpdateEncoderV1()
  struct.write(encoder, 0)
  return encoder.toUint8Array().length + structOverhead
}

function encoded(runs: readonly Run[]): Uint8Array {
  const encoder = new UpdateEncoderV1()
  encoder.writeLen(runs.length)
  // As Yjs writes them: higher client ids first.
  for (const { client, fromClock, structs } of [...runs].sort((a, b) => b.client - a.client)) {
    encoder.writeLen(structs.length)
    encoder.writeClient(client)
    encoder.writeLen(fromClock)
    for (const [i, struct] of structs.entries()) {
      struct.write(encoder, i === 0 ? fromClock - struct.id.clock : 0)
    }
  }
  encoder.writeLen(0)
  return encoder.toUint8Array()
}
