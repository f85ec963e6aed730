/**
 * [E2] Where updates are made: Yjs documents that no provider sees, one per journal and page load. They hold
 * only what this page load wrote, because an append needs no history. Whatever is not kept afterwards
 * takes its whole staging along: a clock that was used once is never used for anything else.
 */
import type { Doc } from 'yjs'
import { appendEntries, createJournalDoc, type JournalEntry } from '#domain/replica/journal.ts'
import type { Random } from './ports.ts'

export interface Staging {
  /** The Yjs update that appends `entries` to a journal. */
  append(journal: string, entries: readonly JournalEntry[]): Uint8Array
}

export function makeStaging(random: Random): Staging {
  const docs = new Map<string, Doc>()
  return {
    append(journal, entries) {
      const doc = docs.get(journal) ?? createJournalDoc()
      if (!docs.has(journal)) {
        // A fresh id per page load, never a stored one [J5].
        doc.clientID = random.bits()
        docs.set(journal, doc)
      }
      return appendEntries(doc, entries)
    },
  }
}
