import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  businessDate,
  businessDateOf,
  daysBetween,
  isBusinessDate,
  isMonth,
  month,
  monthOf,
  startOf,
} from './business-date.ts'
import { instant } from './instant.ts'

const china = { offsetMinutes: 480, cutOffMinutes: 0 }
const nightShop = { offsetMinutes: 480, cutOffMinutes: 240 }
const moment = fc.integer({ min: 86_400_000, max: 8_000_000_000_000 }).map(instant)

describe('business date', () => {
  it('[DAY1] follows the offset and the cut-off', () => {
    const at = instant(Date.UTC(2026, 10, 21, 17, 30)) // 22 Nov 01:30 in China
    expect(businessDateOf(at, china)).toBe('2026-11-22')
    expect(businessDateOf(at, nightShop)).toBe('2026-11-21')
    expect(monthOf(businessDateOf(at, china))).toBe('2026-11')
  })

  it('[DAY2] begins at its start', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(china, nightShop), (at, zone) => {
        const date = businessDateOf(at, zone)
        const start = startOf(date, zone)
        expect(start <= at && at - start < 86_400_000).toBe(true)
        expect(businessDateOf(start, zone)).toBe(date)
        expect(businessDateOf(instant(start - 1), zone)).toBe(addDays(date, -1))
      }),
    )
  })

  it('[DAY3] agrees with the calendar of the platform', () => {
    const utc = { offsetMinutes: 0, cutOffMinutes: 0 }
    fc.assert(
      fc.property(moment, (at) => {
        expect(businessDateOf(at, utc)).toBe(new Date(at).toISOString().slice(0, 10))
      }),
      { numRuns: 500 },
    )
    expect(addDays(businessDate('2028-02-28'), 1)).toBe('2028-02-29')
    expect(addDays(businessDate('2100-02-28'), 1)).toBe('2100-03-01')
    expect(daysBetween(businessDate('2026-12-31'), businessDate('2027-01-01'))).toBe(1)
  })

  it('[DAY3] knows real days and months only', () => {
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-1-1',
      '2026-00-10',
      '1969-12-31',
      'x',
      '',
    ]) {
      expect([text, isBusinessDate(text)]).toEqual([text, false])
    }
    expect(isBusinessDate('2028-02-29')).toBe(true)
    expect([isMonth('2026-11'), isMonth('2026-13'), isMonth('2026-1')]).toEqual([
      true,
      false,
      false,
    ])
    expect(() => businessDate('2026-02-30')).toThrow('not a date')
    expect(() => month('2026-00')).toThrow('not a month')
  })

  it('[DAY1] holds moments of 1970 to 2248 only', () => {
    for (const bad of [-1, 0.5, 2 ** 43]) expect(() => instant(bad)).toThrow('instant')
  })
})
