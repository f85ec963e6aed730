import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from './decimal-text.ts'

function read(text: string, decimals = 4): unknown {
  const parsed = parseDecimal(text, decimals)
  return parsed.ok ? parsed.value : parsed.problem.code
}

describe('decimal text', () => {
  it('[DEC1] reads digits exactly', () => {
    expect(read('2.5')).toBe(25_000)
    expect(read('+.5')).toBe(5_000)
    expect(read('5.')).toBe(50_000)
    expect(read('-0.0001')).toBe(-1)
    expect(Object.is(read('-0'), 0)).toBe(true)
    expect(read('0.07', 2)).toBe(7)
    expect(read('9007199254740991', 0)).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('[DEC1] refuses everything that is not digits', () => {
    for (const text of [
      '',
      '.',
      '-',
      '+-1',
      '1e3',
      '1,000',
      ' 1',
      '0x10',
      '１',
      '1.2.3',
      'NaN',
      '٣',
    ]) {
      expect([text, read(text)]).toEqual([text, 'not-a-number'])
    }
    expect(read('9007199254740992', 0)).toBe('number-too-large')
    expect(read('9'.repeat(400), 0)).toBe('number-too-large')
  })

  it('[DEC2] takes more places only when they are zeros', () => {
    expect(read('1.50000000')).toBe(15_000)
    expect(read('1.00001')).toBe('too-many-decimals')
  })

  it('[DEC1] writes with and without zeros and thousands', () => {
    expect(formatDecimal(25_000, 4)).toBe('2.5000')
    expect(formatDecimal(25_000, 4, { trim: true })).toBe('2.5')
    expect(formatDecimal(-20_000, 4, { trim: true })).toBe('-2')
    expect(formatDecimal(123_456_789, 2, { group: true })).toBe('1,234,567.89')
    expect(formatDecimal(99_999, 2, { group: true })).toBe('999.99')
    expect(formatDecimal(-7, 2)).toBe('-0.07')
    expect(formatDecimal(0, 0)).toBe('0')
    expect(() => formatDecimal(0.5, 2)).toThrow('safe integer')
  })

  it('[DEC1] agrees with exact decimals both ways', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 8 }), (scaled, decimals) => {
        const text = formatDecimal(scaled, decimals)
        expect(text).toBe(new Decimal(scaled).div(new Decimal(10).pow(decimals)).toFixed(decimals))
        expect(read(text, decimals)).toBe(scaled)
        expect(read(formatDecimal(scaled, decimals, { trim: true }), decimals)).toBe(scaled)
      }),
    )
  })
})
