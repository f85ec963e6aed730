/** Which month of a branch can be closed next, and what is not in order in it. Knows no record and no route. */
import type { Finding } from '#domain/fold/finding.ts'
import type { Fold } from '#domain/fold/fold.ts'
import { zoneOf } from '#domain/masters/company.ts'
import {
  businessDate,
  businessDateOf,
  type Month,
  monthOf,
  nextMonth,
  startOf,
  type Zone,
} from '#domain/values/business-date.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import type { Device } from '../identity/directory.ts'

export type ConcernCode =
  | 'device-unseen'
  | 'negative-stock'
  | 'cost-provisional'
  | 'goods-under-way'
  | 'finding-open'

/** Something that a person should have looked at before a month is closed. */
export interface Concern {
  readonly code: ConcernCode
  readonly count: number
  readonly devices?: readonly {
    readonly id: string
    readonly name: string
    readonly lastSeenAt: number
  }[]
  readonly findings?: readonly Finding[]
}

/** Rows that a concern shows. */
const limitShown = 100

export function companyZone(fold: Fold): Zone {
  const [company] = fold.masters.list('company')
  return zoneOf(company?.fields ?? {})
}

/** The first moment after a month. */
export function endOfMonth(month: Month, zone: Zone): Instant {
  return startOf(businessDate(`${nextMonth(month)}-01`), zone)
}

/** Months that can be closed, earliest first: from the first one with records, or open, to the last that is over. */
export function closableMonths(fold: Fold, branch: string, nowMs: number): Month[] {
  const zone = companyZone(fold)
  const openFrom = fold.seals.openFrom(branch) ?? firstMoment(fold, branch)
  if (openFrom === undefined) return []
  const months: Month[] = []
  let month = monthOf(businessDateOf(openFrom, zone))
  while (endOfMonth(month, zone) <= nowMs) {
    months.push(month)
    month = nextMonth(month)
  }
  return months
}

export function concernsOf(
  fold: Fold,
  { branch, until, devices }: { branch: string; until: Instant; devices: readonly Device[] },
): Concern[] {
  const unseen = devices.filter((device) => isUnseen(device, branch, until))
  const open = fold
    .findings()
    .filter((finding) => finding.severity !== 'info' && [branch, 'all'].includes(finding.branch))
  const isOf = (code: string) => (finding: Finding) => finding.code === code
  const others = open.filter(({ code }) => code !== 'negative-stock' && code !== 'provisional-cost')
  return [
    {
      ...concern('device-unseen', []),
      count: unseen.length,
      devices: unseen
        .slice(0, limitShown)
        .map(({ id, name, lastSeenAt }) => ({ id, name, lastSeenAt })),
    },
    concern('negative-stock', open.filter(isOf('negative-stock'))),
    concern('cost-provisional', open.filter(isOf('provisional-cost'))),
    { ...concern('goods-under-way', []), count: sentBefore(fold, branch, until) },
    concern('finding-open', others),
  ].filter(({ count }) => count > 0)
}

/** Dispatches of the month, or of one before, of which something has not arrived: they stay open across the closing. */
function sentBefore(fold: Fold, branch: string, until: Instant): number {
  return fold.transit.open(new Set([branch])).filter(({ at }) => at < until).length
}

function concern(code: Concern['code'], findings: readonly Finding[]): Concern {
  return { code, count: findings.length, findings: findings.slice(0, limitShown) }
}

/** A device that has not spoken since the month ended may hold records of it. */
function isUnseen(device: Device, branch: string, until: Instant): boolean {
  const isOfBranch = device.branches.includes(branch) || device.branches.includes('all')
  return isOfBranch && device.status !== 'revoked' && device.lastSeenAt < until
}

function firstMoment(fold: Fold, branch: string): Instant | undefined {
  const { total } = fold.documents.page({ branch, offset: 0, limit: 0 })
  if (total === 0) return undefined
  const [first] = fold.documents.page({ branch, offset: total - 1, limit: 1 }).rows
  return first === undefined ? undefined : instant(first.at)
}
