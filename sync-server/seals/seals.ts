/**
 * 月末结账 (month close) of a branch [F8]: folds what is durable, keeps the folded state as files, and says
 * in the server's own journal what is closed and what that covers. One closing of a branch at a time.
 */
import { type Fold, openFold, rulesVersion } from '#domain/fold/fold.ts'
import type { SealRow } from '#domain/fold/seals.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { SealedBody } from '#domain/records/sealed-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Month } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Directory } from '../identity/directory.ts'
import type { Journals } from '../journals/journals.ts'
import { openLanes } from '../journals/lanes.ts'
import type { OwnJournals } from '../journals/own-journals.ts'
import type { Store } from '../storage/store.ts'
import type { CheckpointShelf } from './checkpoint-shelf.ts'
import { closableMonths, companyZone, type Concern, concernsOf, endOfMonth } from './closable.ts'
import { type CoveredRecords, coveredRecords, serverRecords } from './covered-records.ts'

export interface SealsParts {
  readonly store: Pick<Store, 'loadDocument'>
  readonly journals: Journals
  readonly ownJournals: OwnJournals
  readonly directory: Directory
  readonly shelf: CheckpointShelf
  readonly nowMs: () => number
}

export interface ClosingState {
  /** Earliest first; the last of them that is closed closes those before it. */
  readonly months: readonly Month[]
  /** What is not in order at the end of the first of them. */
  readonly concerns: readonly Concern[]
  readonly seals: readonly SealRow[]
}

export interface CloseWish {
  readonly branch: string
  readonly month: Month
  /** User, or 'server'. */
  readonly by: string
  /** Codes of concerns that whoever closes has seen. */
  readonly accepted: readonly string[]
  readonly reason?: string
}

export interface CloseProblem {
  readonly code: 'month-not-closable' | 'not-in-order' | 'not-last-seal' | 'update-needed'
  readonly concerns?: readonly Concern[]
}

export interface LatestSeal {
  /** The stored record, signed. */
  readonly record: Uint8Array
  /** Of the file. */
  readonly hash: string
  readonly bytes: number
}

const longestMonthMs = 31 * 86_400_000

export class Seals {
  readonly #parts: SealsParts
  readonly #lanes = openLanes()

  constructor(parts: SealsParts) {
    this.#parts = parts
  }

  /** What can be closed in a branch, and what speaks against it; of another month than the next one too. */
  async stateOf(branch: string, month?: Month): Promise<ClosingState> {
    const { fold } = await this.#foldOf(branch)
    const months = closableMonths(fold, branch, this.#parts.nowMs())
    const asked = months.find((each) => each === month) ?? months[0]
    const until = asked === undefined ? undefined : endOfMonth(asked, companyZone(fold))
    return {
      months,
      concerns: until === undefined ? [] : this.#concerns(fold, branch, until),
      seals: fold.seals.of(branch),
    }
  }

  /** [MCL1] Closes a month and all before it, over what is durable now. */
  close(wish: CloseWish): Promise<Result<{ readonly month: Month }, CloseProblem>> {
    return this.#lanes.run(wish.branch, async () => {
      const { fold, covered } = await this.#foldOf(wish.branch)
      const { branch, month, accepted } = wish
      if (!closableMonths(fold, branch, this.#parts.nowMs()).includes(month)) {
        return fail({ code: 'month-not-closable' })
      }
      // Figures that leave out what this build cannot read would be sealed for good.
      if (!audiences.every((layer) => fold.isComplete(layer, branch))) {
        return fail({ code: 'update-needed' })
      }
      const until = endOfMonth(month, companyZone(fold))
      const concerns = this.#concerns(fold, branch, until)
      const isAutomatic = wish.by === 'server'
      const refused = concerns.filter(({ code }) => !accepted.includes(code))
      if (refused.length > 0 && !isAutomatic)
        return fail({ code: 'not-in-order', concerns: refused })
      const body: SealedBody = {
        ...{ month, until, heads: covered.heads, rules: rulesVersion },
        states: audiences.map((layer) => ({ layer, hash: fold.hash(layer, branch) })),
        checkpoints: await this.#keepCheckpoints(branch, fold, covered),
        ...(isAutomatic && { isAutomatic: 1 as const }),
        ...(concerns.length > 0 && { overridden: concerns.map(({ code }) => code) }),
        ...(wish.reason !== undefined && { reason: wish.reason }),
      }
      await this.#say(branch, 'sealed.v1', body as unknown as Json, wish.by)
      return done({ month })
    })
  }

