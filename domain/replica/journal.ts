/**
 * 设备日志 (journal) as a Yjs document: one root map, number → one immutable byte array, appended in
 * order and never touched again [J2]. Knows bytes, not what they say.
 */

import * as Y from 'yjs'
import { isSigned } from '#domain/records/record-bytes.ts'
import { assert } from '#domain/values/assert.ts'
import { appendUpdate, journalRoot, type PlacedEntry, placedBytes } from './append-update.ts'
import type { ClientClocks, KnownJournal } from './guard.ts'

/** One stored value under its number. */
export interface JournalEntry {
  readonly seq: number
  readonly bytes: Uint8Array
}

/** The entries that a document holds, without gap from the first on. */
export interface JournalTail {
  readonly firstSeq: number
  readonly lastSeq: number
}

/** An empty journal. Its client id is fresh; a stored one is never used again [J5]. */
export function createJournalDoc(): Y.Doc {
  const doc = new Y.Doc()
  doc.getMap(journalRoot)
  return doc
}

/**
 * [JNL1] Appends entries whose numbers follow the last one (any number begins an empty document), in
 * ONE transaction; the update that says so. The bytes are copied.
 */
export function appendEntries(doc: Y.Doc, entries: readonly JournalEntry[]): Uint8Array {
  assert(doc._transaction === null, 'an append is a transaction of its own')
  const tail = journalTail(doc)
  const nextSeq = tail === undefined ? entries[0]?.seq : tail.lastSeq + 1
  assert(
    entries.every((entry, i) => entry.seq === (nextSeq ?? 0) + i && isSeq(entry.seq)),
    'entries are appended in order, without gap',
  )
  const root = rootOf(doc)
  let update = appendUpdate([])
  const take = (bytes: Uint8Array) => {
    update = bytes
  }
  doc.on('update', take)
  try {
    doc.transact(() => {
      for (const entry of entries) {
        assert(!root.has(String(entry.seq)), 'a number is set once')
        root.set(String(entry.seq), entry.bytes.slice())
      }
    })
  } finally {
    doc.off('update', take)
  }
  return update
}

/** [JNL2] The entries from `fromSeq` on, in order, up to the first gap; copies, at most `limit`. */
export function readEntries(
  doc: Y.Doc,
  fromSeq: number,
  limit: number = Number.MAX_SAFE_INTEGER,
): readonly JournalEntry[] {
  const tail = journalTail(doc)
  const entries: JournalEntry[] = []
  if (tail === undefined) return entries
  const root = rootOf(doc)
  for (let seq = Math.max(fromSeq, tail.firstSeq); seq <= tail.lastSeq; seq++) {
    const bytes = root.get(String(seq))
    if (!(bytes instanceof Uint8Array) || entries.length >= limit) break
    entries.push(Object.freeze({ seq, bytes: bytes.slice() }))
  }
  return entries
}

/** The value under one number; a copy. */
export function entryBytes(doc: Y.Doc, seq: number): Uint8Array | undefined {
  const bytes = rootOf(doc).get(String(seq))
  return bytes instanceof Uint8Array ? bytes.slice() : undefined
}

/** Where the document's entries begin and end; undefined when it has none. O(1) after the first. */
export function journalTail(doc: Y.Doc): JournalTail | undefined {
  const { firstSeq, nextSeq } = extentOf(doc)
  return nextSeq > firstSeq ? { firstSeq, lastSeq: nextSeq - 1 } : undefined
}

/** Per client id the next clock: what Yjs calls the state vector. */
export function clientClocks(doc: Y.Doc): ReadonlyMap<number, number> {
  const { store } = doc
  const clocks = new Map<number, number>()
  // Not by way of an encoded state vector: that sorts, writes and reads all ids for each update.
  for (const client of store.clients.keys()) clocks.set(client, Y.getState(store, client))
  return clocks
}

