/**
 * 月末结账 (month close) of a branch [F8]: folds what is durable, keeps the folded state as files, and says
 * in the server's own journal what is closed and what that covers. One closing of a branch at a time.
 */
import { openFold, rulesVersion } from '#domain/fold/fold.ts'
import type { SealRow } from '#domain/fold/seals.ts'
import { audiences } from '#domain/records/audience.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import type { SealedBody } from '#domain/records/sealed-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Month } from '#domain/values/business-date.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Device, Directory } from '../identity/directory.ts'
import type { Journals } from '../journals/journals.ts'
import { openLanes } from '../journals/lanes.ts'
import type { OwnJournals } from '../journals/own-journals.ts'
import type { Store } from '../storage/store.ts'
import type { CheckpointShelf } from './checkpoint-shelf.ts'
import type { Concern } from './closable.ts'
import type {
  AskClosing,
  Closing,
  ClosingAnswer,
  ClosingQuestion,
  Scope,
  StoredEntry,
} from './closing-fold.ts'
import { type CoveredJournals, coveredJournals, serverRecords } from './covered-records.ts'

export interface SealsParts {
  readonly store: Pick<Store, 'loadDocument'>
  readonly journals: Journals
  readonly ownJournals: OwnJournals
  readonly directory: Directory
  readonly shelf: CheckpointShelf
  readonly askClosing: AskClosing
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
/** A file of more branches would be folded again at each of their closings. */
const limitScopeBranches = 50
/** Files that one seal names. */
const limitSealedFiles = 16

export class Seals {
  readonly #parts: SealsParts
  readonly #lanes = openLanes()
  /** Files whose seal is about to be said. */
  readonly #unsaid = new Set<string>()

  constructor(parts: SealsParts) {
    this.#parts = parts
  }

