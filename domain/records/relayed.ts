/** [J7] What is inside a relay, for whoever looks for a record by what it says and not by where it is kept. */

import { bytesOfBase64, isBase64 } from './base64.ts'
import type { JournalRecord } from './record.ts'
import { decodeRecord } from './record-bytes.ts'

interface Decoded {
  readonly record: JournalRecord
}

/** The record inside a relay; any other itself, and a relay of which nothing can be read. */
export function unwrapped(decoded: Decoded): Decoded {
  const { kind, body } = decoded.record
  if (kind !== 'relayed.v1') return decoded
  const { record: text } = (body ?? {}) as { readonly record?: unknown }
  if (typeof text !== 'string' || !isBase64(text)) return decoded
  const inner = decodeRecord(bytesOfBase64(text))
  return inner.ok && inner.value.record.kind !== 'relayed.v1' ? inner.value : decoded
}
