/** Where and as whom the demonstration company is entered: one login per role, and its passwords are no secrets. */
import type { NewPerson } from './set-up.ts'

const password = 'liancang'

export const demonstrationBranches = [{ name: '总店' }, { name: '东街店' }, { name: '西站店' }]

/** Roles of the branches stand at the first one; owner and finance see all three. */
export const demonstrationPeople: readonly NewPerson[] = [
  { login: 'owner', name: '老板', role: 'owner', password },
  { login: 'finance', name: '财务', role: 'finance', password },
  { login: 'manager', name: '店长', role: 'manager', password, branch: 0 },
  { login: 'buyer', name: '采购员', role: 'buyer', password, branch: 0 },
  { login: 'seller', name: '业务员', role: 'seller', password, branch: 0 },
  { login: 'keeper', name: '仓管员', role: 'keeper', password, branch: 0 },
]

export interface DemonstrationLogin {
  readonly login: string
  readonly role: string
  readonly password: string
}

export const demonstrationLogins: readonly DemonstrationLogin[] = demonstrationPeople.map(
  ({ login, role }) => ({ login, role, password }),
)
