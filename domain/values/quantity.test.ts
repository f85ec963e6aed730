import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absQuantity,
  addQuantity,
  compareQuantity,
  negateQuantity,
  quantity,
  subtractQuantity,
  wholeQuantity,
  zeroQuantity,
} from './quantity.ts'

const steps = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map(quantity)

describe('quantity', () => {
  it('[QTY1] is whole steps and never a negative zero', () => {
    expect(wholeQuantity(3)).toBe(30_000)
    expect(Object.is(negateQuantity(zeroQuantity), 0)).toBe(true)
    expect(Object.is(wholeQuantity(-0), 0)).toBe(true)
    expect(() => quantity(0.1)).toThrow('safe integer')
    expect(() => quantity(2 ** 53)).toThrow('safe integer')
  })

  it('[QTY1] adds, subtracts and compares as integers do', () => {
    fc.assert(
      fc.property(steps, steps, (a, b) => {
        expect(subtractQuantity(addQuantity(a, b), b)).toBe(a)
        expect(addQuantity(a, negateQuantity(a))).toBe(0)
        expect(compareQuantity(absQuantity(a), zeroQuantity)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
