/**
 * Devices and users as the server has said [S6]: only its own journals enrol, grant and revoke. Of two
 * statements about one of them the later by (hlc, device) holds; a device that was revoked stays so.
 */

import type { Audience } from '#domain/records/audience.ts'
import { isServerDevice } from '#domain/records/journal-name.ts'
import type {
  DeviceEnrolledBody,
  DeviceRevokedBody,
  KnownRecord,
  RecordOf,
  UserGrantedBody,
} from '#domain/records/kinds.ts'

export interface DirectoryDevice {
  readonly id: string
  /** Two characters, part of each document number. */
  readonly code: string
  readonly name: string
  readonly branches: readonly string[]
  readonly audiences: readonly Audience[]
  readonly publicKey: DeviceEnrolledBody['publicKey']
  readonly enrolledAt: number
  readonly revoked?: { readonly at: number; readonly reason: string }
}

export interface DirectoryUser {
  readonly id: string
  readonly name: string
  readonly roles: UserGrantedBody['roles']
  readonly isRevoked: boolean
}

export interface DirectoryView {
  device(id: string): DirectoryDevice | undefined
  devices(): readonly DirectoryDevice[]
  user(id: string): DirectoryUser | undefined
  users(): readonly DirectoryUser[]
}

type DirectoryKind =
  | 'device-enrolled.v1'
  | 'device-revoked.v1'
  | 'user-granted.v1'
  | 'user-revoked.v1'

type DirectoryRecord = Extract<KnownRecord, { readonly kind: DirectoryKind }>

/** What was said last, with its stamp. */
interface Statement<Body> {
  readonly hlc: number
  readonly device: string
  readonly at: number
  readonly body: Body
}

/** Plain data, as a checkpoint keeps it. Null-prototype: keys are ids from records. */
export interface Directory {
  readonly enrolled: Map<string, Statement<DeviceEnrolledBody>>
  readonly revoked: Map<string, Statement<DeviceRevokedBody>>
  readonly granted: Map<string, Statement<UserGrantedBody>>
  readonly withdrawn: Map<string, Statement<{ readonly user: string }>>
  /** All that was ever said of the roles of a person, oldest first: what was decided before stands. */
  readonly rights: Map<string, readonly Statement<Pick<UserGrantedBody, 'roles'>>[]>
}

export function openDirectory(): Directory {
  return {
    ...{ enrolled: new Map(), revoked: new Map(), granted: new Map() },
    ...{ withdrawn: new Map(), rights: new Map() },
  }
}

/** False when anybody but the server speaks: such a record counts for nothing. */
export function applyDirectory(directory: Directory, record: DirectoryRecord): boolean {
  if (!isServerDevice(record.device)) return false
  switch (record.kind) {
    case 'device-enrolled.v1':
      putLatest(directory.enrolled, record.body.device, statementOf(record, record.body))
      return true
    case 'device-revoked.v1':
      putEarliest(directory.revoked, record.body.device, statementOf(record, record.body))
      return true
    case 'user-granted.v1':
      putLatest(directory.granted, record.body.user, statementOf(record, record.body))
      noteRights(directory, record.body.user, statementOf(record, { roles: record.body.roles }))
      return true
    case 'user-revoked.v1':
      putLatest(directory.withdrawn, record.body.user, statementOf(record, record.body))
      noteRights(directory, record.body.user, statementOf(record, { roles: [] }))
      return true
  }
}

export function directoryView(directory: Directory): DirectoryView {
  return {
    device: (id) => deviceOf(directory, id),
    devices: () =>
      [...directory.enrolled.keys()].sort().flatMap((id) => deviceOf(directory, id) ?? []),
    user: (id) => userOf(directory, id),
    users: () => [...directory.granted.keys()].sort().flatMap((id) => userOf(directory, id) ?? []),
  }
}

function deviceOf(directory: Directory, id: string): DirectoryDevice | undefined {
  const enrolled = directory.enrolled.get(id)
  if (enrolled === undefined) return undefined
  const { code, name, branches, audiences, publicKey } = enrolled.body
  const device = { id, code, name, branches, audiences, publicKey, enrolledAt: enrolled.at }
  const revoked = directory.revoked.get(id)
  if (revoked === undefined) return device
  return { ...device, revoked: { at: revoked.at, reason: revoked.body.reason } }
}

function userOf(directory: Directory, id: string): DirectoryUser | undefined {
  const granted = directory.granted.get(id)
  if (granted === undefined) return undefined
  const withdrawn = directory.withdrawn.get(id)
  const isRevoked = withdrawn !== undefined && isLater(withdrawn, granted)
  return { id, name: granted.body.name, roles: granted.body.roles, isRevoked }
}

function statementOf<Body>(record: RecordOf<DirectoryKind>, body: Body): Statement<Body> {
  return { hlc: record.hlc, device: record.device, at: record.at, body }
}

function noteRights(
  { rights }: Directory,
  user: string,
  said: Statement<Pick<UserGrantedBody, 'roles'>>,
): void {
  const known = rights.get(user) ?? []
  if (known.some(({ hlc, device }) => hlc === said.hlc && device === said.device)) return
  rights.set(
    user,
    [...known, said].sort((a, b) => (isLater(a, b) ? 1 : -1)),
  )
}

function putLatest<Body>(
  statements: Map<string, Statement<Body>>,
  id: string,
  said: Statement<Body>,
): void {
  const known = statements.get(id)
  if (known === undefined || isLater(said, known)) statements.set(id, said)
}

function putEarliest<Body>(
  statements: Map<string, Statement<Body>>,
  id: string,
  said: Statement<Body>,
): void {
  const known = statements.get(id)
  if (known === undefined || isLater(known, said)) statements.set(id, said)
}

function isLater(a: Statement<unknown>, b: Statement<unknown>): boolean {
  return a.hlc > b.hlc || (a.hlc === b.hlc && a.device > b.device)
}
