/** Records as they lie on a simulated disk, each read once however often it is looked at. */
import { bytesOfBase64 } from '#domain/records/base64.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { decodeRecord, type StoredRecord } from '#domain/records/record-bytes.ts'
import { assert } from '#domain/values/assert.ts'

/** A record and the journal that keeps it. */
export interface KeptRecord extends StoredRecord {
  readonly journal: string
  /** Of a relay: the id of the record that it brings. */
  readonly brings?: string
}

const known = new WeakMap<Uint8Array, KeptRecord>()
/** By journal and place in it: every machine holds the same bytes, and they are read once. */
const interned = new Map<string, { readonly bytes: Uint8Array; readonly kept: KeptRecord }>()
const limitInterned = 20_000

export function keptRecord(row: {
  readonly journal: string
  readonly seq: number
  readonly bytes: Uint8Array
}): KeptRecord {
  const before = known.get(row.bytes)
  if (before !== undefined) return before
  const place = `${row.journal} ${row.seq}`
  const same = interned.get(place)
  const kept =
    same !== undefined && Buffer.compare(same.bytes, row.bytes) === 0 ? same.kept : decoded(row)
  if (same === undefined) intern(place, row.bytes, kept)
  known.set(row.bytes, kept)
  return kept
}

function intern(place: string, bytes: Uint8Array, kept: KeptRecord): void {
  if (interned.size >= limitInterned) interned.clear()
  interned.set(place, { bytes, kept })
}

function decoded({ journal, bytes }: { journal: string; bytes: Uint8Array }): KeptRecord {
  const record = decodeRecord(bytes)
  assert(record.ok, `a kept record can be read: ${record.ok ? '' : record.problem.code}`)
  const brings = broughtBy(record.value.record)
  return { ...record.value, journal, ...(brings !== undefined && { brings }) }
}

function broughtBy({ kind, body }: JournalRecord): string | undefined {
  if (kind !== 'relayed.v1') return undefined
  const inner = decodeRecord(bytesOfBase64((body as { readonly record: string }).record))
  return inner.ok ? inner.value.record.id : undefined
}
