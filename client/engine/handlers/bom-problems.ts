/** 配方 that lead back to their own product, through others and in any version, are refused where they are set. */
import { findSkuCircle } from '#domain/masters/sku-bom.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import type { MasterChange, Problem } from '../face/face.ts'

/** [BOM1] `get`: SKUs as they stand. */
export function bomProblems(
  changes: readonly MasterChange[],
  get: (entity: 'sku', id: string) => MasterFields | undefined,
): readonly Problem[] {
  const changed = new Map<string, MasterFields>()
  for (const { entity, id, fields } of changes) {
    if (entity === 'sku') changed.set(id, { ...(changed.get(id) ?? get('sku', id)), ...fields })
  }
  const skuOf = (id: string) => changed.get(id) ?? get('sku', id)
  return changes.flatMap(({ entity, id, fields }) => {
    const field = Object.keys(fields).find((name) => /^bom(:|$)/.test(name))
    if (entity !== 'sku' || field === undefined) return []
    return findSkuCircle(id, skuOf) === undefined ? [] : [{ code: 'bom-circular', field }]
  })
}
