/** Which document a record speaks of: what the store finds a document's records by. */
import type { Json } from '#domain/values/canonical-text.ts'
import { idOfVersion } from '#domain/values/document-version.ts'
import type { JournalRecord } from '#domain/records/record.ts'

const documentKinds: ReadonlySet<string> = new Set([
  ...['posted.v1', 'part-supplied.v1', 'reversed.v1', 'unapproved.v1'],
  ...['submitted.v1', 'decided.v1', 'withdrawn.v1'],
])

export function docIdOf(record: JournalRecord | undefined): string | undefined {
  if (record === undefined || !documentKinds.has(record.kind)) return undefined
  const body = record.kind === 'submitted.v1' ? postingIn(record.body) : record.body
  if (typeof body !== 'object' || Array.isArray(body)) return undefined
  const { docId, version = 1 } = body as { readonly [name: string]: Json }
  if (typeof docId !== 'string' || typeof version !== 'number') return undefined
  return idOfVersion({ docId, version })
}

/** What a submission holds; a record may say anything here. */
function postingIn(body: Json): Json {
  if (typeof body !== 'object' || Array.isArray(body)) return ''
  return (body as { readonly [name: string]: Json })['posting'] ?? ''
}
