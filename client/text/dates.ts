/**
 * Moments and days in fixed formats, in the company's time zone (never the browser's), and spans in
 * words. Takes the present moment as an argument so that tests and old screens agree.
 */
import type { BusinessDate, Zone } from '#domain/values/business-date.ts'
import type { Instant } from '#domain/values/instant.ts'
import { language } from './language.ts'
import { t } from './translate.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** `2026-11-22 14:05` at the company's wall clock. */
export function momentText(at: Instant, zone: Pick<Zone, 'offsetMinutes'>): string {
  const local = wallClock(at, zone)
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`
}

/** `14:05` today, `11-20 14:05` this year, `2025-11-20` before. */
export function shortMomentText(
  at: Instant,
  now: Instant,
  zone: Pick<Zone, 'offsetMinutes'>,
): string {
  const local = wallClock(at, zone)
  const present = wallClock(now, zone)
  if (local.slice(0, 10) === present.slice(0, 10)) return local.slice(11, 16)
  if (local.slice(0, 4) === present.slice(0, 4))
    return `${local.slice(5, 10)} ${local.slice(11, 16)}`
  return local.slice(0, 10)
}

/** `11月22日 周日` or `Sun 22 Nov`: a business date as a heading says it. */
export function dayText(date: BusinessDate): string {
  const at = Date.parse(`${date}T00:00:00Z`)
  const weekday = new Date(at).getUTCDay()
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8, 10))
  if (language() === 'en') return `${weekdaysEn[weekday]} ${day} ${monthsEn[month - 1]}`
  return `${month}月${day}日 周${weekdaysZh[weekday]}`
}

/** `2 小时`: a span in its largest whole unit. */
export function spanText(spanMs: number): string {
  const span = Math.max(0, spanMs)
  if (span < minuteMs) return t('time.seconds', Math.floor(span / 1000))
  if (span < hourMs) return t('time.minutes', Math.floor(span / minuteMs))
  if (span < dayMs) return t('time.hours', Math.floor(span / hourMs))
  return t('time.days', Math.floor(span / dayMs))
}

/** `3 分钟前`, or 刚刚 within the first half minute. */
export function agoText(at: Instant, now: Instant): string {
  return now - at < minuteMs / 2 ? t('time.justNow') : t('time.ago', spanText(now - at))
}

function wallClock(at: Instant, zone: Pick<Zone, 'offsetMinutes'>): string {
  return new Date(at + zone.offsetMinutes * minuteMs).toISOString()
}

const weekdaysZh = ['日', '一', '二', '三', '四', '五', '六']
const weekdaysEn = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const monthsEn = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
]
