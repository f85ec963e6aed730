/** What people are told of documents that the server does not take, and of journals that do not hold. */
import type { Problem } from './face.ts'
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
  if (!reason.startsWith(refused)) return undefined
  const code = reason.slice(refused.length)
  if (sessionReasons.has(code)) return undefined
  return { code: 'sync-refused', facts: { document, reason: code } }
}

export function journalProblem({ journal, code, seq }: JournalTrouble): Problem {
  return { code: 'journal-broken', facts: { journal, reason: code, seq } }
}
