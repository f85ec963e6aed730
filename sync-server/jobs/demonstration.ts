/**
 * 示范公司 (demonstration company): a small chain of three branches with one login per role, for
 * looking around and for training.
 */
import { done, type Result } from '#domain/values/result.ts'
import type { ApiProblem } from '../api/answers.ts'
import { demonstrationBranches, demonstrationPeople } from '../identity/demonstration-people.ts'
import type { DemonstrationTools } from './demonstration-tools.ts'
import { postDemonstrationTrade } from './demonstration-trade.ts'

export async function createDemonstration(
  tools: DemonstrationTools,
): Promise<Result<Record<never, never>, ApiProblem>> {
  const founded = await tools.found({
    company: { name: '连仓示范公司', taxpayer: 'general' },
    branches: demonstrationBranches,
    people: demonstrationPeople,
    isDemonstration: true,
  })
  if (!founded.ok) return founded
  await postDemonstrationTrade(tools, founded.value)
  return done({})
}
