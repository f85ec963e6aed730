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

/** The code that people compare by phone; asked only where it is shown. */
export function createAgreement() {
  return createQuery(
    'agreement',
    () => ({}),
    () => ['documents', 'stock', 'masters', 'session'],
  )
}
