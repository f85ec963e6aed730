/** 已存本机 · 已同步 · 已红冲: what may be said of a posted document, from heads and the fold alone. */
import type { DocumentState } from '#client/engine/face/face.ts'
import type { Reading } from './reading.ts'

/**
 * A record of another device came through the server, so it is durable there. That a document was taken back
 * is said first, also while the server has not heard of it: nobody is to take it back again.
 */
export function documentState(
  reading: Reading,
  docId: string,
  entry = reading.fold.documents.get(docId),
): DocumentState {
  if (entry?.reversedBy?.isUnapproval) return 'unapproved'
  if (entry?.state === 'reversed') return 'reversed'
  return reading.isWaiting(docId) ? 'saved' : 'synced'
}
