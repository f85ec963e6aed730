/**
 * 成本方法转换 (change of the cost method): said by the server in the company's own journal, because only it
 * knows what every branch has closed. Never inside a month that any branch has closed, and never over goods that
 * moved while the months before were still open. Knows no route.
 */
import { setImmediate } from 'node:timers/promises'
import { isMethodFrom, methodFromField, methodsToChangeTo } from '#domain/fold/cost-policy.ts'
import { openFold } from '#domain/fold/fold.ts'
import { type CostMethod, type CostPolicy, methodAt } from '#domain/ledgers/stock/policy.ts'
import { familyName } from '#domain/masters/master-field.ts'
import { parseJournalName } from '#domain/records/journal-name.ts'
import {
  addDays,
  businessDate,
  businessDateOf,
  type Month,
  monthOf,
  nextMonth,
  startOf,
} from '#domain/values/business-date.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Directory } from '../identity/directory.ts'
import type { Journals } from '../journals/journals.ts'
import type { OwnJournals } from '../journals/own-journals.ts'
import type { Store } from '../storage/store.ts'
import { storedEntries } from './closing-fold.ts'
import { serverRecords } from './covered-records.ts'

export interface MethodChangesParts {
  readonly store: Pick<Store, 'loadDocument'>
  readonly journals: Journals
  readonly ownJournals: OwnJournals
  readonly directory: Directory
  /** Runs while none of these branches is being closed or reopened. */
  readonly holding: <Value>(
    branches: readonly string[],
    task: () => Promise<Value>,
  ) => Promise<Value>
  readonly nowMs: () => number
}

export type MethodChangeCode =
  | 'method-not-offered'
  | 'method-holds-already'
  | 'method-change-stated'
  | 'method-month-closed'
  | 'method-months-open'

export interface MethodChangeProblem {
  readonly code: MethodChangeCode
  /** Where months before are open and goods have moved since. */
  readonly branches?: readonly string[]
}

export interface MethodChangeMonth {
  readonly month: Month
  /** Its first moment, ms. */
  readonly from: Instant
  /** Methods that can hold from there on; none where something speaks against every one. */
  readonly methods: readonly CostMethod[]
  readonly problem?: MethodChangeProblem
}

export interface MethodWish {
  readonly month: Month
  readonly method: CostMethod
  /** User. */
  readonly by: string
}

/** What a branch has closed, and when it last said that goods moved, ms. */
interface BranchStanding {
  readonly branch: string
  readonly openFrom: number
  readonly lastMoved: number
}

interface Standing {
  readonly policy: CostPolicy
  readonly stated: ReadonlySet<string>
  readonly branches: readonly BranchStanding[]
}

export class MethodChanges {
  readonly #parts: MethodChangesParts

  constructor(parts: MethodChangesParts) {
    this.#parts = parts
  }

  /** [MTC3] The month before this one, this one and the next, with what can hold from there on. */
  async months(): Promise<readonly MethodChangeMonth[]> {
    const standing = await this.#standing()
    return this.#near(standing.policy).map((month) => {
      const from = firstOf(month, standing.policy)
      const problem = problemOf(standing, month)
      const methods = methodsToChangeTo(standing.policy).filter(
        (method) => method !== methodAt(standing.policy, from),
      )
      return {
        month,
        from,
        methods: problem === undefined ? methods : [],
        ...(problem && { problem }),
      }
    })
  }

  /** [MTC1] [MTC2] Says it, or why not. */
  change({ month, method, by }: MethodWish): Promise<Result<undefined, MethodChangeProblem>> {
    const { directory, holding, ownJournals } = this.#parts
    // Nobody closes meanwhile what this would change.
    return holding(['all', ...[...directory.branches.keys()].sort()], async () => {
      const standing = await this.#standing()
      const { policy } = standing
      if (!methodsToChangeTo(policy).includes(method)) return fail({ code: 'method-not-offered' })
      const problem = problemOf(standing, month)
      if (problem !== undefined) return fail(problem)
      if (methodAt(policy, firstOf(month, policy)) === method) {
        return fail({ code: 'method-holds-already' })
      }
      const fields = { [familyName(methodFromField, month)]: method }
      const id = directory.organization?.id ?? ''
      const body = { changes: [{ entity: 'company', id, fields }] }
      const draft = { kind: 'masters-changed.v1', body, by }
      await ownJournals.append({ branch: 'all', audience: 'goods' }, [draft])
      return done(undefined)
    })
  }

  /** A change of long ago would be one of closed months, one of far ahead a promise. */
  #near({ zone }: CostPolicy): Month[] {
    const today = businessDateOf(instant(this.#parts.nowMs()), zone)
    const month = monthOf(today)
    return [monthOf(addDays(businessDate(`${month}-01`), -1)), month, nextMonth(month)]
  }

  async #standing(): Promise<Standing> {
    const { store, journals, directory } = this.#parts
    const company = openFold()
    const said = await serverRecords(store, journals.tails, 'all')
    company.apply(said.map(({ entry }) => entry))
    const fields = company.masters.get('company', directory.organization?.id ?? '') ?? {}
    const branches: BranchStanding[] = []
    for (const branch of directory.branches.keys()) branches.push(await this.#branch(branch))
    return {
      policy: company.stock.policy(),
      stated: new Set(Object.keys(fields).filter(isMethodFrom)),
      branches,
    }
  }

  async #branch(branch: string): Promise<BranchStanding> {
    const { store, journals } = this.#parts
    const fold = openFold()
    const said = await serverRecords(store, journals.tails, branch)
    fold.apply(said.map(({ entry }) => entry))
    return {
      branch,
      openFrom: fold.seals.openFrom(branch) ?? Number.NEGATIVE_INFINITY,
      lastMoved: await this.#lastMoved(branch),
    }
  }

  async #lastMoved(branch: string): Promise<number> {
    const { store, journals } = this.#parts
    let last = Number.NEGATIVE_INFINITY
    for (const journal of journals.tails.journalsOf(branch)) {
      const name = parseJournalName(journal)
      if (!name.ok || name.value.audience !== 'goods') continue
      for (const { entry } of storedEntries(journal, await store.loadDocument(journal))) {
        if (entry.record.kind === 'posted.v1') last = Math.max(last, entry.record.at)
      }
      // Devices are answered between two journals.
      await setImmediate()
    }
    return last
  }
}

function firstOf(month: Month, { zone }: CostPolicy): Instant {
  return startOf(businessDate(`${month}-01`), zone)
}

function problemOf(standing: Standing, month: Month): MethodChangeProblem | undefined {
  const { policy, stated, branches } = standing
  const from = firstOf(month, policy)
  if (methodsToChangeTo(policy).length === 0) return { code: 'method-not-offered' }
  if (stated.has(familyName(methodFromField, month))) return { code: 'method-change-stated' }
  if (branches.some(({ openFrom }) => openFrom > from)) return { code: 'method-month-closed' }
  const open = branches.filter(({ openFrom, lastMoved }) => openFrom < from && lastMoved >= from)
  if (open.length === 0) return undefined
  return { code: 'method-months-open', branches: open.map(({ branch }) => branch) }
}
