/** What other devices have changed in figures since somebody looked on this one. */
import type { Accessor } from 'solid-js'
import type { QueryArgs } from '#client/engine/face/face.ts'
import { createQuery } from './create-query.ts'

export function createChanges(page: Accessor<QueryArgs<'changes'> | undefined>) {
  return createQuery('changes', page, () => ['stock', 'changes', 'session'])
}

/** How many goods have changed; nothing is listed. */
export function createChangeCount() {
  const page = createChanges(() => ({ offset: 0, limit: 0 }))
  return () => page()?.changed ?? 0
}
