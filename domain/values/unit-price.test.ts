import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitMoney, limitQuantity, limitUnitPrice } from './limits.ts'
import { money } from './money.ts'
import { quantity, wholeQuantity } from './quantity.ts'
import { baseFactor } from './unit.ts'
import { averageCost, boundedPriceOf, priceOf, scalePrice, unitPrice } from './unit-price.ts'

const Exact = Decimal.clone({ precision: 60 })

describe('unit price', () => {
  it('[PRC1] multiplies and rounds once', () => {
    expect(priceOf(wholeQuantity(3), unitPrice(1_005_000))).toBe(302) // 3.015
    expect(priceOf(wholeQuantity(-3), unitPrice(1_005_000))).toBe(-302)
    expect(priceOf(quantity(5_000), unitPrice(10_000))).toBe(1) // half a fen
  })

  it('[PRC1] prices a box of twelve by the box', () => {
    const box = { numerator: 12, denominator: 1 }
    // 25 bottles at 10.00 the box.
    expect(priceOf(wholeQuantity(25), unitPrice(10_000_000), box)).toBe(2_083)
  })

  it('[PRC1] agrees with exact decimals', () => {
    const steps = fc.integer({ min: -10_000_000_000, max: 10_000_000_000 })
    const micro = fc.integer({ min: 0, max: 10_000_000_000 })
    const part = fc.integer({ min: 1, max: 10_000 })
    const factor = fc.oneof(
      fc.constant(baseFactor),
      fc.record({ numerator: part, denominator: part }),
    )
    fc.assert(
      fc.property(steps, micro, factor, (q, p, f) => {
        const amount = new Exact(q).div(10_000).times(p).div(1_000_000).times(100)
        const fen = amount.times(f.denominator).div(f.numerator)
        const rounded = fen.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() + 0
        fc.pre(Number.isSafeInteger(rounded))
        expect(priceOf(quantity(q), unitPrice(p), f)).toBe(rounded)
      }),
    )
  })

  it('[PRC3] gives no money beyond the limit', () => {
    const most = unitPrice(limitUnitPrice)
    expect(boundedPriceOf(quantity(limitQuantity), most)).toBeUndefined()
    expect(boundedPriceOf(quantity(-limitQuantity), most)).toBeUndefined()
    expect(boundedPriceOf(wholeQuantity(10_000), most)).toBe(limitMoney)
    expect(boundedPriceOf(wholeQuantity(3), unitPrice(1_005_000))).toBe(302)
  })

  it('[PRC2] shows an average without keeping it', () => {
    expect(averageCost(money(10_000), wholeQuantity(3))).toBe(33_333_333)
    expect(averageCost(money(-10_000), wholeQuantity(-3))).toBe(33_333_333)
    expect(averageCost(money(0), wholeQuantity(3))).toBe(0)
  })

  it('[PRC4] is a price per box, or a part of a price, rounded once', () => {
    const third = { numerator: 1, denominator: 3 }
    expect(scalePrice(unitPrice(10_000_000), { numerator: 12, denominator: 1 })).toBe(120_000_000)
    expect(scalePrice(unitPrice(10_000_000), third)).toBe(3_333_333)
    expect(scalePrice(unitPrice(10_000_000), third, 100_000)).toBe(3_300_000)
    expect(scalePrice(unitPrice(10_500_000), { numerator: 1, denominator: 1 }, 1_000_000)).toBe(
      11_000_000,
    )
    expect(scalePrice(unitPrice(limitUnitPrice), { numerator: 2, denominator: 1 })).toBeUndefined()
  })

  it('[MNY2] is a safe integer', () => {
    expect(() => unitPrice(1.5)).toThrow('safe integer')
    expect(Object.is(unitPrice(-0), 0)).toBe(true)
  })
})
