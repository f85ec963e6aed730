/**
 * [F14] 档案 (masters) as columns: each field of a master is a cell with all the versions that were
 * ever written, newest first. The newest by (hlc, device) holds; the others are price history.
 */

import { appendRow, openTable, type Table } from '#domain/ledgers/columns/table.ts'
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import { masterKey, type Names } from './names.ts'
import { openPricePlaces, type PricePlaces } from './price-places.ts'

/** A row per master; its number is that of its key in `names.masters`. */
export const masterSchema = {
  entity: 'i32',
  /** Newest version of its first cell, −1 for none; cells are chained by `sibling`. */
  cells: 'i32',
} as const

/** A row per version of a cell: one field in one audience. */
export const versionSchema = {
  field: 'i32',
  audience: 'u8',
  /** 1: also seen in a company journal, so every branch knows it. */
  isCompany: 'u8',
  /** Canonical text of the value. */
  value: 'i32',
  hlc: 'f64',
  device: 'i32',
  /** When it was said to hold from, ms. */
  at: 'f64',
  by: 'i32',
  /** Newest version of the master's next cell; kept on the newest version alone. */
  sibling: 'i32',
  /** The version before, −1 for none. */
  older: 'i32',
} as const

export interface MasterTables {
  readonly masters: Table<typeof masterSchema>
  readonly versions: Table<typeof versionSchema>
  readonly prices: PricePlaces
}

export function openMasterTables(): MasterTables {
  return {
    masters: openTable(masterSchema),
    versions: openTable(versionSchema),
    prices: openPricePlaces(),
  }
}

/** Who says what about one field, when. */
export interface FieldVersion {
  readonly audience: Audience
  readonly isCompany: boolean
  readonly hlc: number
  readonly device: number
  readonly at: number
  readonly by: number
  readonly field: string
  readonly value: Json
}

export function masterRow(tables: MasterTables, names: Names, entity: string, id: string): number {
  const master = names.masters.intern(masterKey(entity, id))
  if (master < tables.masters.rows) return master
  appendRow(tables.masters)
  tables.masters.columns.entity[master] = names.entities.intern(entity)
  tables.masters.columns.cells[master] = -1
  return master
}

/** Puts a version in its place; false when it was known already. */
export function putVersion(
  tables: MasterTables,
  names: Names,
  master: number,
  version: FieldVersion,
): boolean {
  const field = names.fields.intern(version.field)
  const audience = audiences.indexOf(version.audience)
  const text = canonicalText(version.value)
  const cell = cellOf(tables, master, field, audience)
  const { older } = tables.versions.columns
  let newer = -1
  let at = cell
  for (; at >= 0; at = older[at] as number) {
    const order = compareVersion(tables, names, at, version, text)
    if (order === 0) return noteCompany(tables, at, version.isCompany)
    if (order < 0) break
    newer = at
  }
  const row = appendVersion(tables, names, { ...version, text, fieldNumber: field, audience })
  chain(tables, master, { row, newer, older: at, cell })
  return true
}

/** The row of a version that is known, −1 for none. */
export function versionRow(
  tables: MasterTables,
  names: Names,
  master: number,
  version: FieldVersion,
): number {
  const field = names.fields.find(version.field)
  const text = canonicalText(version.value)
  const { older } = tables.versions.columns
  let row = cellOf(tables, master, field, audiences.indexOf(version.audience))
  while (row >= 0 && compareVersion(tables, names, row, version, text) !== 0) {
    row = older[row] as number
  }
  return row
}

/** The newest version of each cell of a master. */
export function* cellsOf(tables: MasterTables, master: number): Generator<number> {
  const { sibling } = tables.versions.columns
  let cell = tables.masters.columns.cells[master] as number
  for (; cell >= 0; cell = sibling[cell] as number) yield cell
}

/** The newest version of one field in one audience, −1 when nobody has said anything of it. */
export function cellOf(
  tables: MasterTables,
  master: number,
  field: number,
  audience: number,
): number {
  const { field: fields, audience: inAudience } = tables.versions.columns
  for (const cell of cellsOf(tables, master)) {
    if (fields[cell] === field && inAudience[cell] === audience) return cell
  }
  return -1
}

/** Negative when version `row` is older than the stamp and text, 0 when it is the same. */
function compareVersion(
  tables: MasterTables,
  names: Names,
  row: number,
  stamp: { readonly hlc: number; readonly device: number },
  text: string,
): number {
  const { hlc, device, value } = tables.versions.columns
  return (
    (hlc[row] as number) - stamp.hlc ||
    compareTexts(names.devices.text(device[row] as number), names.devices.text(stamp.device)) ||
    compareTexts(names.texts.read(value[row] as number), text)
  )
}

/** Negative when version `a` is older than `b`. */
export function compareVersions(tables: MasterTables, names: Names, a: number, b: number): number {
  const { hlc, device, value } = tables.versions.columns
  const stamp = { hlc: hlc[b] as number, device: device[b] as number }
  return compareVersion(tables, names, a, stamp, names.texts.read(value[b] as number))
}

function noteCompany(tables: MasterTables, row: number, isCompany: boolean): boolean {
  if (isCompany) tables.versions.columns.isCompany[row] = 1
  return false
}

function appendVersion(
  tables: MasterTables,
  names: Names,
  version: Omit<FieldVersion, 'audience'> & {
    readonly text: string
    readonly fieldNumber: number
    readonly audience: number
  },
): number {
  const row = appendRow(tables.versions)
  const columns = tables.versions.columns
  columns.field[row] = version.fieldNumber
  columns.audience[row] = version.audience
  columns.isCompany[row] = Number(version.isCompany)
  columns.value[row] = names.texts.append(version.text)
  columns.hlc[row] = version.hlc
  columns.device[row] = version.device
  columns.at[row] = version.at
  columns.by[row] = version.by
  return row
}

/** Between `newer` and `older` in their cell; the newest version carries the cell's place among its siblings. */
function chain(
  tables: MasterTables,
  master: number,
  link: {
    readonly row: number
    readonly newer: number
    readonly older: number
    readonly cell: number
  },
): void {
  const { sibling, older } = tables.versions.columns
  const { cells } = tables.masters.columns
  older[link.row] = link.older
  sibling[link.row] = -1
  if (link.newer >= 0) {
    older[link.newer] = link.row
    return
  }
  if (link.cell < 0) {
    sibling[link.row] = cells[master] as number
    cells[master] = link.row
    return
  }
  sibling[link.row] = sibling[link.cell] as number
  sibling[link.cell] = -1
  if (cells[master] === link.cell) {
    cells[master] = link.row
    return
  }
  for (const before of cellsOf(tables, master)) {
    if (sibling[before] !== link.cell) continue
    sibling[before] = link.row
    return
  }
}
