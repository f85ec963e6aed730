import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountOf, codeOf, dateOf, lineOf, numberOf, percentOf, yesOrNoOf } from './cells.ts'

type Read = { ok: true; value: unknown } | { ok: false; problem: { code: string } }

function outcome(read: Read): unknown {
  return read.ok ? read.value : read.problem.code
}

describe('cells', () => {
  it('[EXC1] leaves formulas and commands as they are', () => {
    for (const text of ['=1+1', "=cmd|' /C calc'!A0", '@SUM(A1)', '+86', '-x']) {
      expect(outcome(lineOf(text))).toBe(text)
    }
    expect(outcome(numberOf('=1+1', 2))).toBe('not-a-number')
    expect(outcome(codeOf('=1+1'))).toBe('=1+1')
  })

  it('[EXC1] tidies text and nothing more', () => {
    expect(outcome(lineOf('\ufeff 可口\u00a0可乐\r\n330ml\u200b '))).toBe('可口 可乐 330ml')
    expect(outcome(lineOf('（大）'))).toBe('（大）')
    expect(outcome(lineOf('a\ud800b'))).toBe('ab')
    expect(outcome(lineOf('x'.repeat(201)))).toBe('text-too-long')
  })

  it('[EXC2] keeps the digits of codes', () => {
    expect(outcome(codeOf('2001.0'))).toBe('2001')
    expect(outcome(codeOf('13000000000'))).toBe('13000000000')
    expect(outcome(codeOf("'0071"))).toBe('0071')
    expect(outcome(codeOf('００７１'))).toBe('0071')
    expect(outcome(codeOf('A.0'))).toBe('A.0')
    for (const lost of ['6.90123E+12', '6.9e12', '1E15', '1.2345678901234568e+17']) {
      expect([lost, outcome(codeOf(lost))]).toEqual([lost, 'code-in-exponent-form'])
    }
    expect(outcome(codeOf('12E34'))).toBe('12E34') // a code with a letter, not an exponent
  })

  it('[EXC3] reads numbers exactly', () => {
    const read = (cell: string) => outcome(numberOf(cell, 4))
    expect(read('1,234.50')).toBe(12_345_000)
    expect(read('￥１２．５')).toBe(125_000)
    expect(read('-¥12 元')).toBe(-120_000)
    expect(read('1.5E-3')).toBe(15)
    expect(read('5E2')).toBe(5_000_000)
    expect(read('2.5499999999999998')).toBe(25_500)
    expect(read('0.30000000000000004')).toBe(3_000)
    expect(read('0.07')).toBe(700)
    expect(read('9999.99999999999')).toBe('too-many-decimals')
    expect(read('0.00001')).toBe('too-many-decimals')
    for (const bad of [
      '',
      '.',
      '1,23',
      '12,34.5',
      '1.2.3',
      'abc',
      '1e400',
      '0x10',
      '１２个',
      '--1',
    ]) {
      expect([bad, read(bad)]).toEqual([bad, 'not-a-number'])
    }
    expect(read('9007199254740993')).toBe('number-too-large')
    expect(read('1E99')).toBe('number-too-large')
    expect(outcome(amountOf('-1', 2))).toBe('number-negative')
    expect(outcome(percentOf('13%'))).toBe(1_300)
    expect(outcome(percentOf('7'))).toBe(700)
  })

  it('[EXC3] agrees with exact decimals on what programs write', () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((each) => each + 0)
    fc.assert(
      fc.property(number, (value) => {
        const exact = new Decimal(value).toSignificantDigits(15).times(10_000)
        fc.pre(exact.isInteger())
        expect(outcome(numberOf(String(value), 4))).toBe(exact.toNumber() + 0)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (steps) => {
        // As a float of a spreadsheet would have it.
        expect(outcome(numberOf(String(steps / 10_000), 4))).toBe(steps)
      }),
    )
  })

  it('[EXC3] never throws', () => {
    const digits = fc.array(fc.constantFrom(...'0123456789.,eE+-￥%'), { maxLength: 40 })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          digits.map((all) => all.join('')),
        ),
        (cell) => {
          for (const read of [lineOf, codeOf, percentOf, dateOf, yesOrNoOf]) read(cell)
          numberOf(cell, 6)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('[EXC4] takes a date by its year first', () => {
    const read = (cell: string) => outcome(dateOf(cell))
    expect(read('2026-01-05')).toEqual({ date: '2026-01-05', secondOfDay: 0 })
    expect(read('2026/1/5 8:26')).toEqual({ date: '2026-01-05', secondOfDay: 30_360 })
    expect(read('2026年1月5日')).toEqual({ date: '2026-01-05', secondOfDay: 0 })
    expect(read('2010-12-01 08:26:00')).toEqual({ date: '2010-12-01', secondOfDay: 30_360 })
    for (const bad of [
      '',
      '5/1/2026',
      '01-05-2026',
      '2026-02-30',
      '2026-1-5 25:00',
      '1900-01-00',
      '1970-01-01',
      '46000',
    ]) {
      expect([bad, read(bad)]).toEqual([bad, 'not-a-date'])
    }
  })

  it('[EXC4] takes yes and no in their words', () => {
    expect(['1', '是', '启用', 'TRUE', '１'].map((cell) => outcome(yesOrNoOf(cell)))).not.toContain(
      false,
    )
    expect(['0', '否', '停用', 'no'].map((cell) => outcome(yesOrNoOf(cell)))).not.toContain(true)
    expect(outcome(yesOrNoOf('2'))).toBe('not-yes-or-no')
  })
})
