import { describe, expect, it } from 'vitest'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import {
  bytesText,
  countText,
  moneyParts,
  moneyText,
  priceText,
  quantityDigits,
} from './figures.ts'

describe('figures', () => {
  it('cuts a figure where the eye cuts it', () => {
    expect(moneyParts(money(-12_345_678))).toEqual({
      sign: '−',
      whole: '123,456',
      fraction: '.78',
    })
  })

  it('shows two decimals of money, those there are of quantities, two to six of prices', () => {
    expect(moneyText(money(0))).toBe('0.00')
    expect(quantityDigits(quantity(400_000))).toBe('40')
    expect(quantityDigits(quantity(-2_500))).toBe('−0.25')
    expect(priceText(unitPrice(5_000_000))).toBe('5.00')
    expect(priceText(unitPrice(1_234_500))).toBe('1.2345')
    expect(countText(50_000)).toBe('50,000')
  })

  it('says bytes in the unit that fits', () => {
    expect(bytesText(900)).toBe('0.9 KB')
    expect(bytesText(2_621_440)).toBe('2.5 MB')
    expect(bytesText(123_456_789_012)).toBe('115 GB')
  })
})
