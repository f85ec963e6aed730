/** Today's figures, what waits for a decision, and the latest documents. */
import { createQuery } from './create-query.ts'

export function createHome() {
  return createQuery(
    'home',
    () => ({}),
    () => ['documents', 'stock', 'findings', 'session'],
  )
}

export function createFindings() {
  return createQuery(
    'findings',
    () => ({}),
    () => ['findings'],
  )
}
