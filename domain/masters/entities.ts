/**
 * The table of all masters: entity → fields. Forms, lists, import columns and the split of a change
 * by audience derive from it; nothing else lists the entities.
 */

import { assert } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { limitText } from '#domain/values/limits.ts'
import { bin } from './bin.ts'
import { branch } from './branch.ts'
import { category } from './category.ts'
import { company } from './company.ts'
import type { EntityDefinition, EntityName, MasterProblem } from './entity.ts'
import {
  checkFieldValue,
  type FieldAudience,
  type MasterField,
  type MasterFields,
  textOf,
} from './master-field.ts'
import { customer, supplier } from './party.ts'
import { priceList } from './price-list.ts'
import { product } from './product.ts'
import { reason } from './reason.ts'
import { sku } from './sku.ts'
import { warehouse } from './warehouse.ts'

export const entities: Readonly<Record<EntityName, EntityDefinition>> = {
  company,
  branch,
  warehouse,
  bin,
  category,
  product,
  sku,
  supplier,
  customer,
  reason,
  'price-list': priceList,
}

/** One change of one master, as a `masters-changed` record carries it. */
export interface MasterChange {
  readonly entity: EntityName
  readonly id: string
  readonly fields: MasterFields
}

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(entities, name)
}

/** The definition behind a field's name, 'retailPrice:箱' too; undefined for an unknown name. */
export function fieldOf(entity: EntityName, name: string): MasterField | undefined {
  const { fields } = entities[entity]
  if (Object.hasOwn(fields, name)) return fields[name]
  const colon = name.indexOf(':')
  if (colon < 1 || colon === name.length - 1 || name.length > limitText) return undefined
  const inner = Object.hasOwn(fields, name.slice(0, colon))
    ? fields[name.slice(0, colon)]
    : undefined
  return inner?.isFamily ? inner : undefined
}

/** [MST1] Each field of a change by itself: known, and of its kind. */
export function checkChange(change: MasterChange): MasterProblem[] {
  return Object.entries(change.fields).flatMap(([name, value]) =>
    checkField(change.entity, name, value),
  )
}

function checkField(entity: EntityName, name: string, value: Json): MasterProblem[] {
  const inner = fieldOf(entity, name)
  if (inner === undefined) return [{ code: 'field-unknown', field: name }]
  const code = checkFieldValue(inner, value)
  return code === undefined ? [] : [{ code, field: name }]
}

/** [MST2] A whole master: each field, what is required, and what the entity knows of all together. */
export function checkMaster(entity: EntityName, id: string, fields: MasterFields): MasterProblem[] {
  const definition = entities[entity]
  const missing = Object.keys(definition.fields)
    .filter((name) => definition.fields[name]?.isRequired && (fields[name] ?? '') === '')
    .map((name): MasterProblem => ({ code: 'required', field: name }))
  return [
    ...checkChange({ entity, id, fields }),
    ...missing,
    ...(definition.check?.(id, fields) ?? []),
  ]
}

/** [MST3] The fields of a change by who may read them: one record each. */
export function splitByAudience(change: MasterChange): Map<FieldAudience, MasterChange> {
  const fieldsByAudience = new Map<FieldAudience, Record<string, Json>>()
  for (const [name, value] of Object.entries(change.fields)) {
    const audience = fieldOf(change.entity, name)?.audience
    assert(audience !== undefined, `unknown field ${change.entity}.${name}`)
    const fields = fieldsByAudience.get(audience) ?? {}
    fields[name] = value
    fieldsByAudience.set(audience, fields)
  }
  return new Map(
    [...fieldsByAudience].map(([audience, fields]) => [audience, { ...change, fields }]),
  )
}

/** What a list shows for a master: '001 总店'. */
export function titleOf(entity: EntityName, fields: MasterFields): string {
  return entities[entity].title
    .map((name) => textOf(fields, name))
    .filter((text) => text !== '')
    .join(' ')
}
