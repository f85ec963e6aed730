/** The company's devices and users. */
import { createQuery } from './create-query.ts'

export function createDevices() {
  return createQuery(
    'devices',
    () => ({}),
    () => ['devices', 'status'],
  )
}

/** What revoked devices handed in; undefined while the server cannot be asked. */
export function createHeldDevices() {
  return createQuery(
    'heldDevices',
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
