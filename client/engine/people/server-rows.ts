/** The company's devices and users: as the server lists them, or as far as the journals say, offline. */
import * as v from 'valibot'
import type { DeviceRow, UserRow } from '../face/face.ts'
import { callServer, type Workshop } from '../handlers/workshop.ts'

const deviceShape = v.object({
  id: v.string(),
  code: v.string(),
  name: v.string(),
  kind: v.string(),
  branches: v.array(v.string()),
  audiences: v.array(v.string()),
  enrolledAt: v.number(),
  lastSeenAt: v.optional(v.number()),
  isRevoked: v.boolean(),
  lastRefusal: v.optional(v.object({ at: v.number(), reason: v.string() })),
})

const userShape = v.object({
  id: v.string(),
  login: v.string(),
  name: v.string(),
  roles: v.array(v.object({ branch: v.string(), role: v.string() })),
  isRevoked: v.boolean(),
})

export async function deviceRows(workshop: Workshop): Promise<readonly DeviceRow[]> {
  const own = workshop.sessions.identity?.device.id
  const answered = await callServer(workshop, 'GET', '/api/devices')
  const parsed = v.safeParse(
    v.object({ devices: v.array(deviceShape) }),
    answered.ok ? answered.value : undefined,
  )
  if (!parsed.success) return knownDevices(workshop, own)
  return parsed.output.devices.map(({ lastSeenAt, lastRefusal, ...device }) => ({
    ...device,
    isThis: device.id === own,
    ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
    ...(lastRefusal === undefined ? {} : { lastRefusal }),
  }))
}

function knownDevices({ reading }: Workshop, own: string | undefined): readonly DeviceRow[] {
  const devices = reading?.fold.directory.devices() ?? []
  return devices.map(({ id, code, name, branches, audiences, enrolledAt, revoked }) => ({
    ...{ id, code, name, kind: '', branches, audiences, enrolledAt },
    isRevoked: revoked !== undefined,
    isThis: id === own,
  }))
}

export async function userRows(workshop: Workshop): Promise<readonly UserRow[]> {
  const answered = await callServer(workshop, 'GET', '/api/users')
  const parsed = v.safeParse(
    v.object({ users: v.array(userShape) }),
    answered.ok ? answered.value : undefined,
  )
  if (parsed.success) return parsed.output.users
  const users = workshop.reading?.fold.directory.users() ?? []
  return users.map(({ id, name, roles, isRevoked }) => ({ id, login: '', name, roles, isRevoked }))
}
