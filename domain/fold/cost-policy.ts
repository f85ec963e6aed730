/**
 * 成本政策 (cost policy) of the company as its masters state it. The first value ever stated holds: a
 * later one would give all of history another cost, so it is a finding and changes nothing [CST14].
 * A change of method (成本方法转换) counts from the first day of its month on, and only on the word of the
 * server, which knows what every branch has closed [CMC1].
 */

import {
  type CostMethod,
  type CostPolicy,
  costMethods,
  costScopes,
  defaultPolicy,
  type MethodChange,
  purchaseReturnCosts,
} from '#domain/ledgers/stock/policy.ts'
import { zoneOf } from '#domain/masters/company.ts'
import { businessDate, isMonth, startOf } from '#domain/values/business-date.ts'
import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import { limitText } from '#domain/values/limits.ts'
import { aboutFinding, type Finding } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { cellsOf } from './master-tables.ts'
import { type Masters, mastersOf } from './masters.ts'
import { saidByServer, saidOf } from './said-of-master.ts'

/** Fields of the company that decide how goods are valued. */
export const policyFields = [
  ...(['costMethod', 'costScope', 'purchaseReturnCost'] as const),
  ...(['offsetMinutes', 'cutOffMinutes'] as const),
] as const

/** 'costMethodFrom:2027-01': the method from that month on. */
export const methodFromField = 'costMethodFrom'
const methodFromPrefix = `${methodFromField}:`

export function isMethodFrom(field: string): boolean {
  return field === methodFromField || field.startsWith(methodFromPrefix)
}

/** Whether what is said of this field of the company may change what goods cost. */
export function isAboutPolicy(field: string): boolean {
  return isMethodFrom(field) || policyFields.some((each) => each === field)
}

export function costPolicyOf(masters: Masters): CostPolicy {
  const [method, scope, purchaseReturn, offsetMinutes, cutOffMinutes] = policyFields.map((field) =>
    firstStated(masters, field),
  )
  const stated = {
    ...(offsetMinutes !== undefined && { offsetMinutes }),
    ...(cutOffMinutes !== undefined && { cutOffMinutes }),
  }
  const policy = {
    ...defaultPolicy,
    method: costMethods.find((each) => each === method) ?? defaultPolicy.method,
    scope: scopeOf(method, scope),
    zone: zoneOf(stated),
    purchaseReturn:
      purchaseReturnCosts.find((each) => each === purchaseReturn) ?? defaultPolicy.purchaseReturn,
  }
  return { ...policy, changes: changesOf(masters, policy) }
}

/** [CST24] Month-end averages are not offered where transfers of a branch would cross pools. */
function scopeOf(method: Json | undefined, stated: Json | undefined): CostPolicy['scope'] {
  const scope = costScopes.find((each) => each === stated) ?? defaultPolicy.scope
  return method === 'month-end' && scope === 'warehouse' ? 'branch' : scope
}

const ownTagMethods: ReadonlySet<CostMethod> = new Set(['batch', 'serial'])

/** [CMC3] Methods to which a company may go over, from the one that it began with. */
export function methodsToChangeTo({
  method,
  scope,
}: Pick<CostPolicy, 'method' | 'scope'>): readonly CostMethod[] {
  // The goods of a batch have a pool of their own: others would have to be parted or joined. Pieces always have.
  if (method === 'batch') return []
  return costMethods.filter(
    (each) => !ownTagMethods.has(each) && !(each === 'month-end' && scope === 'warehouse'),
  )
}

/** [CMC2] Oldest first; one that says what holds already says nothing. */
function changesOf(masters: Masters, policy: CostPolicy): readonly MethodChange[] {
  const offered = methodsToChangeTo(policy)
  const stated = statedMonths(masters).flatMap((month) => {
    const said = firstStated(masters, `${methodFromPrefix}${month}`)
    const method = offered.find((each) => each === said)
    const from = startOf(businessDate(`${month}-01`), policy.zone)
    return method === undefined ? [] : [{ from, method }]
  })
  return stated.filter(({ method }, i) => method !== (stated[i - 1]?.method ?? policy.method))
}

/** Months of which somebody has said a method, in order. */
function statedMonths(masters: Masters): string[] {
  const { names, tables } = masters
  const { field } = tables.versions.columns
  const months = new Set<string>()
  for (const master of mastersOf(masters, 'company')) {
    for (const cell of cellsOf(tables, master)) {
      const name = names.fields.text(field[cell] as number)
      const month = name.slice(methodFromPrefix.length)
      if (name.startsWith(methodFromPrefix) && isMonth(month)) months.add(month)
    }
  }
  return [...months].sort()
}

export function isSamePolicy(one: CostPolicy, other: CostPolicy): boolean {
  return (
    one.method === other.method &&
    one.scope === other.scope &&
    one.purchaseReturn === other.purchaseReturn &&
    one.zone.offsetMinutes === other.zone.offsetMinutes &&
    one.zone.cutOffMinutes === other.zone.cutOffMinutes &&
    one.changes.length === other.changes.length &&
    one.changes.every(({ from, method }, i) => {
      return from === other.changes[i]?.from && method === other.changes[i]?.method
    })
  )
}

/** [CMC4] What was said of the policy beside what holds, until somebody has seen it. */
export function* policyRestated({
  masters,
  seen,
}: Pick<FoldState, 'masters' | 'seen'>): Generator<Finding> {
  const months = statedMonths(masters).map((month) => `${methodFromPrefix}${month}`)
  for (const field of [...policyFields, ...months]) {
    const [held, ...later] = statementsOf(masters, field)
    const passedOver = later.filter((said) => said !== held)
    if (held === undefined || passedOver.length === 0) continue
    const key = `policy-restated|all|${field}`
    const seenAs = canonicalText(passedOver).slice(0, limitText)
    if (seen.get(key)?.has(seenAs)) continue
    yield {
      ...{ key, code: 'policy-restated' },
      ...{ ...aboutFinding['policy-restated'], layer: 'goods', branch: 'all' },
      evidence: { field, held, passedOver: [...new Set(passedOver)] },
      seenAs,
      documents: [],
    }
  }
}

function firstStated(masters: Masters, fieldName: string): Json | undefined {
  return statementsOf(masters, fieldName)[0]
}

/** What was said of a field, the oldest first; of a change of method only what the server said. */
function statementsOf(masters: Masters, fieldName: string): readonly Json[] {
  for (const master of mastersOf(masters, 'company')) {
    const said = isMethodFrom(fieldName)
      ? saidByServer(masters, master, fieldName)
      : saidOf(masters, master, fieldName)
    if (said.length > 0) return said
  }
  return []
}
