/**
 * What an import is judged against, as plain values: files are read where a hostile one can harm
 * nothing but itself, so the masters travel there. Only what identifies a master travels with them.
 */

import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import type { BranchId } from '#domain/values/ids.ts'
import type { MasterSource } from './import-plan.ts'

export interface ImportGround {
  readonly branchId: BranchId
  readonly masters: Readonly<Partial<Record<EntityName, readonly GroundMaster[]>>>
}

export interface GroundMaster {
  readonly id: string
  readonly fields: MasterFields
}

/** By which files refer to masters, and what a reference then means; families by the name in front. */
const fieldsTaken: Readonly<Partial<Record<EntityName, readonly string[]>>> = {
  warehouse: ['branchId', 'code', 'name'],
  category: ['parentId', 'name'],
  product: ['kind'],
  sku: ['productId', 'code', 'baseUnit', 'units', 'barcode'],
  supplier: ['code', 'name'],
  customer: ['code', 'name'],
}

export function importGround(masters: MasterSource, branchId: BranchId): ImportGround {
  const taken = Object.entries(fieldsTaken) as [EntityName, readonly string[]][]
  return {
    branchId,
    masters: Object.fromEntries(
      taken.map(([entity, names]) => [
        entity,
        Array.from(masters.list(entity), ({ id, fields }) => ({ id, fields: only(fields, names) })),
      ]),
    ),
  }
}

function only(fields: MasterFields, names: readonly string[]): MasterFields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => names.includes(name.split(':', 1)[0] ?? '')),
  )
}

/** The masters of `ground` as a plan asks for them. */
export function mastersOf({ masters }: ImportGround): MasterSource {
  return { list: (entity) => masters[entity] ?? [] }
}
