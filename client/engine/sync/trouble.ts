/** What people are told of documents that the server does not take, and of journals that do not hold. */
import type { Fold } from '#domain/fold/fold.ts'
import { textOf } from '#domain/masters/master-field.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { Problem } from '../face/face.ts'
import type { JournalTrouble } from './inbox.ts'

/** Refusals that speak of who asks, not of what was sent. */
const sessionReasons: ReadonlySet<string> = new Set([
  'token-expired',
  'token-invalid',
  'session-ended',
  'socket-closed',
])
const refused = 'refused:'

/** Undefined where it is got over by itself: the server's own trouble, a token that has run out. */
export function refusalProblem(document: string, reason: string): Problem | undefined {
  if (reason === 'retry:over-quota') return { code: 'over-quota', facts: { document } }
  if (!reason.startsWith(refused)) return undefined
  const code = reason.slice(refused.length)
  if (sessionReasons.has(code)) return undefined
  if (code === 'desk-share-used-up') return { code, facts: { document } }
  return { code: 'sync-refused', facts: { document, reason: code } }
}

/** Names the device and the branch as people know them; without a device it is the server's own journal. */
export function journalProblem(
  { journal, code, seq }: JournalTrouble,
  fold: Pick<Fold, 'directory' | 'masters'>,
): Problem {
  return { code: 'journal-broken', facts: { ...journalWords(journal, fold), reason: code, seq } }
}

/** A journal, with its device and branch as people know them. */
export function journalWords(
  journal: string,
  { directory, masters }: Pick<Fold, 'directory' | 'masters'>,
): { readonly journal: string; readonly device?: string; readonly branch?: string } {
  const name = parseJournalName(journal)
  if (!name.ok) return { journal }
  const device = directory.device(name.value.device)?.name
  const branch = textOf(masters.get('branch', name.value.branch) ?? {}, 'name')
  return {
    journal,
    ...(device === undefined ? {} : { device }),
    ...(branch === '' ? {} : { branch }),
  }
}

/** Own records that the server does not take: set aside, the others went on. */
export function recordRefused(reason: string, count: number): Problem {
  return { code: 'record-refused', facts: { reason, count } }
}
