/** What enrolled devices send in benchmarks of the server: real commits, sealed beforehand. */
import { makeStaging } from '#client/engine/own/staging.ts'
import {
  exampleMonth,
  exampleMs,
  examplePosting,
  exampleUuid,
} from '#domain/records/record.examples.ts'
import { journalNameText } from '#domain/records/journal-name.ts'
import type { JsonFields } from '#domain/records/shape.ts'
import { type RecordDraft, type ShardTail, sealCommit } from '#domain/records/seal-commit.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import type { TestDevice } from '#server/testing/test-device.ts'

const linesPerRecord = 5
const audience = 'goods'

/** Seals on, commit after commit, as one page load of the device's app does. */
export interface SealedLoad {
  readonly journal: string
  /** Number of the last record sealed. */
  readonly lastSeq: number
  /** One commit of so many records, the last of them signed: the update that appends it. */
  next(records: number): Promise<Uint8Array>
}

/** `number` keeps the ids of several devices apart. */
export function sealedLoad(device: TestDevice, number: number): SealedLoad {
  const { organizationId: org, device: id } = device.enrolled
  const staging = makeStaging({ uuid: () => '', bits: () => 1_000 + number })
  let sealedRecords = 0
  const { branch } = device
  const journal = journalNameText({ org, branch, audience, shard: exampleMonth, device: id })
  let tail: ShardTail | undefined
  return {
    journal,
    get lastSeq() {
      return tail?.seq ?? -1
    },
    async next(records) {
      const drafts = Array.from({ length: records }, () => {
        sealedRecords += 1
        return draftOf(device, number * 1_000_000 + sealedRecords)
      })
      const { signer } = device
      const commit = { org, device: id, build: '0.1.0', drafts, signer, tailOf: () => tail }
      const sealed = await sealCommit(commit)
      const [first] = sealed.ok ? sealed.value : []
      if (first === undefined) throw new Error('a commit could not be sealed')
      if (first.journal !== journal) throw new Error(`sealed for ${first.journal}`)
      tail = first.tail
      return staging.append(journal, first.entries)
    },
  }
}

function draftOf(device: TestDevice, number: number): RecordDraft {
  return {
    id: asId<RecordId>(exampleUuid(number)),
    kind: 'posted.v1',
    branch: device.branch,
    audience,
    by: device.enrolled.user.id,
    hlc: hlc(exampleMs + number, 0),
    at: instant(exampleMs + number),
    offset: { ms: 0, ageMs: 0 },
    body: {
      ...(examplePosting(audience, linesPerRecord, number) as JsonFields),
      // Each its own, as devices count them.
      number: `XSCK261122-002-A7-${String(number).padStart(4, '0')}`,
    },
  }
}
