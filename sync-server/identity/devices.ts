/** Devices: enrolled once, known by a two-letter code for ever, revoked at once. */
import { base32Text } from '#domain/values/base32.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { PublicKeyJwk } from '#domain/records/signature.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { OwnDraft } from '../journals/own-journals.ts'
import type { Device, Directory, Refusal, User } from './directory.ts'
import { isCollecting } from './epoch.ts'
import type { IdentityParts } from './parts.ts'
import { audiencesWithin, branchesOfGrants, mayHold, mayManage } from './rights.ts'
import {
  checkCredentials,
  type CredentialProblem,
  type Credentials,
  type OpenedSession,
  openSession,
  sessionsOf,
} from './sessions.ts'

/**
 * What a device asks for itself; without branches or audiences, all that its person may give it.
 */
export interface NewDevice {
  readonly name: string
  readonly kind: Device['kind']
  readonly publicKey: PublicKeyJwk
  readonly branches?: readonly string[] | undefined
  readonly audiences?: readonly Audience[] | undefined
  /** The device whose clone this machine was. */
  readonly forkOf?: string | undefined
}

export type EnrolProblem =
  | CredentialProblem
  | { readonly code: 'beyond-rights' | 'branch-unknown' | 'key-already-enrolled' }
  | { readonly code: 'device-codes-used-up' | 'too-many-devices' }

export type DeviceProblem = { readonly code: 'device-unknown' | 'not-allowed' }

const codeLetters = 2
const codesInAll = 32 ** codeLetters
/** More devices than are enrolled between two backups. */
const codesSkipped = 64
/** The last codes of a branch are for those who manage it: nobody else can use all of them up. */
const codesKept = 128
/** Devices that somebody who manages no branch may enrol in so many days. */
const limitEnrolments = 30
const enrolmentsMs = 30 * 86_400_000

/** Enrols a device on the word of a person and signs that person in on it. */
export async function enrol(
  parts: IdentityParts,
  credentials: Credentials,
  wanted: NewDevice,
  address: string,
): Promise<Result<OpenedSession, EnrolProblem>> {
  const user = await checkCredentials(parts, credentials, { address, device: undefined })
  if (!user.ok) return user
  const device = await enrolFor(parts, user.value, wanted)
  return device.ok ? done(await openSession(parts, user.value, device.value)) : device
}

/** Enrols a device for a person who is known already. */
export function enrolFor(
  parts: IdentityParts,
  user: User,
  wanted: NewDevice,
): Promise<Result<Device, Exclude<EnrolProblem, CredentialProblem>>> {
  const { directory, registrar, uuid, nowMs } = parts
  return registrar.inTurn(async () => {
    const reach = reachFor(directory, user, wanted)
    if (!reach.ok) return reach
    // Two devices with one key could write each other's journals.
    if (isKnownKey(directory, wanted.publicKey)) return fail({ code: 'key-already-enrolled' })
    const { branches, audiences } = reach.value
    const isManaged = mayManage(user, branches)
    if (!isManaged && enrolledLately(directory, user, nowMs()) >= limitEnrolments) {
      return fail({ code: 'too-many-devices' })
    }
    const code = freeCode(directory, branches, isManaged ? 0 : codesKept, nowMs())
    if (code === undefined) return fail({ code: 'device-codes-used-up' })
    const { name, kind, publicKey } = wanted
    const device: Device = {
      ...forkOf(wanted),
      ...{ id: uuid(), code, name, kind, branches, audiences, publicKey, status: 'active' },
      ...{ enrolledAt: nowMs(), enrolledBy: user.id, lastSeenAt: nowMs() },
    }
    const drafts = [enrolledDraft(device, user)]
    await registrar.write({ rows: [{ kind: 'device', value: device }], drafts })
    return done(device)
  })
}

/** What the device will hold: what it asks for, or else all that its person may give it. */
function reachFor(
  directory: Directory,
  { roles }: User,
  wanted: NewDevice,
): Result<
  Pick<Device, 'branches' | 'audiences'>,
  { readonly code: 'branch-unknown' | 'beyond-rights' }
