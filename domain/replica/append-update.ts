/**
 * The update that appends entries to a journal, byte for byte as Yjs writes it: one Item under its
 * own key of the root, without origins, and no delete set. Server and devices forward only this form.
 */

import { content, has, rootParent } from './yjs-form.ts'
import { uintBytes, UpdateWriter } from './update-writer.ts'

/** One entry with the place that it has in Yjs's history. */
export interface PlacedEntry {
  readonly seq: number
  readonly bytes: Uint8Array
  /** The page load that wrote it. */
  readonly client: number
  /** Its number within that page load. */
  readonly clock: number
}

/** Of a journal: the one root map. */
export const journalRoot = 'r'

/** Item, binary, with a key and without origins: how each honest append begins. */
export const appendInfo = content.binary | has.key

/** Bytes of one entry in an update, at most. */
export function placedBytes(entry: PlacedEntry): number {
  const key = String(entry.seq).length
  return 4 + uintBytes(key) + key + uintBytes(entry.bytes.length) + entry.bytes.length
}

/** `entries` in any order; those of one client must have contiguous clocks. */
export function appendUpdate(entries: readonly PlacedEntry[]): Uint8Array {
  const blocks = blocksOf(entries)
  const sizeGuess = entries.reduce((sum, entry) => sum + placedBytes(entry), 16 * blocks.length + 2)
  const writer = new UpdateWriter(sizeGuess)
  writer.uint(blocks.length)
  for (const block of blocks) writeBlock(writer, block)
  writer.uint(0)
  return writer.written()
}

/** Entries by client, clients in descending order as Yjs sorts them, clocks ascending. */
function blocksOf(entries: readonly PlacedEntry[]): readonly PlacedEntry[][] {
  const blockByClient = new Map<number, PlacedEntry[]>()
  for (const entry of entries) {
    const block = blockByClient.get(entry.client)
    if (block === undefined) blockByClient.set(entry.client, [entry])
    else block.push(entry)
  }
  const blocks = [...blockByClient].sort(([before], [after]) => after - before)
  return blocks.map(([, block]) => block.sort((before, after) => before.clock - after.clock))
}

function writeBlock(writer: UpdateWriter, block: readonly PlacedEntry[]): void {
  const [first] = block
  if (first === undefined) return
  writer.uint(block.length)
  writer.uint(first.client)
  writer.uint(first.clock)
  for (const entry of block) {
    writer.byte(appendInfo)
    writer.uint(rootParent)
    writer.ascii(journalRoot)
    writer.ascii(String(entry.seq))
    writer.uint(entry.bytes.length)
    writer.raw(entry.bytes)
  }
}
