/**
 * 计价方法 and 计价范围 are chosen once, before the first document: a later choice would give all of history
 * another cost, so the fold would pass it over (`domain/fold/cost-policy.ts`). A change from a month on is the
 * server's to say.
 */
import { isMethodFrom, policyFields } from '#domain/fold/cost-policy.ts'
import type { MasterChange, Problem } from '../face/face.ts'
import type { Reading } from '#client/projections/reading.ts'

export function policyProblems(
  changes: readonly MasterChange[],
  { fold }: Pick<Reading, 'fold'>,
): readonly Problem[] {
  return changes.flatMap(({ entity, id, fields }) => {
    if (entity !== 'company') return []
    const known = fold.masters.get('company', id) ?? {}
    const changed = Object.keys(fields).filter(isMethodFrom)
    const fixed = policyFields
      .filter((field) => fields[field] !== undefined && fields[field] !== known[field])
      .filter((field) => known[field] !== undefined || fold.documents.count > 0)
    return [...fixed, ...changed].map((field) => ({ code: 'cost-policy-fixed', field }))
  })
}
