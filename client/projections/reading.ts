/** What every answer is read from, and by whom. Answers are plain rows; nothing here writes. */
import type { Fold } from '#domain/fold/fold.ts'
import { titleOf } from '#domain/masters/entities.ts'
import type { EntityName } from '#domain/masters/entity.ts'
import { type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { skuName } from '#domain/masters/sku.ts'
import { branchOfTransit, transitName, transitOf } from '#domain/masters/transit.ts'
import type { Audience } from '#domain/records/audience.ts'
import { type BusinessDate, businessDateOf, type Zone } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Presence } from '#client/engine/face/face.ts'
import type { DeskDraft } from '#domain/replica/desk-draft.ts'
import type { Catalogue } from './catalogue.ts'
import type { DocumentCache } from './document-cache.ts'
import type { News } from './news.ts'

/** Whose eyes: what both the device holds and the person may read. */
export interface Reader {
  readonly audiences: readonly Audience[]
  /** Undefined where nobody is signed in. */
  readonly userId: string | undefined
  /** The branch that the screens work in. */
  readonly branchId: string | undefined
  /** Branches that the device follows. */
  readonly branches: readonly string[]
  readonly zone: Zone
}

export interface DraftSource {
  read(docId: string, audiences: readonly Audience[]): JoinedDraft | undefined
  list(audiences: readonly Audience[]): readonly JoinedDraft[]
  othersIn(docId: string): readonly Presence[]
}

/** A draft of the desks of a branch, as far as some audiences may read it. */
export interface JoinedDraft extends DeskDraft {
  readonly branch: string
}

export interface Reading {
  readonly fold: Fold
  readonly catalogue: Catalogue
  readonly documents: DocumentCache
  readonly drafts: DraftSource
  readonly news: News
  /** Id of this device. */
  readonly device: string
  reader(): Reader
  now(): Instant
  /** Of a person who was signed in on this device before. */
  signedInName(userId: string): string | undefined
  /** False while records of closed months are still to come [STP4]. */
  isAllHere(): boolean
  /** Posted here and not confirmed by the server. */
  isWaiting(docId: string): boolean
}

export function canRead(reading: Reading, audience: Audience): boolean {
  return reading.reader().audiences.includes(audience)
}

/** The business day of the company that it is now. */
export function todayOf(reading: Pick<Reading, 'now' | 'reader'>): BusinessDate {
  return businessDateOf(reading.now(), reading.reader().zone)
}

/** What people call a master; its id where nothing is known of it. */
export function nameOf(reading: Pick<Reading, 'fold'>, entity: EntityName, id: string): string {
  const { masters } = reading.fold
  const fields = masters.get(entity, id)
  if (fields === undefined) return entity === 'warehouse' ? transitNameIn(masters, id) : ''
  if (entity === 'bin') return titleOf(entity, fields)
  if (entity === 'warehouse') return warehouseName(masters, id, fields)
  if (entity !== 'sku') return textOf(fields, 'name')
  return skuName(masters.get('product', textOf(fields, 'productId')) ?? {}, fields)
}

/** 在途, with the branch to which it goes before it where the company has several. */
function transitNameIn(masters: Fold['masters'], id: string): string {
  const branchId = branchOfTransit(id)
  if (branchId === undefined) return ''
  const branch = textOf(masters.get('branch', branchId) ?? {}, 'name')
  const hasSeveral = Array.from(masters.list('branch')).length > 1
  return hasSeveral && branch !== '' ? `${branch} · ${transitName}` : transitName
}

/** With its branch before it where another warehouse has the same name: each branch begins with a 主仓. */
function warehouseName(masters: Fold['masters'], id: string, fields: MasterFields): string {
  const name = textOf(fields, 'name')
  const isNamesake = (other: { readonly id: string; readonly fields: MasterFields }) =>
    other.id !== id && textOf(other.fields, 'name') === name
  if (!Array.from(masters.list('warehouse')).some(isNamesake)) return name
  const branch = textOf(masters.get('branch', textOf(fields, 'branchId')) ?? {}, 'name')
  return branch === '' ? name : `${branch} · ${name}`
}

/** The person's name as the company's records have it, or as it was at the sign-in here. */
export function userName(reading: Pick<Reading, 'fold' | 'signedInName'>, userId: string): string {
  return reading.fold.directory.user(userId)?.name ?? reading.signedInName(userId) ?? ''
}

export interface Warehouse {
  readonly id: string
  readonly name: string
  readonly branchId: string
}

/** Where goods of the followed branches are: their warehouses, and what is on the way between them. */
export function placesOf(reading: Reading): readonly Warehouse[] {
  const transits = reading.reader().branches.map((branchId) => ({
    ...{ id: transitOf(branchId), branchId },
    name: nameOf(reading, 'warehouse', transitOf(branchId)),
  }))
  return [...warehousesOf(reading), ...transits]
}

/** Warehouses of the branches that are followed. */
export function warehousesOf(reading: Reading): readonly Warehouse[] {
  const { branches } = reading.reader()
  const warehouses: Warehouse[] = []
  for (const { id, fields } of reading.fold.masters.list('warehouse')) {
    const branchId = textOf(fields, 'branchId')
    if (!branches.includes(branchId)) continue
    warehouses.push({ id, name: nameOf(reading, 'warehouse', id), branchId })
  }
  return warehouses
}
