/**
 * The server as a writer [J7]: per branch and for the company it keeps journals of its own, made
 * with the same numbering, chaining and signing as a device's, under the device name
 * `server-{epoch}`.
 */
import type { Audience } from '#domain/records/audience.ts'
import { isServerDevice, parseJournalName } from '#domain/records/journal-name.ts'
import { type RecordDraft, type SealedJournal, sealCommit } from '#domain/records/seal-commit.ts'
import type { Signer } from '#domain/records/signature.ts'
import type { JournalDocument } from '#domain/replica/document-name.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { type Hlc, hlc, mergeHlc, nextHlc } from '#domain/values/hybrid-clock.ts'
import { asId, type RecordId } from '#domain/values/ids.ts'
import { instant } from '#domain/values/instant.ts'
import type { Organization } from '../identity/directory.ts'
import { serverDeviceOf } from '../identity/epoch.ts'
import type { StoreChange } from '../storage/store.ts'
import type { Journals } from './journals.ts'
import { Pen } from './pen.ts'

/** A record of the server before it has a place. `by` is the user on whose word it is written. */
export interface OwnDraft {
  readonly kind: string
  readonly body: Json
  readonly by?: string
  /** Where its body says it. */
  readonly id?: string
}

export interface OwnJournalsParts {
  readonly journals: Journals
  readonly signer: Signer
  readonly organization: () => Organization | undefined
  readonly nowMs: () => number
  readonly uuid: () => string
  readonly build: string
}

interface Target {
  readonly branch: string
  readonly audience: Audience
}

/** Lends an audience and branch a shape of a document name that stands for the whole chain. */
const anyShard = '2026-01' as JournalDocument['shard']

export class OwnJournals {
  readonly #parts: OwnJournalsParts
  /** One per journal written in this run. */
  readonly #pens = new Map<string, Pen>()
  #hlc: Hlc = hlc(0, 0)

  constructor(parts: OwnJournalsParts) {
    this.#parts = parts
    for (const tail of parts.journals.tails.all()) this.#readClock(tail.journal, tail.hlc as Hlc)
    parts.journals.onKept(({ records }) => {
      const last = records.at(-1)
      if (last !== undefined) this.#hlc = mergeHlc(this.#hlc, last.hlc as Hlc, parts.nowMs())
    })
  }

  /**
   * Keeps records and whatever else belongs to the same moment, in one transaction. `organization`
   * is given at set-up, before there is one. Rejects with the store's error, and then nothing
   * happened.
   */
  append(
    target: Target,
    drafts: readonly OwnDraft[],
    changes: readonly StoreChange[] = [],
    organization: Organization | undefined = this.#parts.organization(),
  ): Promise<void> {
    if (organization === undefined) return Promise.reject(new Error('not-set-up'))
    const { id: org, epoch } = organization
    const chain = { ...target, org, device: serverDeviceOf(epoch), shard: anyShard }
    const { journals } = this.#parts
    return journals.inLane({ kind: 'journal', ...chain }, async () => {
      const current = this.#parts.organization() ?? organization
      // While this stood in the lane the server learned that it had gone back [S7].
      if (current.epoch !== epoch) return this.append(target, drafts, changes, current)
      const sealed = await this.#seal(chain, drafts)
      const name = parseJournalName(sealed.journal)
      if (!name.ok) throw new Error(`the server named a journal ${sealed.journal}`)
      const pen = this.#pens.get(sealed.journal) ?? new Pen()
      this.#pens.delete(sealed.journal)
      const update = pen.write(sealed.entries)
      const document = { kind: 'journal', ...name.value } as const
      const records = sealed.entries.map(({ record, seq, hash }) => ({
        ...{ seq, hash, hlc: record.hlc },
      }))
      await journals.keep({ name: document, update, records, changes })
      pen.moveOn(sealed.entries.length)
      this.#pens.set(sealed.journal, pen)
    })
  }

  async #seal(
    chain: Omit<JournalDocument, 'kind'>,
    drafts: readonly OwnDraft[],
  ): Promise<SealedJournal> {
    const { journals, signer, build } = this.#parts
    const sealed = await sealCommit({
      org: chain.org,
      device: chain.device,
      build,
      drafts: drafts.map((draft) => this.#place(draft, chain)),
      tailOf: () => journals.tails.ofChain(chain),
      signer,
    })
    if (!sealed.ok) throw new Error(`a record of the server is ${sealed.problem.code}`)
    const [journal] = sealed.value
    if (journal === undefined) throw new Error('nothing to append')
    return journal
  }

  #place(draft: OwnDraft, { branch, audience }: Target): RecordDraft {
    const { nowMs, uuid } = this.#parts
    this.#hlc = nextHlc(this.#hlc, nowMs())
    return {
      id: asId<RecordId>(draft.id ?? uuid()),
      kind: draft.kind,
      branch,
      audience,
      by: draft.by ?? 'server',
      hlc: this.#hlc,
      at: instant(nowMs()),
      offset: { ms: 0, ageMs: 0 },
      body: draft.body,
    }
  }

  /** Own clocks are followed wherever they stand, foreign ones only as far as [HLC3] allows. */
  #readClock(journal: string, clock: Hlc): void {
    const name = parseJournalName(journal)
    const isOwn = name.ok && isServerDevice(name.value.device)
    if (isOwn && clock > this.#hlc) this.#hlc = clock
    else this.#hlc = mergeHlc(this.#hlc, clock, this.#parts.nowMs())
  }
}
