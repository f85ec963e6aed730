/**
 * [J7] To which other journals of the server a record is handed on: masters to the company, a transfer between
 * branches to the branch that its record names [RLY1] [RLY4]. Of the meaning of a document nothing else is known here.
 */
import type { CheckedRecord } from '#domain/records/check-stored.ts'
import { checkRecord } from '#domain/records/kinds.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'

type Kept = Pick<CheckedRecord, 'kind' | 'bytes'>

const documentKinds: ReadonlySet<string> = new Set([
  ...['posted.v1', 'part-supplied.v1', 'reversed.v1', 'unapproved.v1'],
])
const fieldName = 'alsoTo'

/** A branch, or 'all' for the company; undefined for what stays where it is. */
export function relayTarget({ kind, bytes }: Kept): string | undefined {
  if (kind === 'masters-changed.v1') return 'all'
  if (!documentKinds.has(kind)) return undefined
  // Most documents name nobody: no object is made of them.
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(fieldName))
    return undefined
  const decoded = decodeRecord(bytes)
  const known = decoded.ok ? checkRecord(decoded.value.record) : decoded
  if (!known.ok) return undefined
  const { branch, body } = known.value
  const target = fieldName in body ? body.alsoTo : undefined
  return target === branch ? undefined : target
}