/** The clocks as they are at each question: nothing is copied, however many page loads there were. */
export function liveClocks({ store }: Y.Doc): ClientClocks {
  return {
    get: (client) => (store.clients.has(client) ? Y.getState(store, client) : undefined),
    has: (client) => store.clients.has(client),
    get size() {
      return store.clients.size
    },
  }
}

/** What the guard needs to know, taken from a document; `nextSeq` of the chain where it is empty. */
export function knownJournal(doc: Y.Doc, nextSeq: number, limitClients: number): KnownJournal {
  const tail = journalTail(doc)
  const root = rootOf(doc)
  return {
    nextSeq: tail === undefined ? nextSeq : tail.lastSeq + 1,
    clocks: clientClocks(doc),
    limitClients,
    bytesOf(seq) {
      const bytes = root.get(String(seq))
      return bytes instanceof Uint8Array ? bytes : undefined
    },
  }
}

/**
 * [JNL3] The entries from `fromSeq` on as updates of at most `limitBytes` each (more when a single
 * entry is longer), in an order in which each is acceptable after the one before.
 */
export function journalPieces(
  doc: Y.Doc,
  fromSeq: number,
  limitBytes: number,
): readonly Uint8Array[] {
  return piecesOf(
    placedEntries(doc, fromSeq).map((entry) => [entry]),
    limitBytes,
  )
}

/**
 * [JNL4] The same in whole commits: each piece ends with a signed entry, and what comes after the last
 * signed one is left out. Longer than `limitBytes` where a single commit is.
 */
export function signedPieces(
  doc: Y.Doc,
  fromSeq: number,
  limitBytes: number,
): readonly Uint8Array[] {
  const commits: PlacedEntry[][] = []
  let commit: PlacedEntry[] = []
  for (const entry of placedEntries(doc, fromSeq)) {
    commit.push(entry)
    if (!isSigned(entry.bytes)) continue
    commits.push(commit)
    commit = []
  }
  return piecesOf(commits, limitBytes)
}

/** The update that holds exactly these entries of the document, which follow each other. */
export function entriesUpdate(doc: Y.Doc, entries: readonly JournalEntry[]): Uint8Array {
  const placed = placedEntries(doc, entries[0]?.seq ?? 0, entries.length)
  assert(placed.length === entries.length, 'the entries lie in the document')
  return appendUpdate(placed)
}

/**
 * [DSP3] What a copy with these clocks lacks, as `journalPieces` does it: in the order of the numbers,
 * so that every piece can be kept when it comes. Each piece is made when it is asked for, from the
 * document as it is then.
 */
export function* missingJournalPieces(
  doc: Y.Doc,
  known: ReadonlyMap<number, number>,
  limitBytes: number,
): Generator<Uint8Array, undefined> {
  const isKnown = [...clientClocks(doc)].every(
    ([client, clock]) => (known.get(client) ?? 0) >= clock,
  )
  if (isKnown) return
  const gathered = new Gathered(limitBytes)
  for (const entry of entriesSoFar(doc)) {
    if (entry !== undefined && entry.clock < (known.get(entry.client) ?? 0)) continue
    const piece = entry === undefined ? gathered.rest() : gathered.add(entry)
    if (piece !== undefined) yield piece
    else if (entry === undefined) return
  }
}

/** Entries read at once where others may be added meanwhile. */
const entriesAtOnce = 64

/** All entries in order, and `undefined` whenever there is none for now. */
function* entriesSoFar(doc: Y.Doc): Generator<PlacedEntry | undefined, undefined> {
  for (let seq = 0; ; ) {
    const entries = placedEntries(doc, seq, entriesAtOnce)
    seq = (entries.at(-1)?.seq ?? seq - 1) + 1
    if (entries.length === 0) yield undefined
    else yield* entries
  }
}

