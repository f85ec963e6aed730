/**
 * [E2] Where updates are made: off to the side, and byte for byte as Yjs would write them. No document is
 * needed for that: an append says its page load's client id and next clock, and nothing of what was before.
 * Whatever is not kept afterwards takes its whole staging along: a clock that was used once is never used
 * for anything else.
 */
import { appendUpdate } from '#domain/replica/append-update.ts'
import type { JournalEntry } from '#domain/replica/journal.ts'
import { assert } from '#domain/values/assert.ts'
import type { Random } from '../ports.ts'

export interface Staging {
  /** The Yjs update that appends `entries`, which follow the last ones, to a journal. */
  append(journal: string, entries: readonly JournalEntry[]): Uint8Array
}

/** How far this page load has written a journal. */
interface Written {
  readonly client: number
  readonly nextClock: number
  /** Undefined before its first entry. */
  readonly nextSeq: number | undefined
}

export function makeStaging(random: Random): Staging {
  const writtenByJournal = new Map<string, Written>()

  /** A fresh client id per page load, never a stored one [J5]. */
  function begun(): Written {
    return { client: random.bits(), nextClock: 0, nextSeq: undefined }
  }

  return {
    append(journal, entries) {
      const before = writtenByJournal.get(journal) ?? begun()
      const { client, nextClock } = before
      const firstSeq = before.nextSeq ?? entries[0]?.seq ?? 0
      const placed = entries.map(({ seq, bytes }, i) => {
        assert(seq === firstSeq + i, 'entries are appended in order, without gap')
        return { seq, bytes, client, clock: nextClock + i }
      })
      writtenByJournal.set(journal, {
        client,
        nextClock: nextClock + placed.length,
        nextSeq: firstSeq + placed.length,
      })
      return appendUpdate(placed)
    },
  }
}
