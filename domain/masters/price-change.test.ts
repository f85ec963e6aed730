import { describe, expect, it } from 'vitest'
import { limitUnitPrice } from '#domain/values/limits.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import { changedPrice, type PriceChange } from './price-change.ts'

const price = unitPrice(3_500_000)
const cost = unitPrice(2_000_000)

describe('a change of many prices', () => {
  it.each<readonly [PriceChange['by'], number, string, number | undefined]>([
    ['percent', 500, 'fen', 3_680_000], // 3.675
    ['percent', 500, 'jiao', 3_700_000],
    ['percent', -1_000, 'fen', 3_150_000],
    ['percent', -10_000, 'yuan', 0],
    ['percent', -10_001, 'yuan', undefined],
    ['amount', 250_000, 'fen', 3_750_000],
    ['amount', 250_000, 'yuan', 4_000_000],
    ['amount', -3_500_001, 'fen', undefined],
    ['amount', limitUnitPrice, 'fen', undefined],
    ['margin', 3_000, 'fen', 2_860_000], // 2.857…
    ['margin', 3_000, 'yuan', 3_000_000],
    ['margin', 10_000, 'fen', undefined],
  ])('[PCH1] MD-18 by %s of %d to the %s', (by, figure, rounding, expected) => {
    expect(changedPrice({ by, figure, rounding }, price, cost)).toBe(expected)
  })

  it('[PCH1] knows no margin without a cost', () => {
    const change = { by: 'margin', figure: 3_000, rounding: 'fen' } as const
    expect(changedPrice(change, price, undefined)).toBeUndefined()
  })
})
