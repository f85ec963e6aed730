import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantity, wholeQuantity } from './quantity.ts'
import {
  baseFactor,
  factorOf,
  isUnitFactor,
  parseQuantityText,
  quantityText,
  splitInUnits,
  toBaseQuantity,
} from './unit.ts'

const bottle = { name: '瓶', factor: baseFactor }
const box = { name: '箱', factor: { numerator: 12, denominator: 1 } }
const pallet = { name: 'Pallet', factor: { numerator: 480, denominator: 1 } }
const units = [bottle, pallet, box]

function read(text: string): unknown {
  const parsed = parseQuantityText(text, units)
  return parsed.ok ? parsed.value : parsed.problem.code
}

describe('unit', () => {
  it('[UNT1] converts exactly', () => {
    expect(toBaseQuantity(quantity(25_000), box.factor)).toEqual({ ok: true, value: 300_000 })
    const jin = { numerator: 1, denominator: 2 }
    expect(toBaseQuantity(wholeQuantity(3), jin)).toEqual({ ok: true, value: 15_000 })
  })

  it('[UNT1] refuses what does not come out, and what is too large', () => {
    const third = { numerator: 1, denominator: 3 }
    expect(toBaseQuantity(wholeQuantity(1), third)).toMatchObject({
      problem: { code: 'unit-not-exact', text: '1' },
    })
    expect(toBaseQuantity(wholeQuantity(3), third)).toEqual({ ok: true, value: 10_000 })
    expect(toBaseQuantity(wholeQuantity(100_000_000), box.factor)).toMatchObject({
      problem: { code: 'quantity-too-large' },
    })
  })

  it('[UNT1] takes only positive ratios of integers', () => {
    const bad = [0, -1, 0.5, 2 ** 53, Number.NaN].map((part) => ({
      numerator: part,
      denominator: 1,
    }))
    expect(bad.map(isUnitFactor)).toEqual([false, false, false, false, false])
    expect(isUnitFactor(box.factor)).toBe(true)
    expect(() => toBaseQuantity(wholeQuantity(1), { numerator: 1, denominator: 0 })).toThrow()
  })

  it('[UNT1] makes a ratio in lowest terms of a decimal size', () => {
    expect(factorOf(wholeQuantity(12))).toEqual({ numerator: 12, denominator: 1 })
    expect(factorOf(quantity(25_000))).toEqual({ numerator: 5, denominator: 2 })
    expect(factorOf(quantity(1))).toEqual({ numerator: 1, denominator: 10_000 })
    expect(() => factorOf(quantity(0))).toThrow('more than nothing')
  })

  it('[UNT2] shows 25 with 1箱=12瓶 as 2箱1瓶', () => {
    expect(splitInUnits(wholeQuantity(25), units)).toEqual([
      { unit: '箱', count: 20_000 },
      { unit: '瓶', count: 10_000 },
    ])
    expect(quantityText(wholeQuantity(25), units)).toBe('2箱1瓶')
    expect(quantityText(wholeQuantity(-25), units)).toBe('-2箱1瓶')
    expect(quantityText(wholeQuantity(24), units)).toBe('2箱')
    expect(quantityText(quantity(0), units)).toBe('0瓶')
    expect(quantityText(quantity(965_000), units)).toBe('8箱0.5瓶')
    expect(quantityText(wholeQuantity(481), units)).toBe('1Pallet1瓶')
  })

  it('[UNT2] leaves out units that are smaller than the base or have no whole steps', () => {
    const odd = { name: '条', factor: { numerator: 40, denominator: 7 } }
    const half = { name: '半瓶', factor: { numerator: 1, denominator: 2 } }
    expect(quantityText(quantity(405_000), [bottle, odd, half])).toBe('40.5瓶')
    expect(() => splitInUnits(quantity(1), [box])).toThrow('base unit')
  })

  it('[UNT2] parts add up', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (steps) => {
        const sizes = new Map(units.map(({ name, factor }) => [name, factor.numerator]))
        const sum = splitInUnits(quantity(steps), units)
          .map(({ unit, count }) => count * (sizes.get(unit) ?? 0))
          .reduce((a, b) => a + b, 0)
        expect(sum).toBe(steps)
      }),
    )
  })

  it('[UNT3] reads back what it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (steps) => {
        expect(read(quantityText(quantity(steps), units))).toBe(steps)
      }),
    )
  })

  it('[UNT4] reads what people type', () => {
    expect(read('3箱4瓶')).toBe(400_000)
    expect(read('３箱４瓶')).toBe(400_000)
    expect(read(' 3 箱 4 瓶 ')).toBe(400_000)
    expect(read('40')).toBe(400_000)
    expect(read('2.5')).toBe(25_000)
    expect(read('２．５')).toBe(25_000)
    expect(read('.5')).toBe(5_000)
    expect(read('12*')).toBe(120_000)
    expect(read('１２＊')).toBe(120_000)
    expect(read('-1箱')).toBe(-120_000)
    expect(read('1pallet')).toBe(4_800_000)
    expect(read('0')).toBe(0)
  })

  it('[UNT4] takes the longest unit name, digits and widths in it included', () => {
    const big = { name: '箱装', factor: { numerator: 24, denominator: 1 } }
    const pack = { name: '袋（500G）', factor: { numerator: 2, denominator: 1 } }
    const more = [...units, big, pack]
    expect(parseQuantityText('2箱装3瓶', more)).toEqual({ ok: true, value: 510_000 })
    expect(parseQuantityText('2袋(500g)1瓶', more)).toEqual({ ok: true, value: 50_000 })
    expect(parseQuantityText('1', [])).toMatchObject({ problem: { code: 'quantity-malformed' } })
  })

  it('[UNT4] counts a bare number in the first unit', () => {
    expect(parseQuantityText('2', [box, bottle])).toEqual({ ok: true, value: 240_000 })
  })

  it('[UNT4] refuses the rest with a code', () => {
    for (const text of ['', ' ', '-', '*', '箱', '3箱4', '1.2.3', '1e3', '--1', '3 4', '瓶3']) {
      expect([text, read(text)]).toEqual([
        text,
        text === '1e3' ? 'unit-unknown' : 'quantity-malformed',
      ])
    }
    expect(read(' '.repeat(100_000) + 'x')).toBe('quantity-malformed')
    expect(read('3桶')).toBe('unit-unknown')
    expect(read('3箱4箱')).toBe('unit-repeated')
    expect(read('0.00001')).toBe('too-many-decimals')
    expect(read('99999999999999999999')).toBe('quantity-too-large')
    expect(read('99999999瓶99999999箱')).toBe('quantity-too-large')
  })

  it('[UNT4] never throws on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(text)))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'0123456789.箱瓶-*＋')), (letters) => {
        read(letters.join(''))
      }),
    )
  })
})
