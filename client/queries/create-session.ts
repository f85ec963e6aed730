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