/** Runs of entries that stay together, joined while they fit. */
function piecesOf(
  runs: readonly (readonly PlacedEntry[])[],
  limitBytes: number,
): readonly Uint8Array[] {
  const gathered = new Gathered(limitBytes)
  const pieces = [...runs.map((run) => gathered.add(...run)), gathered.rest()]
  return pieces.filter((piece) => piece !== undefined)
}

/** Entries of a piece that is not full yet. */
class Gathered {
  readonly #limitBytes: number
  #entries: PlacedEntry[] = []
  #size = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  /** Takes entries that stay together; the piece before them, where they no longer fit into it. */
  add(...run: readonly PlacedEntry[]): Uint8Array | undefined {
    const bytes = run.reduce((sum, entry) => sum + placedBytes(entry) + blockBytesMax, 0)
    const full = this.#size + bytes > this.#limitBytes ? this.rest() : undefined
    this.#entries.push(...run)
    this.#size += bytes
    return full
  }

  /** What has been gathered, as a piece; undefined when that is nothing. */
  rest(): Uint8Array | undefined {
    const piece = this.#entries.length === 0 ? undefined : appendUpdate(this.#entries)
    this.#entries = []
    this.#size = 0
    return piece
  }
}

/** A number of an entry, as keys spell it. */
export function seqOfKey(key: string): number | undefined {
  return /^(0|[1-9][0-9]{0,15})$/.test(key) && isSeq(Number(key)) ? Number(key) : undefined
}

/** The root map, for those who watch it. */
export function journalMap(doc: Y.Doc): Y.Map<unknown> {
  return rootOf(doc)
}

/** Counts of blocks and structs, client id and clock, when each entry is a block of its own. */
const blockBytesMax = 5 + 5 + 8

function rootOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap<unknown>(journalRoot)
}

function isSeq(seq: number): boolean {
  return Number.isSafeInteger(seq) && seq >= 0
}

function placedEntries(
  doc: Y.Doc,
  fromSeq: number,
  limit: number = Number.MAX_SAFE_INTEGER,
): readonly PlacedEntry[] {
  const tail = journalTail(doc)
  const items = rootOf(doc)._map
  const entries: PlacedEntry[] = []
  if (tail === undefined) return entries
  for (let seq = Math.max(fromSeq, tail.firstSeq); seq <= tail.lastSeq; seq++) {
    const item = items.get(String(seq))
    if (item === undefined || entries.length >= limit) break
    if (!(item.content instanceof Y.ContentBinary)) break
    const { client, clock } = item.id
    entries.push({ seq, bytes: item.content.content, client, clock })
  }
  return entries
}

interface Extent {
  firstSeq: number
  /** First number after `firstSeq` that is not there. */
  nextSeq: number
}

/** INVARIANT: kept by an observer that cannot throw, so it is true after each transaction. */
const extents = new WeakMap<Y.Doc, Extent>()

function extentOf(doc: Y.Doc): Extent {
  const kept = extents.get(doc)
  if (kept !== undefined) return kept
  const root = rootOf(doc)
  const extent: Extent = { firstSeq: 0, nextSeq: 0 }
  extend(extent, root, root.keys())
  root.observe((event) => extend(extent, root, event.keysChanged))
  extents.set(doc, extent)
  return extent
}

function extend(extent: Extent, root: Y.Map<unknown>, keys: Iterable<string | null>): void {
  const isEmpty = extent.nextSeq === extent.firstSeq
  let lowest = isEmpty ? Number.POSITIVE_INFINITY : extent.firstSeq
  for (const key of keys) {
    const seq = key === null ? undefined : seqOfKey(key)
    if (seq !== undefined && seq < lowest) lowest = seq
  }
  if (lowest === Number.POSITIVE_INFINITY) return
  if (lowest !== extent.firstSeq || isEmpty) {
    extent.firstSeq = lowest
    extent.nextSeq = lowest
  }
  while (root.has(String(extent.nextSeq))) extent.nextSeq += 1
}
