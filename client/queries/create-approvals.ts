/** What waits for approval, one submission with its story, and who approves what. */
import type { Accessor } from 'solid-js'
import type { QueryArgs } from '#client/engine/face/face.ts'
import { createQuery } from './create-query.ts'

const topics = ['approvals', 'documents', 'session'] as const

export function createApprovals(page: Accessor<QueryArgs<'approvals'>>) {
  return createQuery('approvals', page, () => topics)
}

/** What the menu shows. */
export function createApprovalCount() {
  return createQuery(
    'approvalCount',
    () => ({}),
    () => topics,
  )
}

export function createApproval(
  docId: Accessor<string>,
  language: Accessor<QueryArgs<'approval'>['language']>,
) {
  return createQuery(
    'approval',
    () => ({ docId: docId(), language: language() }),
    () => topics,
  )
}

export function createApprovalPeople() {
  return createQuery(
    'approvalPeople',
    () => ({}),
    () => ['masters:user'],
  )
}

export function createDuties() {
  return createQuery(
    'duties',
    () => ({}),
    () => [...topics, 'masters:user', 'masters:company'],
  )
}
