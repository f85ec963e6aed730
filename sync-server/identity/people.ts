/** People: added, granted roles, revoked, by owners and, within their branches, managers. */
import { done, fail, type Result } from '#domain/values/result.ts'
import type { Directory, Grant, User } from './directory.ts'
import type { IdentityParts } from './parts.ts'
import { type BusyProblem, hashPassword } from './password.ts'
import { isOwner, mayGrant, mayHold } from './rights.ts'
import { sessionsOf } from './sessions.ts'
import { grantDraft } from './set-up.ts'

export interface NewUser {
  readonly login: string
  readonly name: string
  readonly password: string
  readonly roles: readonly Grant[]
}

export type PeopleProblem =
  | BusyProblem
  | { readonly code: 'not-allowed' | 'user-unknown' | 'branch-unknown' }
  | { readonly code: 'login-taken' | 'last-owner' }

export async function addUser(
  parts: IdentityParts,
  actor: User,
  { login, name, password, roles }: NewUser,
): Promise<Result<User, PeopleProblem>> {
  const { directory, registrar, uuid } = parts
  const hashed = await hashPassword(password)
  if (!hashed.ok) return hashed
  return registrar.inTurn(async () => {
    if (!mayGrant(actor, roles)) return fail({ code: 'not-allowed' })
    if (hasUnknownBranch(directory, roles)) return fail({ code: 'branch-unknown' })
    if (directory.userByLogin(login) !== undefined) return fail({ code: 'login-taken' })
    const id = uuid()
    const user: User = { id, login, name, password: hashed.value, roles, isRevoked: false }
    await registrar.write({
      rows: [{ kind: 'user', value: user }],
      drafts: [grantDraft(user, actor)],
    })
    return done(user)
  })
}

/** Replaces the roles of a person; sessions on devices that now hold too much end. */
export function grantRoles(
  parts: IdentityParts,
  actor: User,
  userId: string,
  roles: readonly Grant[],
): Promise<Result<User, PeopleProblem>> {
  const { directory, registrar } = parts
  return registrar.inTurn(async () => {
    const user = directory.users.get(userId)
    if (user === undefined) return fail({ code: 'user-unknown' })
    if (!mayGrant(actor, [...user.roles, ...roles])) return fail({ code: 'not-allowed' })
    if (hasUnknownBranch(directory, roles)) return fail({ code: 'branch-unknown' })
    const granted: User = { ...user, roles }
    if (isLastOwner(directory, user) && !isOwner(granted)) return fail({ code: 'last-owner' })
    await registrar.write({
      rows: [{ kind: 'user', value: granted }],
      drafts: [grantDraft(granted, actor)],
      endedSessions: sessionsOf(directory.sessions.values(), ({ user: id, device }) => {
        const held = directory.devices.get(device)
        return id === userId && held !== undefined && !mayHold(roles, held)
      }),
    })
    return done(granted)
  })
}

export function revokeUser(
  parts: IdentityParts,
  actor: User,
  userId: string,
): Promise<Result<undefined, PeopleProblem>> {
  const { directory, registrar } = parts
  return registrar.inTurn(async () => {
    const user = directory.users.get(userId)
    if (user === undefined) return fail({ code: 'user-unknown' })
    if (!mayGrant(actor, user.roles)) return fail({ code: 'not-allowed' })
    if (isLastOwner(directory, user)) return fail({ code: 'last-owner' })
    await registrar.write({
      rows: [{ kind: 'user', value: { ...user, isRevoked: true } }],
      drafts: [{ kind: 'user-revoked.v1', by: actor.id, body: { user: userId } }],
      endedSessions: sessionsOf(directory.sessions.values(), ({ user: id }) => id === userId),
    })
    return done(undefined)
  })
}

/**
 * A new password, set by whoever may grant the person's roles or by the person; all sessions of the
 * person end.
 */
export async function changePassword(
  parts: IdentityParts,
  actor: User,
  userId: string,
  password: string,
): Promise<Result<undefined, PeopleProblem>> {
  const { directory, registrar } = parts
  const hashed = await hashPassword(password)
  if (!hashed.ok) return hashed
  return registrar.inTurn(async () => {
    const user = directory.users.get(userId)
    if (user === undefined) return fail({ code: 'user-unknown' })
    if (actor.id !== userId && !mayGrant(actor, user.roles)) return fail({ code: 'not-allowed' })
    await registrar.write({
      rows: [{ kind: 'user', value: { ...user, password: hashed.value } }],
      endedSessions: sessionsOf(directory.sessions.values(), ({ user: id }) => id === userId),
    })
    return done(undefined)
  })
}

function hasUnknownBranch(directory: Directory, roles: readonly Grant[]): boolean {
  return roles.some(({ branch }) => branch !== 'all' && !directory.branches.has(branch))
}

/** Without an owner nobody could ever grant anything again. */
function isLastOwner(directory: Directory, user: User): boolean {
  const owners = [...directory.users.values()].filter((one) => isOwner(one) && !one.isRevoked)
  return owners.length === 1 && owners[0]?.id === user.id
}
