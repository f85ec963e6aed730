/**
 * 补录权限 (the right to backdate): how many days back people may date a document whom the company has not trusted
 * with its books. Closed months are another check.
 */

import { zoneOf } from '#domain/masters/company.ts'
import { integerOf } from '#domain/masters/master-field.ts'
import type { Role } from '#domain/records/kinds.ts'
import { addDays, businessDateOf, daysBetween } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { PostProblem } from './define.ts'
import type { PostContext } from './post.ts'

const trusted: readonly Role[] = ['owner', 'manager', 'finance']

/** [PST4] Undefined where the moment is near enough, the person is trusted, or the company sets no limit. */
export function backdateProblem(
  { masters, actor, at: now }: Pick<PostContext, 'masters' | 'actor' | 'at'>,
  at: Instant,
): PostProblem | undefined {
  const [company] = masters.list('company')
  const days = company && integerOf(company.fields, 'backdateDays')
  if (company === undefined || days === undefined) return undefined
  if (actor.roles.some((role) => trusted.includes(role))) return undefined
  const [on, today] = [at, now].map((moment) => businessDateOf(moment, zoneOf(company.fields)))
  if (on === undefined || today === undefined || daysBetween(on, today) <= days) return undefined
  return { code: 'backdated-too-far', field: 'at', days, earliest: addDays(today, 0 - days) }
}
