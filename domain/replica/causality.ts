/**
 * Whether structs can all be integrated, in some order, on top of what is known: what refers to a
 * struct that is never there, or in a circle, Yjs would keep pending for ever.
 */

/** Where a struct stands in Yjs's history. */
export interface StructId {
  readonly client: number
  readonly clock: number
}

/** One struct of an update, with its bytes as they were read. */
export interface Struct {
  readonly clock: number
  /** Clocks that it takes. */
  readonly length: number
  /** The struct that it follows under the same key. */
  readonly origin: StructId | undefined
  /** The key, where there is no origin to take it from. */
  readonly key: string | undefined
  /** Number of its content in Yjs's format. */
  readonly content: number
  /** Parent and key where there is no origin, and the content. */
  readonly body: Uint8Array
}

/** Structs of one client with ascending, contiguous clocks. */
export interface StructBlock {
  readonly client: number
  readonly structs: readonly Struct[]
}

/**
 * The first struct that can never be integrated; undefined when all can. Structs that are known already
 * count too: Yjs looks up what they follow before it passes over them. Linear: a block waits for one
 * client at a time and is looked at again when that client has moved.
 */
export function findUnready(
  blocks: readonly StructBlock[],
  clocks: ReadonlyMap<number, number>,
): Struct | undefined {
  const reached = new Map(clocks)
  const waiting = new Map<number, Cursor[]>()
  const cursors = blocks.map((block) => ({ block, next: 0 }))
  const ready: Cursor[] = [...cursors]
  for (let cursor = ready.pop(); cursor !== undefined; cursor = ready.pop()) {
    const { client } = cursor.block
    const before = reached.get(client) ?? 0
    const blocker = advance(cursor, reached)
    if (blocker !== undefined) wait(waiting, blocker, cursor)
    if ((reached.get(client) ?? 0) > before) {
      ready.push(...(waiting.get(client) ?? []))
      waiting.delete(client)
    }
  }
  const stuck = cursors.find((cursor) => cursor.next < cursor.block.structs.length)
  return stuck?.block.structs[stuck.next]
}

interface Cursor {
  readonly block: StructBlock
  next: number
}

/** Integrates as many structs of a block as can be; the client that the next one waits for. */
function advance(cursor: Cursor, reached: Map<number, number>): number | undefined {
  const { client, structs } = cursor.block
  for (let struct = structs[cursor.next]; struct !== undefined; struct = structs[cursor.next]) {
    const { origin } = struct
    if (origin !== undefined && origin.clock >= (reached.get(origin.client) ?? 0)) {
      return origin.client
    }
    reached.set(client, Math.max(reached.get(client) ?? 0, struct.clock + struct.length))
    cursor.next += 1
  }
  return undefined
}

function wait(waiting: Map<number, Cursor[]>, client: number, cursor: Cursor): void {
  const others = waiting.get(client)
  if (others === undefined) waiting.set(client, [cursor])
  else others.push(cursor)
}
