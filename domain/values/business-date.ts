/**
 * 业务日期 (business date) and 会计月 (month): calendar days of the company, which may begin after
 * midnight (营业日切点). Pure Gregorian arithmetic; time zones are fixed offsets given by the caller.
 */

import { assert } from './assert.ts'
import type { Brand } from './brand.ts'
import { type Instant, instant } from './instant.ts'

/** 'yyyy-mm-dd', a real day of the years 1970–2247; texts compare as days do. */
export type BusinessDate = Brand<string, 'BusinessDate'>
/** 'yyyy-mm'; texts compare as months do. */
export type Month = Brand<string, 'Month'>

export interface Zone {
  /** Minutes that local time is ahead of UTC: 480 in China. */
  readonly offsetMinutes: number
  /** Minutes after local midnight at which the business day begins; 0..1,439. */
  readonly cutOffMinutes: number
}

const dayMs = 86_400_000
const minuteMs = 60_000
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const monthPattern = /^(19[7-9]\d|2[01]\d{2}|22[0-3]\d|224[0-7])-(0[1-9]|1[0-2])$/

export function isMonth(text: string): boolean {
  return monthPattern.test(text)
}

export function isBusinessDate(text: string): boolean {
  return isMonth(text.slice(0, 7)) && datePattern.test(text) && dateOfDay(dayOf(text)) === text
}

export function businessDate(text: string): BusinessDate {
  assert(isBusinessDate(text), `not a date: ${text}`)
  return text as BusinessDate
}

export function month(text: string): Month {
  assert(isMonth(text), `not a month: ${text}`)
  return text as Month
}

export function businessDateOf(at: Instant, zone: Zone): BusinessDate {
  const shiftMs = (zone.offsetMinutes - zone.cutOffMinutes) * minuteMs
  return businessDate(dateOfDay(Math.floor((at + shiftMs) / dayMs)))
}

/** The first moment of the business day. Days before 1970-01-02 may have none. */
export function startOf(date: BusinessDate, zone: Zone): Instant {
  return instant(dayOf(date) * dayMs + (zone.cutOffMinutes - zone.offsetMinutes) * minuteMs)
}

export function addDays(date: BusinessDate, days: number): BusinessDate {
  return businessDate(dateOfDay(dayOf(date) + days))
}

/** Days from `before` to `after`; negative when `after` is the earlier. */
export function daysBetween(before: BusinessDate, after: BusinessDate): number {
  return dayOf(after) - dayOf(before)
}

export function monthOf(date: BusinessDate): Month {
  return date.slice(0, 7) as Month
}

export function nextMonth(month: Month): Month {
  return monthOf(addDays(businessDate(`${month}-28`), 4))
}

/** Days since 1970-01-01, counted in years that begin in March so that the leap day comes last. */
function dayOf(date: string): number {
  const [, year = '', monthText = '', day = ''] = datePattern.exec(date) ?? []
  const shifted = Number(monthText) <= 2 ? Number(year) - 1 : Number(year)
  const marchMonth = (Number(monthText) + 9) % 12
  const century = Math.floor(shifted / 100)
  const leapDays = Math.floor(shifted / 4) - century + Math.floor(century / 4)
  return shifted * 365 + leapDays + Math.floor((153 * marchMonth + 2) / 5) + Number(day) - 719_469
}

/** Inverse of `dayOf`, by 400-year eras of 146,097 days. */
function dateOfDay(day: number): string {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const monthNumber = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (monthNumber <= 2 ? 1 : 0)
  return [String(year).padStart(4, '0'), padded(monthNumber), padded(dayOfMonth)].join('-')
}

function padded(value: number): string {
  return String(value).padStart(2, '0')
}