  /** [MCL4] Takes the last seal of a branch back. */
  reopen(wish: {
    readonly branch: string
    readonly seal: string
    readonly reason: string
    readonly by: string
  }): Promise<Result<undefined, CloseProblem>> {
    const { branch, seal, reason, by } = wish
    return this.#lanes.run(branch, async () => {
      const { fold } = await this.#foldOf(branch)
      if (fold.seals.of(branch).at(-1)?.recordId !== seal) return fail({ code: 'not-last-seal' })
      await this.#say(branch, 'reopened.v1', { seal, reason }, by)
      return done(undefined)
    })
  }

  /** [MCL5] Closes what is older than so many months, whatever its state (policy 34). */
  async closeOld(branch: string, months: number): Promise<Month | undefined> {
    if (!this.#mayBeOld(branch, months)) return undefined
    const state = await this.stateOf(branch)
    const month = state.months.at(-1 - months)
    if (month === undefined) return undefined
    const closed = await this.close({ branch, month, by: 'server', accepted: [] })
    return closed.ok ? month : undefined
  }

  /** The bytes of a file that `latest` names. */
  file(hash: string): Promise<Uint8Array | undefined> {
    return this.#parts.shelf.get(hash)
  }

  /** [MCL6] The last seal of a branch as it was signed, and its file for a device with these audiences. */
  async latest(branch: string, held: readonly Audience[]): Promise<LatestSeal | undefined> {
    const { store, journals } = this.#parts
    const said = await serverRecords(store, journals.tails, branch)
    const fold = openFold()
    fold.apply(said.map(({ entry }) => entry))
    const seal = fold.seals.of(branch).at(-1)
    const record = said.find(({ entry }) => entry.record.id === seal?.recordId)
    const file = seal?.checkpoints.find(({ audiences: of }) => isSame(of, held))
    if (record === undefined || file === undefined) return undefined
    return { record: record.bytes, hash: file.hash, bytes: file.bytes }
  }

  idle(): Promise<void> {
    return this.#lanes.idle()
  }

  /** Without reading anything: whether any journal of the branch began so long ago. */
  #mayBeOld(branch: string, months: number): boolean {
    const oldest = this.#parts.nowMs() - months * longestMonthMs
    return this.#parts.journals.tails.journalsOf(branch).some((journal) => {
      const name = parseJournalName(journal)
      return name.ok && Date.parse(`${name.value.shard}-01T00:00:00Z`) < oldest
    })
  }

  #say(branch: string, kind: string, body: Json, by: string): Promise<void> {
    const draft = by === 'server' ? { kind, body } : { kind, body, by }
    return this.#parts.ownJournals.append({ branch, audience: 'goods' }, [draft])
  }

  async #foldOf(
    branch: string,
  ): Promise<{ readonly fold: Fold; readonly covered: CoveredRecords }> {
    const { store, journals } = this.#parts
    const covered = await coveredRecords(store, journals.tails, branch)
    return { fold: foldFor(covered, audiences), covered }
  }

  #concerns(fold: Fold, branch: string, until: Instant): Concern[] {
    const devices = [...this.#parts.directory.devices.values()]
    return concernsOf(fold, { branch, until, devices })
  }

  /** One file for each set of audiences that some device of the branch holds. */
  async #keepCheckpoints(
    branch: string,
    whole: Fold,
    covered: CoveredRecords,
  ): Promise<SealedBody['checkpoints']> {
    const sets = new Map<string, readonly Audience[]>()
    for (const device of this.#parts.directory.devices.values()) {
      const isOfBranch = device.branches.includes(branch) || device.branches.includes('all')
      const held = audiences.filter((audience) => device.audiences.includes(audience))
      if (isOfBranch && device.status !== 'revoked') sets.set(held.join(), held)
    }
    const kept: SealedBody['checkpoints'][number][] = []
    for (const key of [...sets.keys()].sort()) {
      const held = sets.get(key) ?? []
      const fold = held.length === audiences.length ? whole : foldFor(covered, held)
      const bytes = fold.checkpoint()
      const hash = await this.#parts.shelf.put(bytes)
      kept.push({ audiences: held, hash, bytes: bytes.length })
    }
    return kept
  }
}

/** The fold of a device that holds these audiences, of the same records in the same order everywhere. */
function foldFor({ entries }: CoveredRecords, held: readonly Audience[]): Fold {
  const fold = openFold({ audiences: held })
  fold.apply(entries.filter(({ record }) => held.includes(record.audience)))
  return fold
}

function isSame(one: readonly Audience[], other: readonly Audience[]): boolean {
  return audiences.every((audience) => one.includes(audience) === other.includes(audience))
}
