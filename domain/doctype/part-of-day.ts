/**
 * 营业前, 营业后: a document whose header says so (`partOfDayField`) stands at the beginning or the end of its
 * business day (营业日切点), whenever it was typed. Paper says a day and no moment.
 */

import { zoneOf } from '#domain/masters/company.ts'
import { addDays, businessDateOf, startOf } from '#domain/values/business-date.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import type { DraftDocument } from './define.ts'
import { choice, optional } from './fields.ts'
import type { MasterReader } from './readers.ts'

/** For the header, under the name `partOfDay`. */
export function partOfDayField() {
  return optional(
    choice(['纸质盘点时点', 'Paper count taken'], {
      before: ['营业前', 'Before business'],
      after: ['营业后', 'After business'],
    }),
  )
}

/**
 * [PST5] The draft at that moment, its lines without moments of their own; as it is where its header says nothing.
 * The end of a day that is not over is now.
 */
export function atPartOfDay(
  draft: DraftDocument,
  masters: MasterReader,
  now: Instant,
): DraftDocument {
  const { partOfDay } = draft.header
  if (partOfDay !== 'before' && partOfDay !== 'after') return draft
  const [company] = masters.list('company')
  const zone = zoneOf(company?.fields ?? {})
  const day = businessDateOf(draft.at ?? now, zone)
  const first = startOf(day, zone)
  const last = instant(startOf(addDays(day, 1), zone) - 1)
  const end = first <= now && now < last ? now : last
  return {
    ...draft,
    at: partOfDay === 'before' ? first : end,
    lines: draft.lines.map(({ countedAt: _at, countedFrom: _from, ...line }) => line),
  }
}
