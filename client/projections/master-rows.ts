/** Masters other than products: short lists by name, searched by any of their texts. */
import { isEntityName, titleOf } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import { hasFlag, type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { fieldOf } from '#domain/masters/entities.ts'
import type { MasterRow, Page, QueryArgs } from '#client/engine/face/face.ts'
import { canRead, nameOf, type Reading } from './reading.ts'

export function masterPage(reading: Reading, args: QueryArgs<'masters'>): Page<MasterRow> {
  const { entity, search, offset, limit } = args
  if (!isEntityName(entity)) return { total: 0, offset, rows: [] }
  const words = (search ?? '').trim().toLowerCase().split(/\s+/)
  const rows: MasterRow[] = []
  for (const { id, fields } of reading.fold.masters.list(entity)) {
    const row = rowOf(reading, entity, id, fields)
    if (words.every((word) => searchTextOf(row).includes(word))) rows.push(row)
  }
  rows.sort((one, other) => compareRows(one, other))
  return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) }
}

export function masterRow(reading: Reading, entity: string, id: string): MasterRow | undefined {
  if (!isEntityName(entity)) return undefined
  const fields = reading.fold.masters.get(entity, id)
  return fields === undefined ? undefined : rowOf(reading, entity, id, fields)
}

function rowOf(reading: Reading, entity: EntityName, id: string, fields: MasterFields): MasterRow {
  const readable = Object.fromEntries(
    Object.entries(fields).filter(([name]) => {
      const audience = fieldOf(entity, name)?.audience
      return audience !== undefined && canRead(reading, audience)
    }),
  )
  const code = textOf(readable, 'code')
  return {
    id,
    name: nameOf(reading, entity, id) || titleOf(entity, readable),
    ...(code === '' ? {} : { code }),
    isDisabled: hasFlag(fields, 'isDisabled'),
    fields: readable,
  }
}

function searchTextOf({ name, code, fields }: MasterRow): string {
  const texts = [name, code ?? '', textOf(fields, 'initials'), textOf(fields, 'phone')]
  return [...texts, textOf(fields, 'mobile')].join('\n').toLowerCase()
}

function compareRows(one: MasterRow, other: MasterRow): number {
  if (one.isDisabled !== other.isDisabled) return one.isDisabled ? 1 : -1
  const [a, b] = [one.code ?? one.name, other.code ?? other.name]
  if (a !== b) return a < b ? -1 : 1
  return one.id < other.id ? -1 : 1
}
