/** The months (会计月) that cut a chain: moments of the company's zone, for records of any moment. */

import { addDays, businessDate, businessDateOf, startOf } from '#domain/values/business-date.ts'
import type { Zone } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'

/** The first moment of a month and that of the next one, ms. */
export interface MonthSpan {
  readonly from: number
  readonly until: number
}

/** Moments outside these years belong to no calendar: each side is one month. */
const firstDay = businessDate('1970-02-01')
const lastDay = businessDate('2247-12-01')

export function monthSpan(at: number, zone: Zone): MonthSpan {
  const earliest = startOf(firstDay, zone)
  const latest = startOf(lastDay, zone)
  if (at < earliest) return { from: Number.NEGATIVE_INFINITY, until: earliest }
  if (at >= latest) return { from: latest, until: Number.POSITIVE_INFINITY }
  const first = `${businessDateOf(at as Instant, zone).slice(0, 7)}-01`
  const nextMonth = addDays(businessDate(first), 31)
  const next = businessDate(`${nextMonth.slice(0, 7)}-01`)
  return { from: startOf(businessDate(first), zone), until: startOf(next, zone) }
}
