/**
 * Branches that people add later come as masters; the directory must know them to grant and enrol
 * in them.
 */
import { checkRecord } from '#domain/records/kinds.ts'
import type { CheckedRecord } from '#domain/records/check-stored.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { Branch, Device, DirectoryRow } from './directory.ts'

/**
 * The branches that records of a device name in full. Only a device of the whole company can add
 * one.
 */
export function branchRows(
  records: readonly Pick<CheckedRecord, 'kind' | 'bytes'>[],
  device: Device,
): readonly DirectoryRow[] {
  if (!device.branches.includes('all')) return []
  return records.flatMap(branchesIn).map((value): DirectoryRow => ({ kind: 'branch', value }))
}

function branchesIn({ kind, bytes }: Pick<CheckedRecord, 'kind' | 'bytes'>): Branch[] {
  // Most records are postings: no object is made of them.
  if (kind !== 'masters-changed.v1') return []
  const decoded = decodeRecord(bytes)
  const known = decoded.ok ? checkRecord(decoded.value.record) : decoded
  if (!known.ok || known.value.kind !== 'masters-changed.v1') return []
  return known.value.body.changes.flatMap(({ entity, id, fields }): Branch[] => {
    const { code, name } = fields
    if (entity !== 'branch' || typeof code !== 'string' || typeof name !== 'string') return []
    return /^\d{3}$/.test(code) ? [{ id, code, name }] : []
  })
}
