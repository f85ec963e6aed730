/**
 * 示范公司 (demonstration company): a small chain of three branches with one login per role, for
 * looking around and for training. Its people and passwords are no secrets.
 */
import { done, type Result } from '#domain/values/result.ts'
import type { ApiProblem } from '../api/answers.ts'
import type { DemonstrationLogin } from '../api/set-up.ts'
import type { NewPerson } from '../identity/set-up.ts'
import type { DemonstrationTools } from './demonstration-tools.ts'
import { postDemonstrationTrade } from './demonstration-trade.ts'

const password = 'liancang'

const branches = [{ name: '总店' }, { name: '东街店' }, { name: '西站店' }]

/** Roles of the branches stand at the first one; owner and finance see all three. */
const people: readonly NewPerson[] = [
  { login: 'owner', name: '老板', role: 'owner', password },
  { login: 'finance', name: '财务', role: 'finance', password },
  { login: 'manager', name: '店长', role: 'manager', password, branch: 0 },
  { login: 'buyer', name: '采购员', role: 'buyer', password, branch: 0 },
  { login: 'seller', name: '业务员', role: 'seller', password, branch: 0 },
  { login: 'keeper', name: '仓管员', role: 'keeper', password, branch: 0 },
]

export async function createDemonstration(
  tools: DemonstrationTools,
): Promise<Result<{ readonly logins: readonly DemonstrationLogin[] }, ApiProblem>> {
  const company = { name: '连仓示范公司', taxpayer: 'general' } as const
  const founded = await tools.found({ company, branches, people })
  if (!founded.ok) return founded
  await postDemonstrationTrade(tools, founded.value)
  return done({ logins: people.map(({ login, role }) => ({ login, role, password })) })
}
