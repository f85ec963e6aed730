/**
 * How a device comes to its figures without every record of the past: a new one starts from the 存档点 (checkpoint) of
 * a closing [F9], takes what was written since, and fetches what is older when nobody waits. Then it folds all of it
 * once from nothing: from there on it stands on records alone. What a server hands out and its heads or records
 * contradict is given up, and everything is fetched and folded like on any device.
 */
import type { Audience } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { Head } from '#domain/replica/heads.ts'
import { noStart, startName } from '#client/projections/kept-fold.ts'
import { noLook } from '#client/projections/news.ts'
import { openProjector, type Projector } from '#client/projections/projector.ts'
import type { DeviceClock } from '../own/device-clock.ts'
import type { Mending } from '../own/mending.ts'
import type { KeptIdentity } from '../people/identity.ts'
import type { Topic } from '../face/face.ts'
import type { Api, Keys } from '../ports.ts'
import type { Store } from '../store/store.ts'
import type { ReceivedRecord } from '../sync/inbox.ts'
import type { Objections } from '../sync/objections.ts'
import { fetchStart } from './fetch-start.ts'
import { makeFirstLook } from './look.ts'

export interface BeginningOptions {
  readonly store: Store
  readonly term: number
  readonly build: string
  readonly identity: KeptIdentity
  readonly projector: Projector
  readonly keys: Pick<Keys, 'verifier' | 'digest'>
  readonly api: Api | undefined
  readonly mending: Pick<Mending, 'startFrom' | 'forgetStart'>
  readonly objections: Pick<Objections, 'startDenied'>
  token(): Promise<string>
  /** Journals of others are kept here: this is no new device. */
  hasHistory(): boolean
  rowOf(journal: string): { readonly seq: number } | undefined
  headOf(journal: string): Head | undefined
  readonly clock: Pick<DeviceClock, 'now'>
  /** Journals that are known to hold more than is here; undefined without a network. */
  behind(): number | undefined
  announce(topics: Iterable<Topic>): void
  /** Folds what was gathered. */
  flush(): void
}

export type FirstStep =
  /** There is nothing to start from, or it is done: journals are fetched. */
  | 'fetch'
  /** The checkpoint could not be had now. */
  | 'later'
  /** The workplace is about to be opened again, from a checkpoint. */
  | 'reopen'

export interface Beginning {
  /** Up to where a journal counts here without its records; −1 for none. */
  coveredSeq(journal: string): number
  /** Journals that count and whose records are still to come. */
  missing(): readonly string[]
  /** Before anything is fetched on a new device. Never rejects. */
  begin(): Promise<FirstStep>
  /** [STP5] What the server has signed of journals, or sent of them, is held against the checkpoint. */
  headsMoved(heads: readonly Head[]): void
  received(records: readonly ReceivedRecord[]): void
  /** All heads of a branch are known. */
  heardAll(branch: string): void
  /** [STP6] When all older records are here: folds them from nothing and compares. */
  prove(): Promise<void>
}

/** A file that cannot be had so often is done without. */
const limitTries = 3

export function makeBeginning(options: BeginningOptions): Beginning {
  return new CheckpointBeginning(options)
}

class CheckpointBeginning implements Beginning {
  readonly #options: BeginningOptions
  #marks: Projector['start']
  readonly #lookFirst: () => void
  #isGivenUp = false
  #failed = 0

  constructor(options: BeginningOptions) {
    this.#options = options
    const { projector, announce } = options
    this.#lookFirst = makeFirstLook({
      ...options,
      news: projector.news,
      onLooked: () => announce(['changes']),
    })
    this.#marks = options.projector.start
  }

  coveredSeq(journal: string): number {
    return this.#marks.get(journal)?.seq ?? -1
  }

  missing(): readonly string[] {
    return [...this.#marks].flatMap(([journal, { seq }]) =>
      (this.#options.rowOf(journal)?.seq ?? -1) < seq ? [journal] : [],
    )
  }

  async begin(): Promise<FirstStep> {
    const { api, identity, keys, mending, objections, hasHistory } = this.#options
    if (api === undefined || hasHistory() || this.#marks.size > 0) return 'fetch'
    const token = await this.#options.token().catch(() => undefined)
    if (token === undefined) return 'later'
    const start = await fetchStart({ api, token, identity, keys })
    if (start.ok) return mending.startFrom(start.value) ? 'reopen' : 'fetch'
    const { problem } = start
    if (problem.kind === 'forged') objections.startDenied(problem.reason)
    if (problem.kind !== 'unreachable') return 'fetch'
    this.#failed += 1
    return this.#failed < limitTries ? 'later' : 'fetch'
  }

  headsMoved(heads: readonly Head[]): void {
    for (const { journal, seq, hash } of heads) {
      const mark = this.#marks.get(journal)
      if (mark === undefined) continue
      if (seq < mark.seq || (seq === mark.seq && hash !== mark.hash)) this.#giveUp('heads')
    }
  }

  received(records: readonly ReceivedRecord[]): void {
    this.#lookFirst()
    if (this.#marks.size === 0) return
    const older = records.filter(({ journal, record }) => record.seq <= this.coveredSeq(journal))
    for (const { journal, record, hash } of older) {
      const mark = this.#marks.get(journal)
      if (mark?.seq === record.seq && mark.hash !== hash) this.#giveUp('records')
    }
    // They count already: what they say can be shown now.
    if (older.length > 0) this.#options.announce(['documents', 'document:*'])
  }

  heardAll(branch: string): void {
    this.#lookFirst()
    for (const journal of this.#marks.keys()) {
      const name = parseJournalName(journal)
      const isOfBranch = name.ok && name.value.branch === branch
      if (isOfBranch && this.#options.headOf(journal) === undefined) this.#giveUp('heads')
    }
  }

  #giveUp(reason: string): void {
    if (this.#isGivenUp) return
    this.#isGivenUp = true
    this.#options.objections.startDenied(reason)
    this.#options.mending.forgetStart()
  }

  async prove(): Promise<void> {
    if (this.#isGivenUp || this.#marks.size === 0 || this.missing().length > 0) return
    const { store, term, build, identity, projector, flush } = this.#options
    const records = { ...store, blob: async () => undefined, value: async () => undefined }
    const proof = await openProjector(records, build, identity.audiences)
    // What came meanwhile; a shop that is never quiet for so long is asked again later.
    await proof.catchUp()
    flush()
    if (proof.damaged.length > 0 || !haveSameRecords(proof, projector)) return
    if (!haveSameState(proof, projector, identity.audiences)) return this.#giveUp('figures')
    await store.commit({
      term,
      blobs: [proof.blob(), noStart, noLook],
      values: { [startName]: undefined },
    })
    this.#marks = new Map()
  }
}

function haveSameRecords({ fold: one }: Projector, { fold: other }: Projector): boolean {
  const [marks, others] = [one.watermark(), other.watermark()]
  if (marks.size !== others.size) return false
  return [...marks].every(([journal, { seq }]) => others.get(journal)?.seq === seq)
}

function haveSameState(
  { fold: one }: Projector,
  { fold: other }: Projector,
  audiences: readonly Audience[],
): boolean {
  const branches = new Set(['all'])
  for (const journal of one.watermark().keys()) {
    const name = parseJournalName(journal)
    if (name.ok) branches.add(name.value.branch)
  }
  return [...branches].every((branch) =>
    audiences.every((layer) => one.hash(layer, branch) === other.hash(layer, branch)),
  )
}
