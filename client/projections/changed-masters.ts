/** Which masters a batch of records speaks of, so that only their rows are indexed again. */
import type { EntityName } from '#domain/masters/entity.ts'
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { checkRecord } from '#domain/records/kinds.ts'
import type { JournalRecord } from '#domain/records/record.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import type { ChangedMasters } from './catalogue.ts'

export function changedMasters(records: Iterable<JournalRecord>): ChangedMasters {
  const changed = new Map<EntityName, Set<string>>()
  for (const record of records) note(record, changed)
  return changed
}

function note(record: JournalRecord, changed: Map<EntityName, Set<string>>): void {
  const known = isOfMasters(record) ? checkRecord(record) : undefined
  if (!known?.ok) return
  const { kind, body } = known.value
  if (kind === 'masters-changed.v1') {
    for (const { entity, id } of body.changes) add(changed, entity, id)
  } else if (kind === 'relayed.v1') {
    const inner = decodeRecord(bytesOfBase64(body.record))
    // A relay holds a record as its device wrote it, never another relay.
    if (inner.ok && inner.value.record.kind !== 'relayed.v1') note(inner.value.record, changed)
  }
}

function isOfMasters({ kind }: JournalRecord): boolean {
  return kind === 'masters-changed.v1' || kind === 'relayed.v1'
}

function add(changed: Map<EntityName, Set<string>>, entity: EntityName, id: string): void {
  const ids = changed.get(entity)
  if (ids === undefined) changed.set(entity, new Set([id]))
  else ids.add(id)
}
