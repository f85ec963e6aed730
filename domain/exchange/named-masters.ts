/** Masters that files refer to by name, and that an import makes where nothing of the name exists. */

import { textOf } from '#domain/masters/master-field.ts'
import { halfWidth } from '#domain/values/half-width.ts'
import { asId, type CategoryId, type WarehouseId } from '#domain/values/ids.ts'
import type { ImportContext, PlanBuilder } from './import-plan.ts'

/** Names are one when they differ only in case, width or spaces around. */
export function nameKey(name: string): string {
  return halfWidth(name).trim().toLowerCase()
}

export interface Warehouses {
  has(name: string): boolean
  /** The warehouse of the name in the branch of the import; a new one where there is none. */
  idOf(name: string): WarehouseId
}

export function makeWarehouses(context: ImportContext, builder: PlanBuilder): Warehouses {
  const idByKey = new Map<string, WarehouseId>()
  for (const { id, fields } of context.masters.list('warehouse')) {
    if (textOf(fields, 'branchId') !== context.branchId) continue
    for (const name of [textOf(fields, 'code'), textOf(fields, 'name')]) {
      if (name !== '') idByKey.set(nameKey(name), asId<WarehouseId>(id))
    }
  }

  function create(name: string): WarehouseId {
    const id = asId<WarehouseId>(context.ids())
    idByKey.set(nameKey(name), id)
    builder.change({ entity: 'warehouse', id, fields: { name, branchId: context.branchId } })
    return id
  }

  return {
    has: (name) => idByKey.has(nameKey(name)),
    idOf: (name) => idByKey.get(nameKey(name)) ?? create(name),
  }
}

export interface Categories {
  /** The category at the end of a path from the root; what is missing on the way is made. */
  idOf(path: readonly string[]): CategoryId | undefined
}

export function makeCategories(context: ImportContext, builder: PlanBuilder): Categories {
  const idByKey = new Map<string, CategoryId>()
  const keyOf = (parentId: string, name: string) => `${parentId}\n${nameKey(name)}`
  for (const { id, fields } of context.masters.list('category')) {
    idByKey.set(keyOf(textOf(fields, 'parentId'), textOf(fields, 'name')), asId<CategoryId>(id))
  }

  function create(parentId: CategoryId | undefined, name: string): CategoryId {
    const id = asId<CategoryId>(context.ids())
    idByKey.set(keyOf(parentId ?? '', name), id)
    const fields = parentId === undefined ? { name } : { name, parentId }
    builder.change({ entity: 'category', id, fields })
    return id
  }

  return {
    idOf(path) {
      let id: CategoryId | undefined
      for (const name of path) id = idByKey.get(keyOf(id ?? '', name)) ?? create(id, name)
      return id
    },
  }
}