> {
  const branches = wanted.branches ?? branchesOfGrants(roles)
  const audiences = wanted.audiences ?? audiencesWithin(roles, branches)
  if (branches.some((id) => id !== 'all' && !directory.branches.has(id))) {
    return fail({ code: 'branch-unknown' })
  }
  const isEmpty = branches.length === 0 || audiences.length === 0
  const isHeld = !isEmpty && mayHold(roles, { branches, audiences })
  return isHeld ? done({ branches, audiences }) : fail({ code: 'beyond-rights' })
}

function enrolledLately({ devices }: Directory, { id }: User, nowMs: number): number {
  const isLate = ({ enrolledBy, enrolledAt }: Device) =>
    enrolledBy === id && nowMs - enrolledAt < enrolmentsMs
  return [...devices.values()].filter(isLate).length
}

function isKnownKey({ devices }: Directory, { x, y }: PublicKeyJwk): boolean {
  return [...devices.values()].some(({ publicKey: key }) => key.x === x && key.y === y)
}

/** Absent, not undefined: it stands in a record. */
function forkOf(device: { readonly forkOf?: string | undefined }): { readonly forkOf?: string } {
  return device.forkOf === undefined ? {} : { forkOf: device.forkOf }
}

/** [S6] From here on the device may neither read nor write; its sockets close at once. */
export function revokeDevice(
  parts: IdentityParts,
  actor: User,
  deviceId: string,
  reason: string,
): Promise<Result<undefined, DeviceProblem>> {
  const { directory, registrar, nowMs } = parts
  return registrar.inTurn(async () => {
    const device = directory.devices.get(deviceId)
    if (device === undefined) return fail({ code: 'device-unknown' })
    if (!mayManage(actor, device.branches)) return fail({ code: 'not-allowed' })
    if (device.status === 'revoked') return done(undefined)
    const body = { device: deviceId, reason }
    const revoked: Device = { ...device, status: 'revoked', revokedAt: nowMs() }
    await registrar.write({
      rows: [{ kind: 'device', value: revoked }],
      drafts: [{ kind: 'device-revoked.v1', by: actor.id, body }],
      endedSessions: sessionsOf(directory.sessions.values(), ({ device: id }) => id === deviceId),
    })
    return done(undefined)
  })
}

/** [S5] What the devices page shows of a refusal; a second history marks the device as forked. */
export function noteRefusal(
  { directory, registrar }: IdentityParts,
  deviceId: string,
  refusal: Refusal,
  isFork: boolean,
): Promise<void> {
  return registrar.inTurn(async () => {
    const device = directory.devices.get(deviceId)
    if (device === undefined) return
    const status = isFork && device.status === 'active' ? 'forked' : device.status
    const value: Device = { ...device, status, lastRefusal: refusal }
    await registrar.write({ rows: [{ kind: 'device', value }] })
  })
}

/**
 * The first code that no device, revoked ones too, ever had in any of the branches; of a restored server
 * one that comes after as many as it may have forgotten. None where only `kept` are left.
 */
function freeCode(
  directory: Directory,
  branches: readonly string[],
  kept: number,
  nowMs: number,
): string | undefined {
  const isNear = (device: Device) =>
    branches.includes('all') ||
    device.branches.some((branch) => branch === 'all' || branches.includes(branch))
  const used = new Set([...directory.devices.values()].filter(isNear).map(({ code }) => code))
  const codes = Array.from({ length: codesInAll - 1 }, (_, i) => base32Text(i + 1, codeLetters))
  const last = codes.reduce((found, code, i) => (used.has(code) ? i : found), -1)
  const skipped = isCollecting(directory, nowMs) ? last + 1 + codesSkipped : 0
  const free = [...codes.slice(skipped), ...codes].filter((code) => !used.has(code))
  return new Set(free).size > kept ? free[0] : undefined
}

function enrolledDraft(device: Device, by: User): OwnDraft {
  const { id, code, name, branches, audiences, publicKey } = device
  const key = { ...publicKey }
  const body = { device: id, code, name, branches, audiences, publicKey: key, ...forkOf(device) }
  return { kind: 'device-enrolled.v1', by: by.id, body }
}
