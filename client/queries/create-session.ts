/** Where this device stands, and the one honest sentence about saving and syncing. */
import { createQuery } from './create-query.ts'

export function createSession() {
  return createQuery(
    'session',
    () => ({}),
    () => ['session'],
  )
}

export function createStatus() {
  return createQuery(
    'status',
    () => ({}),
    () => ['status'],
  )
}

/** Records that are kept here and count no more. */
export function createSetAside() {
  return createQuery(
    'setAside',
    () => ({}),
    () => ['status', 'documents', 'drafts'],
  )
}

/** The code that people compare by phone; asked only where it is shown. */
export function createAgreement() {
  return createQuery(
    'agreement',
    () => ({}),
    () => ['documents', 'stock', 'masters', 'session'],
  )
}
