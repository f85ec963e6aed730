/** Who may see and do what: pure functions of grants, devices and document names. */
import { type Audience, audiences } from '#domain/records/audience.ts'
import type { Role } from '#domain/records/kinds.ts'
import { audiencesOfRoles } from '#domain/records/role-audiences.ts'
import type { DocumentName } from '#domain/replica/document-name.ts'
import type { Device, Grant, User } from './directory.ts'

/**
 * What somebody with these grants may read in a branch (`all`: in every branch, those to come too).
 */
function audiencesIn(grants: readonly Grant[], branch: string): readonly Audience[] {
  const held = grants.filter((grant) => grant.branch === branch || grant.branch === 'all')
  return audiencesOfRoles(held.map(({ role }) => role))
}

/** Whether the person may read everything that a device with this reach holds. */
export function mayHold(
  grants: readonly Grant[],
  reach: Pick<Device, 'branches' | 'audiences'>,
): boolean {
  const readable = audiencesWithin(grants, reach.branches)
  return reach.audiences.every((audience) => readable.includes(audience))
}

/** The branches in which a person has a role; `all` stands for every one. */
export function branchesOfGrants(grants: readonly Grant[]): readonly string[] {
  const named = new Set(grants.map(({ branch }) => branch))
  return named.has('all') ? ['all'] : [...named]
}

/** What a person may read in every one of these branches. */
export function audiencesWithin(
  grants: readonly Grant[],
  branches: readonly string[],
): readonly Audience[] {
  return audiences.filter((audience) =>
    branches.every((branch) => audiencesIn(grants, branch).includes(audience)),
  )
}

export type Access = 'write' | 'read' | 'none'

export interface Company {
  readonly id: string | undefined
  readonly branches: ReadonlyMap<string, unknown>
}

/**
 * [S1] What a device may do with a document. Organisations never meet: another one's name opens
 * nothing.
 */
export function accessTo(name: DocumentName, device: Device, company: Company): Access {
  if (name.org !== company.id || !reaches(device, name.branch)) return 'none'
  // A device of all branches could otherwise open documents of branches it made up.
  if (name.branch !== 'all' && !company.branches.has(name.branch)) return 'none'
  switch (name.kind) {
    case 'journal':
      if (!device.audiences.includes(name.audience)) return 'none'
      return name.device === device.id ? 'write' : 'read'
    case 'desk':
      return device.audiences.includes(name.audience) ? 'write' : 'none'
    case 'heads':
    case 'presence':
      return 'read'
  }
}

/**
 * Whether a person administers users and devices of these branches: owners everything, managers
 * their branches.
 */
export function mayManage(user: User, branches: readonly string[]): boolean {
  if (isOwner(user)) return true
  return (
    branches.length > 0 &&
    branches.every((branch) =>
      user.roles.some(
        (grant) => grant.role === 'manager' && (grant.branch === branch || grant.branch === 'all'),
      ),
    )
  )
}

/** Who closes months of a branch and takes a closing back. */
export function mayClose(user: User, branch: string): boolean {
  return user.roles.some(
    (grant) =>
      (grant.role === 'finance' || grant.role === 'owner') &&
      (grant.branch === branch || grant.branch === 'all'),
  )
}

export function isOwner(user: User): boolean {
  return user.roles.some(({ role }) => role === 'owner')
}

/** Roles that only an owner hands out. */
const ownersRoles: ReadonlySet<Role> = new Set(['owner', 'manager', 'finance'])

export function mayGrant(user: User, grants: readonly Grant[]): boolean {
  if (isOwner(user)) return true
  const branches = grants.map(({ branch }) => branch)
  return mayManage(user, branches) && !grants.some(({ role }) => ownersRoles.has(role))
}

/** Company documents concern every device; a branch's those that were given the branch. */
function reaches(device: Device, branch: string): boolean {
  return branch === 'all' || device.branches.includes('all') || device.branches.includes(branch)
}
