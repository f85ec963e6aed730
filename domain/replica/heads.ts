/**
 * Heads: what the server has durably, journal by journal, each signed by it. 已同步 (synced) is read
 * from here and nowhere else [E3]. The document lives in memory; each run of the server writes anew.
 */

import * as Y from 'yjs'
import { canonicalText, parseCanonical } from '#domain/values/canonical-text.ts'
import { sha256Bytes } from '#domain/values/digest.ts'
import { isBase64 } from '#domain/records/base64.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import { isHashText } from '#domain/records/packed-form.ts'
import { fields, integer, type Shape, text } from '#domain/records/shape.ts'
import { quietly } from './watch.ts'

/** The last durable record of a journal. Frozen. */
export interface Head {
  /** The journal's document name. */
  readonly journal: string
  readonly seq: number
  /** Hash of that record. */
  readonly hash: string
  /** Base64 of the server's signature over `headDigest`. */
  readonly signature: string
}

/** What `watchHeads` reports. */
export type HeadsProblem = { readonly code: 'listener-failed'; readonly error: unknown }

const headsRoot = 'h'

const headShape: Shape<Head> = fields({
  journal: text((name) => parseJournalName(name).ok),
  seq: integer(0, Number.MAX_SAFE_INTEGER),
  hash: text(isHashText),
  signature: text((signature) => signature.length <= 120 && isBase64(signature)),
})

/** An empty document of heads. */
export function createHeadsDoc(): Y.Doc {
  const doc = new Y.Doc()
  doc.getMap(headsRoot)
  return doc
}

/** The 32 bytes that the server signs: of what the head says, without the signature. */
export function headDigest(head: Omit<Head, 'signature'>): Uint8Array {
  const { journal, seq, hash } = head
  return sha256Bytes(canonicalText({ journal, seq, hash }))
}

/**
 * [HDS1] Puts heads in one transaction. `run` rises with each start of the server: a device may still
 * hold what an earlier run wrote, and Yjs would let the higher client id win over the later start.
 */
export function putHeads(doc: Y.Doc, run: number, heads: readonly Head[]): void {
  const root = headsMap(doc)
  doc.transact(() => {
    for (const head of heads) {
      const { journal, seq, hash, signature } = head
      const value = canonicalText({ journal, seq, hash, signature })
      const key = `${run}|${journal}`
      if (root.get(key) !== value) root.set(key, value)
    }
  })
}

/** `putHeads` of one. */
export function putHead(doc: Y.Doc, run: number, head: Head): void {
  putHeads(doc, run, [head])
}

/**
 * [HDS5] Puts the heads that count under a new run into a history of their own: a document keeps a trace of
 * each value that it ever had. Copies elsewhere keep what they have, and the later run counts.
 */
export function renewHeads(doc: Y.Doc, run: number): void {
  const heads = [...readHeads(doc).values()]
  const fresh = new Y.Doc()
  // What the document knows of itself, and the root that it has given out to its watchers.
  doc.store = fresh.store
  doc.clientID = fresh.clientID
  headsMap(doc)._map = new Map()
  putHeads(doc, run, heads)
}

/** [HDS2] By journal, the head of the latest run. What is malformed is not there. */
export function readHeads(doc: Y.Doc): ReadonlyMap<string, Head> {
  const found = new Map<string, { readonly run: number; readonly head: Head }>()
  for (const [key, value] of headsMap(doc).entries()) {
    const entry = headOf(key, value)
    if (entry === undefined) continue
    const other = found.get(entry.head.journal)
    if (other === undefined || entry.run > other.run) found.set(entry.head.journal, entry)
  }
  return new Map([...found].map(([journal, { head }]) => [journal, head]))
}

/** [HDS3] Tells after each transaction the heads that it changed. Returns how to stop. */
export function watchHeads(
  doc: Y.Doc,
  onHeads: (heads: readonly Head[]) => void,
  onProblem?: (problem: HeadsProblem) => void,
): () => void {
  const root = headsMap(doc)
  const report = quietly(onProblem)
  /** By journal, what the latest run has said: what did not change is not read again. */
  const latest = new Map<string, HeadEntry>()
  for (const [key, value] of root.entries()) note(headOf(key, value))

  function note(entry: HeadEntry | undefined): void {
    if (entry === undefined || entry.run < (latest.get(entry.head.journal)?.run ?? 0)) return
    latest.set(entry.head.journal, entry)
  }

  function observe(event: Y.YMapEvent<unknown>): void {
    try {
      const changed = new Set<string>()
      for (const key of event.keysChanged) {
        note(headOf(key ?? '', root.get(key ?? '')))
        changed.add(journalOfKey(key))
      }
      const heads = [...changed].flatMap((journal) => latest.get(journal)?.head ?? [])
      if (heads.length > 0) onHeads(heads)
    } catch (error) {
      report({ code: 'listener-failed', error })
    }
  }

  root.observe(observe)
  return () => root.unobserve(observe)
}

interface HeadEntry {
  readonly run: number
  readonly head: Head
}

const runPattern = /^(0|[1-9][0-9]{0,15})$/

function headOf(key: string, value: unknown): HeadEntry | undefined {
  const journal = journalOfKey(key)
  const run = key.slice(0, key.length - journal.length - 1)
  if (!runPattern.test(run) || typeof value !== 'string') return undefined
  const parsed = parseCanonical(value)
  if (!parsed.ok || headShape.check(parsed.value) !== undefined) return undefined
  const head = parsed.value as unknown as Head
  return head.journal === journal ? { run: Number(run), head: Object.freeze(head) } : undefined
}

function journalOfKey(key: string | null): string {
  return (key ?? '').slice((key ?? '').indexOf('|') + 1)
}

function headsMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap<unknown>(headsRoot)
}
