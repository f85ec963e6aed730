import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { appendUpdate, type PlacedEntry, placedBytes } from './append-update.ts'
import { createJournalDoc, readEntries } from './journal.ts'

/** Numbers 0–9, written by two page loads in turn. */
const entries: readonly PlacedEntry[] = Array.from({ length: 10 }, (_, seq) => ({
  seq,
  bytes: new Uint8Array(seq * 40).fill(seq),
  client: seq < 3 || seq > 7 ? 4_000_000_000 : 5,
  clock: seq < 3 ? seq : seq - 3 - (seq > 7 ? 2 : 0),
}))

describe('an update of appends', () => {
  it('[GRD9] is what Yjs writes for the same history, whatever order the entries are given in', () => {
    const update = appendUpdate(entries)
    const doc = createJournalDoc()
    Y.applyUpdate(doc, update)
    expect(readEntries(doc, 0)).toEqual(entries.map(({ seq, bytes }) => ({ seq, bytes })))
    expect(Y.encodeStateAsUpdate(doc)).toEqual(update)
    expect(appendUpdate([...entries].reverse())).toEqual(update)
  })

  it('[JNL3] is no longer than its entries are said to be', () => {
    for (const entry of entries) {
      const frame = appendUpdate([{ ...entry, client: 1, clock: 0 }]).length - placedBytes(entry)
      expect(frame).toBe(5)
    }
  })
})
