/** Journals of another device, as they would come from the server, for tests. */
import { uuidv7 } from 'uuidv7'
import type { Audience } from '#domain/records/audience.ts'
import { type SealedJournal, type ShardTail, sealCommit } from '#domain/records/seal-commit.ts'
import type { Signer } from '#domain/records/signature.ts'
import { appendEntries, createJournalDoc } from '#domain/replica/journal.ts'
import { hlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'

const org = '01900000-0000-7000-8000-000000000001'
const branch = '01900000-0000-7000-8000-000000000002'
const user = '01900000-0000-7000-8000-000000000004'
const november = Date.UTC(2026, 10, 20)
const dayMs = 86_400_000

const noSigner: Signer = { sign: async () => new Uint8Array(64) }

/** What one commit adds: the sealed entries and the update that carries them. */
export interface Written {
  readonly journal: string
  readonly sealed: SealedJournal
  readonly update: Uint8Array
}

/** A device that writes masters records; its month follows the day that a test gives it. */
export function penOf(device: string, audience: Audience = 'goods', signer: Signer = noSigner) {
  let tail: ShardTail | undefined
  let counter = 0

  return {
    /** `day` counts from the 20th of a November. */
    async write(records: number, day = 0, note = 'x'): Promise<Written> {
      const at = instant(november + day * dayMs)
      const drafts = Array.from({ length: records }, () => ({
        id: asId<RecordId>(uuidv7()),
        kind: 'masters-changed.v1',
        ...{ branch, audience, by: user, at },
        hlc: hlc(at + counter++, 0),
        offset: { ms: 0, ageMs: 0 },
        body: { changes: [{ entity: 'category', id: uuidv7(), fields: { name: note } }] },
      }))
      const sealing = await sealCommit({
        ...{ org, device, build: 'test', drafts, signer },
        tailOf: () => tail,
      })
      const sealed = sealing.ok ? sealing.value[0] : undefined
      if (sealed === undefined) throw new Error('a test record could not be sealed')
      tail = sealed.tail
      // A page load of its own for each commit, so that none needs another's clocks.
      const update = appendEntries(createJournalDoc(), sealed.entries)
      return { journal: sealed.journal, sealed, update }
    },
  }
}

export const places = { org, branch, user }
