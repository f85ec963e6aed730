import { describe, expect, it } from 'vitest'
import { money } from '#domain/values/money.ts'
import { quantity } from '#domain/values/quantity.ts'
import type { NamedUnit } from '#domain/values/unit.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import {
  moneyEntry,
  priceEntry,
  quantityEntry,
  readMoney,
  readPercent,
  readPrice,
  readQuantity,
} from './figure-entry.ts'

const units: readonly NamedUnit[] = [
  { name: '瓶', factor: { numerator: 1, denominator: 1 } },
  { name: '箱', factor: { numerator: 12, denominator: 1 } },
]

describe('figure entry', () => {
  it('[FIG1] reads thousands, full width digits and a true minus', () => {
    expect(readMoney('1,234.5')).toEqual({ ok: true, value: 123_450 })
    expect(readMoney('１２．５')).toEqual({ ok: true, value: 1_250 })
    expect(readMoney('−3')).toEqual({ ok: true, value: -300 })
    expect(readPrice('0.123456')).toEqual({ ok: true, value: 123_456 })
    expect(readPercent('13%')).toEqual({ ok: true, value: 1_300 })
  })

  it('[FIG1] says what is wrong in words', () => {
    expect(readMoney('12a')).toEqual({ ok: false, problem: { message: '这里要填数字' } })
    expect(readMoney('1.234')).toMatchObject({ problem: { message: '最多 2 位小数' } })
    expect(readMoney('99999999999999')).toMatchObject({ problem: { message: '数太大了' } })
    expect(readQuantity('3盒', units)).toMatchObject({
      problem: { message: '单位不认识，可用：瓶、箱' },
    })
  })

  it('[FIG1] writes what it reads back', () => {
    expect(quantityEntry(quantity(370_000), units)).toBe('3箱1瓶')
    expect(readQuantity('3箱1瓶', units)).toEqual({ ok: true, value: 370_000 })
    expect(quantityEntry(quantity(25_000), [])).toBe('2.5')
    expect(readQuantity('2.5', [])).toEqual({ ok: true, value: 25_000 })
    expect(moneyEntry(money(-50))).toBe('-0.50')
    expect(priceEntry(unitPrice(4_500_000))).toBe('4.50')
    expect(priceEntry(unitPrice(1_234_560))).toBe('1.23456')
  })
})
