/** What can be closed in the chosen branch, and what is closed. */
import { createQuery } from './create-query.ts'

export function createClosing(month: () => string | undefined) {
  return createQuery(
    'closing',
    () => {
      const asked = month()
      return asked === undefined ? {} : { month: asked }
    },
    () => ['masters:seal', 'session', 'findings'],
  )
}
