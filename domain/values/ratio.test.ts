import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addRatios,
  compareRatios,
  divideRatios,
  floorRatio,
  multiplyRatios,
  parseRatio,
  type Ratio,
  ratio,
  ratioOfScaled,
  roundRatio,
  scaledRatio,
  subtractRatios,
  zeroRatio,
} from './ratio.ts'

const Exact = Decimal.clone({ precision: 80 })
const part = fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n })
const any = fc
  .tuple(
    part,
    part.filter((value) => value !== 0n),
  )
  .map(([a, b]) => ratio(a, b))

function read(text: string): Ratio {
  const parsed = parseRatio(text)
  if (!parsed.ok) throw new Error(`not a ratio: ${text}`)
  return parsed.value
}

describe('ratio', () => {
  it('[RAT1] is kept in lowest terms, the sign above the line', () => {
    expect(ratio(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n })
    expect(ratio(0n, -7n)).toEqual(zeroRatio)
    expect(() => ratio(1n, 0n)).toThrow('division by zero')
  })

  it('[RAT1] adds, subtracts, multiplies and divides without losing anything', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(subtractRatios(addRatios(a, b), b)).toEqual(a)
        fc.pre(b.numerator !== 0n)
        expect(multiplyRatios(divideRatios(a, b), b)).toEqual(a)
        expect(compareRatios(a, b)).toBe(Math.sign(Number(subtractRatios(a, b).numerator)))
      }),
    )
  })

  it('[RAT2] reads decimals and fractions, and nothing else', () => {
    expect(read('2.50')).toEqual(ratio(5n, 2n))
    expect(read('-1/12')).toEqual(ratio(-1n, 12n))
    for (const text of ['', '.5', '1e3', '1/0', '1.5/2', ' 1', '1,000', '+1', '--1', '1/-2']) {
      expect([text, parseRatio(text).ok]).toEqual([text, false])
    }
  })

  it('[RAT3] becomes a multiple of a step: the nearest, the next or the one before', () => {
    const rounded = (text: string, step: string) =>
      (['nearest', 'up', 'down'] as const).map((mode) => roundRatio(read(text), read(step), mode))
    expect(rounded('2.53', '0.1')).toEqual([read('2.5'), read('2.6'), read('2.5')])
    expect(rounded('3.8', '0.1')).toEqual([read('3.8'), read('3.8'), read('3.8')])
    expect(rounded('2.5', '1.4')).toEqual([read('2.8'), read('2.8'), read('1.4')])
    expect(rounded('-2.5', '1')).toEqual([read('-3'), read('-2'), read('-3')])
    expect(floorRatio(read('-1/2'))).toBe(-1n)
    expect(() => roundRatio(read('1'), zeroRatio)).toThrow('above zero')
  })

  it('[RAT3] scales as exact decimals do', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 3 }), (value, decimals) => {
        const exact = new Exact(String(value.numerator)).div(String(value.denominator))
        const expected = exact.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP)
        const scaled = scaledRatio(value, decimals)
        expect(scaled).toBe(expected.times(10 ** decimals).toNumber() + 0)
        expect(scaledRatio(ratioOfScaled(scaled, decimals), decimals)).toBe(scaled)
      }),
    )
    expect(() => scaledRatio(ratio(2n ** 60n), 4)).toThrow('safe integer')
  })
})
