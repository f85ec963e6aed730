/**
 * 编码, 条码 that two masters share: made apart on two devices, both stay, and a finding asks which
 * gives way (MD-01, MD-03). Kept by key, so that one changed master costs one look.
 */

import { barcodeKey } from '#domain/masters/barcode.ts'
import { codeKey } from '#domain/masters/code.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { fieldsOf, type Masters } from './masters.ts'

export interface Uniqueness {
  readonly mastersByKey: Map<string, Set<number>>
  readonly keysByMaster: Map<number, readonly string[]>
  /** Keys of more than one master. */
  readonly shared: Set<string>
  /** Masters whose keys have changed since they were last looked at. */
  readonly stale: Set<number>
}

/** What two masters share. */
export interface SharedKey {
  readonly code: 'duplicate-code' | 'duplicate-barcode'
  /** The code or barcode as compared. */
  readonly text: string
  /** Rows of the masters. */
  readonly masters: readonly number[]
}

const codedEntities: ReadonlySet<string> = new Set([
  'product',
  'sku',
  'branch',
  'supplier',
  'customer',
  'price-list',
])
const barcodePrefix = 'barcode:'

/** All `masters` masters are to be looked at first. */
export function openUniqueness(masters: number): Uniqueness {
  const stale = new Set<number>()
  for (let master = 0; master < masters; master++) stale.add(master)
  return { mastersByKey: new Map(), keysByMaster: new Map(), shared: new Set(), stale }
}

/** Whether a change of the field may make or end a conflict. */
export function isUniqueField(entity: string, field: string): boolean {
  if (field === 'code') return codedEntities.has(entity)
  return entity === 'sku' && (field === 'isDisabled' || field.startsWith(barcodePrefix))
}

/** The conflicts there are now, in order of their keys. */
export function sharedKeys(unique: Uniqueness, masters: Masters): SharedKey[] {
  for (const master of unique.stale) refresh(unique, masters, master)
  unique.stale.clear()
  return [...unique.shared].sort().map((key) => ({
    code: key.startsWith(barcodePrefix) ? 'duplicate-barcode' : 'duplicate-code',
    text: key.slice(key.indexOf(':') + 1),
    masters: [...(unique.mastersByKey.get(key) ?? [])],
  }))
}

function refresh(unique: Uniqueness, masters: Masters, master: number): void {
  const { names, tables } = masters
  for (const key of unique.keysByMaster.get(master) ?? []) drop(unique, key, master)
  const entity = names.entities.text(tables.masters.columns.entity[master] as number)
  const keys = keysOf(entity, fieldsOf(masters, master))
  if (keys.length === 0) unique.keysByMaster.delete(master)
  else unique.keysByMaster.set(master, keys)
  for (const key of keys) add(unique, key, master)
}

/** `product:AB-1`, `barcode:6901234567892`: what no other master may have too. */
function keysOf(entity: string, fields: MasterFields): string[] {
  const { code } = fields
  const codes =
    codedEntities.has(entity) && typeof code === 'string' ? [`${entity}:${codeKey(code)}`] : []
  // A disabled SKU is not scanned any more; a code is never given away again.
  if (entity !== 'sku' || fields['isDisabled'] === 1) return codes
  const barcodes = Object.keys(fields).filter((name) => name.startsWith(barcodePrefix))
  const keys = barcodes.map((name) => barcodeKey(name.slice(barcodePrefix.length)))
  return [...codes, ...new Set(keys.map((key) => barcodePrefix + key))]
}

function add(unique: Uniqueness, key: string, master: number): void {
  const known = unique.mastersByKey.get(key)
  if (known === undefined) unique.mastersByKey.set(key, new Set([master]))
  else if (known.add(master).size > 1) unique.shared.add(key)
}

function drop(unique: Uniqueness, key: string, master: number): void {
  const known = unique.mastersByKey.get(key)
  known?.delete(master)
  if (known === undefined || known.size < 2) unique.shared.delete(key)
  if (known?.size === 0) unique.mastersByKey.delete(key)
}
