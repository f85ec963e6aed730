/** How goods are valued, and what going over to another method would do. */
import type { Accessor } from 'solid-js'
import type { QueryArgs } from '#client/engine/face/face.ts'
import { createQuery } from './create-query.ts'

export function createCostPolicy() {
  return createQuery(
    'costPolicy',
    () => ({}),
    () => ['masters:company', 'documents'],
  )
}

/** Asks the server, which reads all that every branch has posted: only where somebody wants to change. */
export function createMethodChange() {
  return createQuery(
    'methodChange',
    () => ({}),
    () => ['masters:company', 'masters:seal'],
  )
}

/** Costs everything twice: only where both are chosen. */
export function createMethodImpact(wish: Accessor<QueryArgs<'methodImpact'> | undefined>) {
  return createQuery('methodImpact', wish, () => ['masters:company'])
}
