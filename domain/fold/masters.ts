/**
 * [F14] Masters as merged so far: per (entity, id, field) the version with the greatest (hlc, device)
 * holds, `''` clears it, and every version stays as history. Values come out frozen.
 */

import { fieldOf } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import type { RecordOf } from '#domain/records/kinds.ts'
import { deepFreeze, type Json } from '#domain/values/canonical-text.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import type { Instant } from '#domain/values/instant.ts'
import {
  cellsOf,
  compareVersions,
  type MasterTables,
  masterRow,
  putVersion,
  versionRow,
} from './master-tables.ts'
import { masterIdOf, masterKey, type Names } from './names.ts'
import { type Carrier, notePricePlace, referencePriceField } from './price-places.ts'

export interface MasterRow {
  readonly id: string
  readonly fields: MasterFields
}

/** One version of a field, as price history and audit show it. */
export interface HistoryRow {
  readonly value: Json
  readonly audience: Audience
  readonly at: Instant
  readonly hlc: Hlc
  readonly device: string
  readonly by: string
}

export interface MastersView {
  /** Undefined for a master that nobody has spoken of. */
  get(entity: EntityName, id: string): MasterFields | undefined
  /** All masters of an entity, in no order. */
  list(entity: EntityName): Iterable<MasterRow>
  count(entity: EntityName): number
  /** Every version of one field, newest first. */
  history(entity: EntityName, id: string, field: string): readonly HistoryRow[]
}

export interface Masters {
  readonly names: Names
  readonly tables: MasterTables
  /** Fields by master row, made when first read and dropped when they change. */
  readonly fieldsByMaster: Map<number, MasterFields>
  /** Master rows by entity, of the first `counted`; rows are only ever added. */
  readonly byEntity: { counted: number; readonly rows: Map<number, number[]> }
}

export interface ChangedField {
  readonly entity: EntityName
  readonly id: string
  readonly field: string
}

/** What a record said anew, and which of its fields belong to readers of another audience. */
export interface MastersApplied {
  readonly changed: readonly ChangedField[]
  readonly misplaced: readonly ChangedField[]
}

/** Takes a record in, which came in `carrier`. A field said to the wrong readers does not count for anybody. */
export function applyMasters(
  masters: Masters,
  record: RecordOf<'masters-changed.v1'>,
  carrier: Carrier,
): MastersApplied {
  const { changes } = record.body
  return {
    changed: changes.flatMap((change) => applyChange(masters, record, change, carrier)),
    misplaced: changes.flatMap(({ entity, id, fields }) =>
      Object.keys(fields)
        .filter((field) => !isFor(record.audience, entity, field))
        .map((field) => ({ entity, id, field })),
    ),
  }
}

/** Fields that this build does not know are for whoever they are sent to. */
function isFor(audience: Audience, entity: EntityName, field: string): boolean {
  return (fieldOf(entity, field)?.audience ?? audience) === audience
}

function applyChange(
  masters: Masters,
  record: RecordOf<'masters-changed.v1'>,
  { entity, id, fields }: RecordOf<'masters-changed.v1'>['body']['changes'][number],
  carrier: Carrier,
): ChangedField[] {
  const { names, tables } = masters
  const said = {
    ...{ audience: record.audience, isCompany: carrier.branch === 'all' },
    ...{ hlc: record.hlc, device: names.devices.intern(record.device) },
    ...{ at: record.at, by: names.users.intern(record.by) },
  }
  const master = masterRow(tables, names, entity, id)
  const changed = Object.entries(fields)
    .filter(([field]) => isFor(record.audience, entity, field))
    .filter(([field, value]) => {
      const version = { ...said, field, value }
      const isNew = putVersion(tables, names, master, version)
      if (entity !== 'sku' || field !== referencePriceField) return isNew
      const row = versionRow(tables, names, master, version)
      const isPlaced = notePricePlace(tables.prices, names, row, { said: record.id, carrier })
      return isNew || isPlaced
    })
    .map(([field]) => ({ entity, id, field }))
  if (changed.length > 0) masters.fieldsByMaster.delete(master)
  return changed
}

export function mastersView(masters: Masters): MastersView {
  const { names, tables } = masters
  return {
    get(entity, id) {
      const master = names.masters.find(masterKey(entity, id))
      return master < 0 ? undefined : fieldsOf(masters, master)
    },
    *list(entity) {
      for (const master of mastersOf(masters, entity)) {
        yield { id: masterIdOf(names, master), fields: fieldsOf(masters, master) }
      }
    },
    count: (entity) => mastersOf(masters, entity).length,
    history(entity, id, field) {
      const master = names.masters.find(masterKey(entity, id))
      if (master < 0) return []
      return versionsOf(masters, master, field)
        .sort((a, b) => compareVersions(tables, names, b, a))
        .map((version) => historyRow(masters, version))
    },
  }
}

/** Rows of all masters of an entity. */
export function mastersOf({ names, tables, byEntity }: Masters, entity: string): readonly number[] {
  const { entity: entities } = tables.masters.columns
  for (; byEntity.counted < tables.masters.rows; byEntity.counted++) {
    const key = entities[byEntity.counted] as number
    const rows = byEntity.rows.get(key)
    if (rows === undefined) byEntity.rows.set(key, [byEntity.counted])
    else rows.push(byEntity.counted)
  }
  return byEntity.rows.get(names.entities.find(entity)) ?? []
}

/** The fields of a master as they hold now, frozen. */
export function fieldsOf(masters: Masters, master: number): MasterFields {
  const known = masters.fieldsByMaster.get(master)
  if (known !== undefined) return known
  const { names, tables } = masters
  const { field, value } = tables.versions.columns
  const newest = new Map<number, number>()
  for (const cell of cellsOf(tables, master)) {
    const other = newest.get(field[cell] as number)
    if (other !== undefined && compareVersions(tables, names, other, cell) > 0) continue
    newest.set(field[cell] as number, cell)
  }
  const fields: Record<string, Json> = {}
  for (const [number, cell] of newest) {
    const held = JSON.parse(names.texts.read(value[cell] as number)) as Json
    if (held !== '') fields[names.fields.text(number)] = held
  }
  const frozen = deepFreeze(fields)
  masters.fieldsByMaster.set(master, frozen)
  return frozen
}

function versionsOf({ names, tables }: Masters, master: number, fieldName: string): number[] {
  const wanted = names.fields.find(fieldName)
  const { field, older } = tables.versions.columns
  const found: number[] = []
  for (const cell of cellsOf(tables, master)) {
    if (field[cell] !== wanted) continue
    for (let version = cell; version >= 0; version = older[version] as number) found.push(version)
  }
  return found
}

function historyRow({ names, tables }: Masters, version: number): HistoryRow {
  const { audience, value, at, hlc, device, by } = tables.versions.columns
  return {
    value: JSON.parse(names.texts.read(value[version] as number)) as Json,
    audience: audiences[audience[version] as number] ?? 'goods',
    at: at[version] as Instant,
    hlc: hlc[version] as Hlc,
    device: names.devices.text(device[version] as number),
    by: names.users.text(by[version] as number),
  }
}