  /** What can be closed in a branch, and what speaks against it; of another month than the next one too. */
  async stateOf(branch: string, month?: Month): Promise<ClosingState> {
    const { journals } = await this.#covered([branch])
    const { months, concerns, seals } = await this.#ask({
      branch,
      journals,
      ...(month && { month }),
    })
    return { months, concerns, seals }
  }

  /** [MCL1] Closes a month and all before it, over what is durable now. */
  close(wish: CloseWish): Promise<Result<{ readonly month: Month }, CloseProblem>> {
    const { branch, month, by, reason } = wish
    return this.#lanes.run(branch, async () => {
      const isAutomatic = by === 'server'
      const scopes = this.#scopesOf(branch)
      const others = scopes.flatMap((scope) => scope.branches).filter((each) => each !== branch)
      const { journals, heads } = await this.#covered([branch, ...new Set(others)])
      const accepted = isAutomatic ? 'all' : wish.accepted
      const answer = await this.#ask({ branch, month, journals, wish: { accepted, scopes } })
      const { closing, concerns } = answer
      if (closing === undefined) return fail({ code: 'month-not-closable' })
      if (!closing.ok) return closing
      const { until, states, files } = closing.value
      const body: SealedBody = {
        ...{ month, until, heads, rules: rulesVersion, states },
        checkpoints: await this.#keep(branch, files),
        ...(isAutomatic && { isAutomatic: 1 as const }),
        ...(concerns.length > 0 && { overridden: concerns.map(({ code }) => code) }),
        ...(reason !== undefined && { reason }),
      }
      await this.#say(branch, 'sealed.v1', body as unknown as Json, by)
      await this.#forgetOldFiles()
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
      const { seals } = await this.#sealsOf(branch)
      if (seals.at(-1)?.recordId !== seal) return fail({ code: 'not-last-seal' })
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

  /** The bytes of a file that `latestFor` names. */
  file(hash: string): Promise<Uint8Array | undefined> {
    return this.#parts.shelf.get(hash)
  }

  /** [MCL6] The newest seal, as it was signed, that names a file for a device which holds this. */
  async latestFor(scope: Scope): Promise<LatestSeal | undefined> {
    let latest: (LatestSeal & { readonly at: number }) | undefined
    for (const branch of scope.branches) {
      const { said, seals } = await this.#sealsOf(branch)
      const seal = seals.at(-1)
      const record = said.find(({ entry }) => entry.record.id === seal?.recordId)
      const file = seal?.checkpoints.find((each) =>
        isSameScope({ branches: [branch], ...each }, scope),
      )
      if (seal === undefined || record === undefined || file === undefined) continue
      if (latest !== undefined && latest.at >= seal.at) continue
      latest = { record: record.bytes, hash: file.hash, bytes: file.bytes, at: seal.at }
    }
    return latest
  }

  /** What the server has said of closings of a branch, and which of them stand. */
  async #sealsOf(branch: string): Promise<{
    readonly said: readonly StoredEntry[]
    readonly seals: readonly SealRow[]
  }> {
    const { store, journals } = this.#parts
    const said = await serverRecords(store, journals.tails, branch)
    const fold = openFold()
    fold.apply(said.map(({ entry }) => entry))
    return { said, seals: fold.seals.of(branch) }
  }

  /** Runs `task` while none of these branches is being closed or reopened. */
  readonly holding = <Value>(
    [branch, ...others]: readonly string[],
    task: () => Promise<Value>,
  ): Promise<Value> =>
    branch === undefined ? task() : this.#lanes.run(branch, () => this.holding(others, task))

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

  #covered(branches: readonly string[]): Promise<CoveredJournals> {
    const { store, journals } = this.#parts
    return coveredJournals(store, journals.tails, branches)
  }

  #ask(question: Omit<ClosingQuestion, 'nowMs' | 'devices'>): Promise<ClosingAnswer> {
    const { directory, nowMs, askClosing } = this.#parts
    const devices = [...directory.devices.values()]
    return askClosing({ ...question, nowMs: nowMs(), devices })
  }

  /** [MCL9] What devices of the branch hold: those that follow only it first. */
  #scopesOf(branch: string): readonly Scope[] {
    const { directory } = this.#parts
    const scopes = new Map<string, Scope>()
    for (const device of directory.devices.values()) {
      if (device.status === 'revoked') continue
      const scope = scopeOf(directory, device)
      if (!scope.branches.includes(branch) || scope.branches.length > limitScopeBranches) continue
      scopes.set(`${scope.branches.length === 1 ? 0 : 1} ${JSON.stringify(scope)}`, scope)
    }
    const keys = [...scopes.keys()].sort().slice(0, limitSealedFiles)
    return keys.flatMap((key) => scopes.get(key) ?? [])
  }

  async #keep(branch: string, files: Closing['files']): Promise<SealedBody['checkpoints']> {
    const kept: SealedBody['checkpoints'][number][] = []
    for (const { branches, audiences: held, bytes } of files) {
      const hash = await this.#parts.shelf.put(bytes)
      this.#unsaid.add(hash)
      const isOfBranch = branches.length === 1 && branches[0] === branch
      const wide = isOfBranch ? {} : { branches: [...branches] }
      kept.push({ ...wide, audiences: [...held], hash, bytes: bytes.length })
    }
    return kept
  }

  /** [MCL10] Of each branch the files of the last two closings stay: a device may be fetching the older one. */
  async #forgetOldFiles(): Promise<void> {
    const named = new Set<string>()
    for (const branch of this.#parts.directory.branches.keys()) {
      const { seals } = await this.#sealsOf(branch)
      for (const { checkpoints } of seals.slice(-2)) {
        for (const { hash } of checkpoints) named.add(hash)
      }
    }
    for (const hash of named) this.#unsaid.delete(hash)
    await this.#parts.shelf.keepOnly(new Set([...named, ...this.#unsaid]))
  }
}

/** What a device holds, in the order in which it is compared. */
export function scopeOf(directory: Pick<Directory, 'branchesOf'>, device: Device): Scope {
  return {
    branches: directory
      .branchesOf(device.branches)
      .map(({ id }) => id)
      .sort(),
    audiences: audiences.filter((audience) => device.audiences.includes(audience)),
  }
}

function isSameScope(one: Scope, other: Scope): boolean {
  return isSame(one.branches, other.branches) && isSame(one.audiences, other.audiences)
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each))
}
