/**
 * 成本政策 (cost policy) of the company as its masters state it. The first value ever stated holds: a
 * later one would give all of history another cost, so it is a finding and changes nothing [CST14].
 */

import {
  type CostPolicy,
  costMethods,
  costScopes,
  defaultPolicy,
  purchaseReturnCosts,
} from '#domain/ledgers/stock/policy.ts'
import { zoneOf } from '#domain/masters/company.ts'
import { audiences } from '#domain/records/audience.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { cellOf } from './master-tables.ts'
import type { Masters } from './masters.ts'

/** Fields of the company that decide how goods are valued. */
export const policyFields = [
  ...(['costMethod', 'costScope', 'purchaseReturnCost'] as const),
  ...(['offsetMinutes', 'cutOffMinutes'] as const),
] as const

const goods = audiences.indexOf('goods')

export function costPolicyOf(masters: Masters): CostPolicy {
  const [method, scope, purchaseReturn, offsetMinutes, cutOffMinutes] = policyFields.map((field) =>
    firstStated(masters, field),
  )
  const stated = {
    ...(offsetMinutes !== undefined && { offsetMinutes }),
    ...(cutOffMinutes !== undefined && { cutOffMinutes }),
  }
  return {
    ...defaultPolicy,
    method: costMethods.find((each) => each === method) ?? defaultPolicy.method,
    scope: scopeOf(method, scope),
    zone: zoneOf(stated),
    purchaseReturn:
      purchaseReturnCosts.find((each) => each === purchaseReturn) ?? defaultPolicy.purchaseReturn,
  }
}

/** [CST24] Month-end averages are not offered where transfers of a branch would cross pools. */
function scopeOf(method: Json | undefined, stated: Json | undefined): CostPolicy['scope'] {
  const scope = costScopes.find((each) => each === stated) ?? defaultPolicy.scope
  return method === 'month-end' && scope === 'warehouse' ? 'branch' : scope
}

export function isSamePolicy(one: CostPolicy, other: CostPolicy): boolean {
  return (
    one.method === other.method &&
    one.scope === other.scope &&
    one.purchaseReturn === other.purchaseReturn &&
    one.zone.offsetMinutes === other.zone.offsetMinutes &&
    one.zone.cutOffMinutes === other.zone.cutOffMinutes
  )
}

/** Of all companies that the masters hold, one by all rights. */
function firstStated({ names, tables }: Masters, fieldName: string): Json | undefined {
  const entity = names.entities.find('company')
  const field = names.fields.find(fieldName)
  if (entity < 0 || field < 0) return undefined
  const { entity: entities } = tables.masters.columns
  for (let master = 0; master < tables.masters.rows; master++) {
    if (entities[master] !== entity) continue
    let version = cellOf(tables, master, field, goods)
    if (version < 0) continue
    const { older, value } = tables.versions.columns
    while ((older[version] as number) >= 0) version = older[version] as number
    return JSON.parse(names.texts.read(value[version] as number)) as Json
  }
  return undefined
}
