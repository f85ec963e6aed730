/**
 * What posted documents say, read from their records when asked and kept for a while. What the fold decided
 * about them (in force, reversed) is asked of the fold each time, so a kept document is never out of date.
 */
import type { DocumentEntry, DocumentsView } from '#domain/fold/documents.ts'
import type { PostedDocument } from '#domain/doctype/readers.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import { checkRecord } from '#domain/records/kinds.ts'
import { unwrapped } from '#domain/records/relayed.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Store } from '#client/engine/store/store.ts'
import { postedBodyOf, type RecentBodies } from './recent-bodies.ts'

export interface DocumentCache {
  /** Reads what is not kept; ids that nobody has posted are passed over. */
  load(docIds: Iterable<string>): Promise<void>
  /** A loaded document as it stands now; undefined when it is not loaded or not posted. */
  get(docId: string): PostedDocument | undefined
  /** What was submitted of a document, by record; read each time, because few ask. */
  submitted(docId: string): Promise<ReadonlyMap<string, PostedBody>>
}

type Content = Pick<PostedDocument, 'header' | 'lines' | 'legs' | 'alsoTo'>
type Fields = Readonly<Record<string, Json>>

interface Kept {
  /** The parts that it was read from. */
  readonly key: string
  readonly content: Content
}

const limitKept = 5_000
const limitRead = 500

export function makeDocumentCache(
  store: Pick<Store, 'recordsOfDocuments'>,
  documents: DocumentsView,
  recent?: Pick<RecentBodies, 'get'>,
): DocumentCache {
  const kept = new Map<string, Kept>()

  async function load(docIds: Iterable<string>): Promise<void> {
    const missing = [...new Set(docIds)].flatMap((docId) => {
      const entry = documents.get(docId)
      if (entry === undefined || kept.get(docId)?.key === keyOf(entry)) return []
      return keepRecent(entry) ? [] : [entry]
    })
    for (let from = 0; from < missing.length; from += limitRead) {
      await read(missing.slice(from, from + limitRead))
    }
  }

  /** Whether all of it came just now. */
  function keepRecent(entry: DocumentEntry): boolean {
    const bodies = new Map<string, PostedBody>()
    for (const id of Object.values(entry.partRecordIds)) {
      const body = recent?.get(id)
      if (body === undefined) return false
      bodies.set(id, body)
    }
    keep(entry, contentOf(entry, bodies))
    return true
  }

  async function read(entries: readonly DocumentEntry[]): Promise<void> {
    const rows = await store.recordsOfDocuments(entries.map((entry) => entry.docId))
    const bodies = new Map(rows.flatMap(({ bytes }) => postedIn(bytes)))
    for (const entry of entries) {
      // What is not here yet is asked for again: it may have come.
      const ids = Object.values(entry.partRecordIds)
      if (ids.some((id) => bodies.has(id))) keep(entry, contentOf(entry, bodies))
    }
  }

  function keep(entry: DocumentEntry, content: Content): void {
    kept.delete(entry.docId)
    kept.set(entry.docId, { key: keyOf(entry), content })
    for (const oldest of kept.keys()) {
      if (kept.size <= limitKept) return
      kept.delete(oldest)
    }
  }

  return {
    load,
    async submitted(docId) {
      const rows = await store.recordsOfDocuments([docId])
      return new Map(rows.flatMap(({ bytes }) => submittedIn(bytes)))
    },
    get(docId) {
      const entry = documents.get(docId)
      const document = kept.get(docId)
      if (entry === undefined || document?.key !== keyOf(entry)) return undefined
      return postedDocument(entry, document.content)
    },
  }
}

function postedDocument(entry: DocumentEntry, content: Content): PostedDocument {
  const { docId, type, number, branch, postedIn, at, state, postingId } = entry
  return {
    ...{ docId, type, number, branch, at, state, postingId, parts: entry.partRecordIds },
    ...(postedIn !== undefined && { postedIn }),
    ...content,
  }
}

/** The id and body of a record that posts or supplies a part. */
export function postedIn(bytes: Uint8Array): (readonly [string, PostedBody])[] {
  const decoded = decodeRecord(bytes)
  if (!decoded.ok) return []
  const { record } = unwrapped(decoded.value)
  const body = postedBodyOf(record)
  return body === undefined ? [] : [[record.id, body]]
}

/** The id of a record that submits a part, and that part. */
function submittedIn(bytes: Uint8Array): (readonly [string, PostedBody])[] {
  const decoded = decodeRecord(bytes)
  const known = decoded.ok ? checkRecord(decoded.value.record) : decoded
  if (!known.ok || known.value.kind !== 'submitted.v1') return []
  return [[known.value.id, known.value.body.posting]]
}

function keyOf({ partRecordIds }: DocumentEntry): string {
  return Object.values(partRecordIds).join(' ')
}

function contentOf(entry: DocumentEntry, bodies: ReadonlyMap<string, PostedBody>): Content {
  return joinedParts(Object.values(entry.partRecordIds).flatMap((id) => bodies.get(id) ?? []))
}

/** The fields of all parts together; the lead says which lines there are. */
export function joinedParts(parts: readonly PostedBody[]): Content {
  const header: Record<string, Json> = {}
  const added = new Map<string, Fields>()
  let lead: PostedBody | undefined
  let legs: readonly Leg[] = []
  for (const part of parts) {
    Object.assign(header, part.header)
    if (part.part === part.lead) lead = part
    if (part.legs !== undefined) legs = part.legs
    for (const line of part.lines) added.set(line.lineId, { ...added.get(line.lineId), ...line })
  }
  const lines = (lead?.lines ?? []).map(({ lineId }) => ({ ...added.get(lineId), lineId }))
  const { alsoTo } = lead ?? {}
  return { header, lines, legs, ...(alsoTo !== undefined && { alsoTo }) }
}
