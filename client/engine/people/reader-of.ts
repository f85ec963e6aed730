/** For whom answers are made: what the person at work may read, and where and by which clock they are. */
import { zoneOf } from '#domain/masters/company.ts'
import type { Reader } from '#client/projections/reading.ts'
import type { Sessions } from './session.ts'
import type { Workplace } from '../workplace.ts'

/** Asked for each row of an answer: what most do not look at is found out when looked at. */
export function readerOf(workplace: Workplace | undefined, sessions: Sessions): Reader {
  const { identity, branchId } = sessions
  const actor = sessions.actor()
  return {
    audiences: actor.ok ? actor.value.audiences : [],
    userId: actor.ok ? actor.value.userId : undefined,
    branchId,
    get branches() {
      return workplace?.branches() ?? []
    },
    get zone() {
      const { masters } = workplace?.projector.fold ?? {}
      return zoneOf(masters?.get('company', identity?.organizationId ?? '') ?? {})
    },
  }
}
