/** 成本政策 as screens ask for it: what holds, what was changed when, what a change would do. */
import type { CostPolicyRow, MethodImpactRows, QueryArgs } from '#client/engine/face/face.ts'
import { methodFromField, policyFields } from '#domain/fold/cost-policy.ts'
import { costMethods, methodAt } from '#domain/ledgers/stock/policy.ts'
import { familyName } from '#domain/masters/master-field.ts'
import {
  businessDate,
  businessDateOf,
  isMonth,
  monthOf,
  startOf,
} from '#domain/values/business-date.ts'
import { impactRows } from './impact-rows.ts'
import type { Reading } from './reading.ts'

export function costPolicyRow({ fold, now }: Reading): CostPolicyRow {
  const policy = fold.stock.policy()
  const [company] = fold.masters.list('company')
  const isChosen = policyFields.some((field) => company?.fields[field] !== undefined)
  return {
    ...{ method: methodAt(policy, now()), scope: policy.scope },
    isOpen: !isChosen && fold.documents.count === 0,
    changes: policy.changes.map(({ from, method }) => {
      const month = monthOf(businessDateOf(from, policy.zone))
      const field = familyName(methodFromField, month)
      const said = fold.masters.history('company', company?.id ?? '', field).at(-1)
      return { month, method, by: fold.directory.user(said?.by ?? '')?.name ?? '' }
    }),
  }
}

/** Undefined for what is no month or method. */
export function methodImpactRows(
  reading: Reading,
  { month, method }: QueryArgs<'methodImpact'>,
): MethodImpactRows | undefined {
  const { fold } = reading
  const wanted = costMethods.find((each) => each === method)
  if (wanted === undefined || !isMonth(month)) return undefined
  const from = startOf(businessDate(`${month}-01`), fold.stock.policy().zone)
  const { pools, valueKept, ...impact } = fold.methodImpactOf({ from, method: wanted })
  return { ...impactRows(reading, impact), pools, valueKept }
}
