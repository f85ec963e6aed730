/** The records that an act is about to write, as the fold can try them before they exist. */

import type { Audience } from '#domain/records/audience.ts'
import { checkRecord } from '#domain/records/kinds.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import type { RecordId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { limitInstantMs } from '#domain/values/limits.ts'
import { type TriedRecord, tryable } from './impact.ts'

interface PlannedAct {
  readonly branch: string
  readonly at: Instant
  readonly parts: readonly {
    readonly audience: Audience
    readonly kind: string
    readonly recordId: string
    readonly body: unknown
  }[]
}

/** Later than every clock: of what happens at one moment the act comes last. */
const lastClock = hlc(limitInstantMs - 1, 0)

export function triedRecords(act: PlannedAct): readonly TriedRecord[] {
  return tryable(
    act.parts.flatMap(({ audience, kind, recordId, body }) => {
      const record: JournalRecord = {
        ...{ v: 1, kind, id: recordId as RecordId, org: '', branch: act.branch, audience },
        ...{ shard: '' as JournalRecord['shard'], device: '', by: '', seq: 0, prev: '' },
        ...{ hlc: lastClock, at: act.at, offset: { ms: 0, ageMs: 0 }, build: '' },
        body: body as Json,
      }
      const known = checkRecord(record)
      return known.ok ? [known.value] : []
    }),
  )
}
