/**
 * What the documents say that came last, by record: the screens that hear of them ask at once, and need not wait for
 * the store to read back what has just been written.
 */
import type { FoldEntry } from '#domain/fold/fold-entry.ts'
import { unwrapped } from '#domain/records/relayed.ts'
import { checkRecord } from '#domain/records/kinds.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import type { JournalRecord } from '#domain/records/record.ts'

export interface RecentBodies {
  /** What came together; a crowd of records is nobody's next question. */
  take(entries: readonly FoldEntry[]): void
  get(recordId: string): PostedBody | undefined
}

const limitKept = 500
const limitTogether = 50

export function makeRecentBodies(): RecentBodies {
  const bodies = new Map<string, PostedBody>()
  return {
    take(entries) {
      if (entries.length > limitTogether) return
      for (const { record } of entries.map(unwrapped)) {
        const body = postedBodyOf(record)
        if (body !== undefined) bodies.set(record.id, body)
      }
      for (const oldest of bodies.keys()) {
        if (bodies.size <= limitKept) return
        bodies.delete(oldest)
      }
    },
    get: (recordId) => bodies.get(recordId),
  }
}

/** Of a record that posts or supplies a part. */
export function postedBodyOf(record: JournalRecord): PostedBody | undefined {
  const known = checkRecord(record)
  if (!known.ok) return undefined
  const { kind, body } = known.value
  return kind === 'posted.v1' || kind === 'part-supplied.v1' ? body : undefined
}
