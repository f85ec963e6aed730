/**
 * The first act of an empty server: the organisation, its branches with a warehouse each, its first
 * people.
 */
import type { Role } from '#domain/records/kinds.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { OwnDraft } from '../journals/own-journals.ts'
import type { Branch, DirectoryRow, Organization, User } from './directory.ts'
import type { IdentityParts } from './parts.ts'
import { type BusyProblem, hashPassword } from './password.ts'

export interface NewPerson {
  readonly login: string
  readonly name: string
  readonly password: string
  readonly role: Role
  /** Index of the branch in `branches`; without it the role holds everywhere. */
  readonly branch?: number
}

export interface NewOrganization {
  readonly company: { readonly name: string; readonly taxpayer: 'general' | 'small' }
  /** At least one; codes are given in order where they are missing. */
  readonly branches: readonly { readonly name: string; readonly code?: string | undefined }[]
  readonly people: readonly NewPerson[]
  readonly isDemonstration?: true
}

export interface FoundedOrganization {
  readonly organization: Organization
  readonly branches: readonly Branch[]
  /** In the order of `branches`: the one warehouse of each. */
  readonly warehouseIds: readonly string[]
  readonly users: readonly User[]
}

export type SetUpProblem = BusyProblem | { readonly code: 'already-set-up' }

/** What every branch begins with; renamed like any master. */
const firstWarehouse = { name: '主仓', code: '01' } as const

export function setUp(
  parts: IdentityParts,
  wanted: NewOrganization,
): Promise<Result<FoundedOrganization, SetUpProblem>> {
  const { directory, registrar } = parts
  return registrar.inTurn(async () => {
    if (directory.organization !== undefined) return fail({ code: 'already-set-up' })
    const founded = await found(parts, wanted)
    if (!founded.ok) return founded
    const { organization, branches, users } = founded.value
    const rows: DirectoryRow[] = [
      { kind: 'organization', value: organization },
      ...branches.map((value): DirectoryRow => ({ kind: 'branch', value })),
      ...users.map((value): DirectoryRow => ({ kind: 'user', value })),
    ]
    const drafts = [mastersOf(founded.value, wanted), ...users.map((user) => grantDraft(user))]
    await registrar.write({ rows, drafts, organization })
    return founded
  })
}

async function found(
  { uuid }: IdentityParts,
  wanted: NewOrganization,
): Promise<Result<FoundedOrganization, BusyProblem>> {
  const branches = wanted.branches.map(({ name, code }, index): Branch => {
    return { id: uuid(), name, code: code ?? String(index + 1).padStart(3, '0') }
  })
  const users: User[] = []
  for (const { login, name, password, role, branch } of wanted.people) {
    const hashed = await hashPassword(password)
    if (!hashed.ok) return hashed
    const place = branch === undefined ? 'all' : (branches[branch]?.id ?? 'all')
    const roles = [{ branch: place, role }]
    users.push({ id: uuid(), login, name, password: hashed.value, roles, isRevoked: false })
  }
  const { company, isDemonstration } = wanted
  const kind = isDemonstration === undefined ? {} : { isDemonstration }
  const organization = { id: uuid(), name: company.name, epoch: 1, ...kind }
  return done({ organization, branches, users, warehouseIds: branches.map(() => uuid()) })
}

function mastersOf(founded: FoundedOrganization, { company }: NewOrganization): OwnDraft {
  const { organization, branches, warehouseIds } = founded
  const changes: Json[] = [{ entity: 'company', id: organization.id, fields: { ...company } }]
  for (const [index, { id, code, name }] of branches.entries()) {
    changes.push({ entity: 'branch', id, fields: { code, name } })
    const fields = { ...firstWarehouse, branchId: id }
    changes.push({ entity: 'warehouse', id: warehouseIds[index] ?? '', fields })
  }
  return { kind: 'masters-changed.v1', body: { changes } }
}

/** The record that says what a person may do; `by` is who says it. */
export function grantDraft({ id, name, roles }: User, by?: User): OwnDraft {
  const grants = roles.map(({ branch, role }) => ({ branch, role }))
  const draft = { kind: 'user-granted.v1', body: { user: id, name, roles: grants } }
  return by === undefined ? draft : { ...draft, by: by.id }
}
