import { afterEach, describe, expect, it } from 'vitest'
import { businessDate } from '#domain/values/business-date.ts'
import { instant } from '#domain/values/instant.ts'
import { agoText, dayText, momentText, shortMomentText, spanText } from './dates.ts'
import { chooseLanguage } from './language.ts'

const zone = { offsetMinutes: 480 }
/** 2026-11-22 23:30 in China, still the 22nd there and the 22nd in UTC. */
const now = instant(Date.UTC(2026, 10, 22, 15, 30))

afterEach(() => chooseLanguage('zh-CN'))

describe('dates', () => {
  it('shows the wall clock of the company, not of the browser', () => {
    expect(momentText(now, zone)).toBe('2026-11-22 23:30')
    expect(momentText(instant(now + 3_600_000), zone)).toBe('2026-11-23 00:30')
  })

  it('leaves out what is plain: the day today, the year this year', () => {
    expect(shortMomentText(instant(now - 3_600_000), now, zone)).toBe('22:30')
    expect(shortMomentText(instant(now - 48 * 3_600_000), now, zone)).toBe('11-20 23:30')
    expect(shortMomentText(instant(Date.UTC(2025, 0, 2)), now, zone)).toBe('2025-01-02')
  })

  it('says spans in their largest whole unit, in both languages', async () => {
    expect(spanText(2 * 3_600_000 + 59_000)).toBe('2 小时')
    expect(agoText(instant(now - 5_000), now)).toBe('刚刚')
    await chooseLanguage('en')
    expect(spanText(60_000)).toBe('1 minute')
    expect(agoText(instant(now - 3 * 86_400_000), now)).toBe('3 days ago')
  })

  it('heads a day with its weekday', async () => {
    expect(dayText(businessDate('2026-11-22'))).toBe('11月22日 周日')
    await chooseLanguage('en')
    expect(dayText(businessDate('2026-11-22'))).toBe('Sun 22 Nov')
  })
})
