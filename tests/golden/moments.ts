/** When an operation of the ledger takes effect: its date and time, else the usual time of its kind. */

import { businessDate, startOf, type Zone } from '#domain/values/business-date.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import { CaseProblem, type Operation } from './read-cases.ts'

/** China, midnight: what a company has until it says otherwise. */
export const zone: Zone = { offsetMinutes: 480, cutOffMinutes: 0 }

const dayMs = 86_400_000
const minuteMs = 60_000
/** 23:59:59. */
const endOfDayMs = dayMs - 1_000

/** A date without a time (`architecture` [F4]): receipts and counts at its start, issues at its end. */
const usualMs: Readonly<Record<string, number>> = {
  transfer: dayMs / 2,
  convert: dayMs / 2,
  out: endOfDayMs,
  return_out: endOfDayMs,
  landed: endOfDayMs,
  bill: endOfDayMs,
  revalue: endOfDayMs,
  close: endOfDayMs,
}

/** [F4] The order of kinds at one moment. */
const classes = [
  ...['fallback_rate', 'change_method', 'in', 'return_in', 'count', 'out', 'return_out'],
  ...['bill', 'landed', 'revalue', 'transfer', 'convert', 'close'],
]

export function dayStart(day: string): Instant {
  return startOf(businessDate(day.slice(0, 10)), zone)
}

/** The last millisecond of a day. */
export function dayEnd(day: string): Instant {
  return instant(dayStart(day) + dayMs - 1)
}

export function momentOf({ op, at }: Operation): Instant {
  if (typeof at !== 'string') throw new CaseProblem(`${op}: no date`)
  const [hours, minutes = '0', seconds = '0'] = at.split('T')[1]?.split(':') ?? []
  if (hours === undefined) return instant(dayStart(at) + (usualMs[op] ?? 0))
  const time = Number(hours) * 60 * minuteMs + Number(minutes) * minuteMs + Number(seconds) * 1_000
  return instant(dayStart(at) + time)
}

/** As the ledger would replay them; operations without a moment of their own are left out. */
export function inEffect(ops: readonly Operation[]): Operation[] {
  return ops
    .filter(({ at }) => at !== undefined)
    .map((op) => ({ op, at: momentOf(op), rank: classes.indexOf(op.op) }))
    .sort((a, b) => a.at - b.at || a.rank - b.rank || a.op.n - b.op.n)
    .map(({ op }) => op)
}
