/**
 * What the server's own records say of devices and people, as rows of the directory: after a restore they
 * come back from the devices [S7]. A login and its password stand in no record: of a person whom the
 * backup does not know nothing can be made, an owner adds that person anew.
 */
import { bytesOfBase64 } from '#domain/records/base64.ts'
import { checkRecord, type KnownRecord } from '#domain/records/kinds.ts'
import type { CheckedRecord } from '#domain/records/check-stored.ts'
import { decodeRecord } from '#domain/records/record-bytes.ts'
import { branchRows } from './branches.ts'
import type { Device, Directory, DirectoryRow } from './directory.ts'

export function recoveredRows(
  records: readonly CheckedRecord[],
  directory: Directory,
): readonly DirectoryRow[] {
  const devices = new Map<string, Device>()
  const others: DirectoryRow[] = []
  const deviceOf = (id: string) => devices.get(id) ?? directory.devices.get(id)
  for (const { bytes } of records) {
    const decoded = decodeRecord(bytes)
    const known = decoded.ok ? checkRecord(decoded.value.record) : decoded
    if (!known.ok) continue
    const device = deviceAfter(known.value, deviceOf)
    if (device !== undefined) devices.set(device.id, device)
    others.push(...rowsBeside(known.value, directory, deviceOf))
  }
  return [...[...devices.values()].map((value) => ({ kind: 'device', value }) as const), ...others]
}

type DeviceOf = (id: string) => Device | undefined

function deviceAfter(record: KnownRecord, deviceOf: DeviceOf): Device | undefined {
  if (record.kind === 'device-revoked.v1') {
    const device = deviceOf(record.body.device)
    return device && { ...device, status: 'revoked', revokedAt: record.at }
  }
  if (record.kind !== 'device-enrolled.v1' || deviceOf(record.body.device) !== undefined) {
    return undefined
  }
  const { device: id, ...enrolled } = record.body
  const { at, by } = record
  return {
    ...enrolled,
    ...{ id, kind: 'tablet', status: 'active', enrolledAt: at, enrolledBy: by, lastSeenAt: at },
  }
}

function rowsBeside(
  record: KnownRecord,
  { users }: Directory,
  deviceOf: DeviceOf,
): readonly DirectoryRow[] {
  switch (record.kind) {
    case 'user-granted.v1': {
      const user = users.get(record.body.user)
      const { roles, name } = record.body
      return user === undefined ? [] : [{ kind: 'user', value: { ...user, roles, name } }]
    }
    case 'user-revoked.v1': {
      const user = users.get(record.body.user)
      return user === undefined ? [] : [{ kind: 'user', value: { ...user, isRevoked: true } }]
    }
    case 'relayed.v1': {
      const bytes = bytesOfBase64(record.body.record)
      const inner = decodeRecord(bytes)
      if (!inner.ok) return []
      const { kind, device } = inner.value.record
      const author = deviceOf(device)
      return author === undefined ? [] : branchRows([{ kind, bytes }], author)
    }
    default:
      return []
  }
}
