import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, businessDate } from '#domain/values/business-date.ts'
import { formatNumber } from './numbering.ts'

const given = {
  prefix: 'XSCK',
  date: businessDate('2026-11-22'),
  branchCode: '002',
  deviceCode: 'A7',
  counter: 7,
}

it('[NUM1] reads as people say it', () => {
  expect(formatNumber(given)).toBe('XSCK261122-002-A7-0007')
  expect(formatNumber({ ...given, counter: 12_345 })).toBe('XSCK261122-002-A7-12345')
  expect(() => formatNumber({ ...given, counter: 0 })).toThrow(/start at 1/)
})

it('[NUM2] is another for another device, day or count', () => {
  const one = fc.record({
    prefix: fc.constantFrom('XSCK', 'LSCK', 'BSD'),
    date: fc.nat(20_000).map((days) => addDays(businessDate('1995-01-01'), days)),
    branchCode: fc.constantFrom('001', '002'),
    deviceCode: fc.constantFrom('A7', 'A8'),
    counter: fc.integer({ min: 1, max: 20_000 }),
  })
  fc.assert(
    fc.property(one, one, (a, b) => {
      const isSame = JSON.stringify(a) === JSON.stringify(b)
      expect(formatNumber(a) === formatNumber(b)).toBe(isSame)
    }),
  )
})
