/** Records as they lie on a simulated disk, each read once however often it is looked at. */
import { decodeRecord, type StoredRecord } from '#domain/records/record-bytes.ts'
import { assert } from '#domain/values/assert.ts'

/** A record and the journal that keeps it. */
export interface KeptRecord extends StoredRecord {
  readonly journal: string
}

const known = new WeakMap<Uint8Array, KeptRecord>()

export function keptRecord(row: {
  readonly journal: string
  readonly bytes: Uint8Array
}): KeptRecord {
  const before = known.get(row.bytes)
  if (before !== undefined) return before
  const decoded = decodeRecord(row.bytes)
  assert(decoded.ok, `a kept record can be read: ${decoded.ok ? '' : decoded.problem.code}`)
  const kept = { ...decoded.value, journal: row.journal }
  known.set(row.bytes, kept)
  return kept
}
