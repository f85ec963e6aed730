/** Today's figures, what waits for a decision, and the latest documents. */
import type { Accessor } from 'solid-js'
import type { QueryArgs } from '#client/engine/face/face.ts'
import { createQuery } from './create-query.ts'

export function createHome() {
  return createQuery(
    'home',
    () => ({}),
    () => ['documents', 'stock', 'findings', 'session'],
  )
}

export function createFindings(page: Accessor<QueryArgs<'findings'>>) {
  return createQuery('findings', page, () => ['findings'])
}

/** What the bell shows. */
export function createDecisions() {
  return createQuery(
    'decisions',
    () => ({}),
    () => ['findings', 'session'],
  )
}
