/** The company's devices and users. */
import { createQuery } from './create-query.ts'

export function createDevices() {
  return createQuery(
    'devices',
    () => ({}),
    () => ['devices', 'status'],
  )
}

export function createUsers() {
  return createQuery(
    'users',
    () => ({}),
    () => ['devices', 'session'],
  )
}
