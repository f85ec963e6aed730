import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMoney,
  compareMoney,
  money,
  negateMoney,
  proportionOf,
  shareMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
} from './money.ts'
import { quantity } from './quantity.ts'

const fen = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map(money)

describe('money', () => {
  it('[MNY1] never holds a negative zero', () => {
    for (const zero of [money(-0), negateMoney(zeroMoney), subtractMoney(money(5), money(5))]) {
      expect(Object.is(zero, 0)).toBe(true)
    }
  })

  it('[MNY1] adds, subtracts and compares as integers do', () => {
    fc.assert(
      fc.property(fen, fen, (a, b) => {
        expect(subtractMoney(addMoney(a, b), b)).toBe(a)
        expect(addMoney(a, negateMoney(a))).toBe(0)
        expect(Math.sign(compareMoney(a, b))).toBe(Math.sign(a - b))
        expect(sumMoney([a, b, negateMoney(b)])).toBe(a)
      }),
    )
  })

  it('[MNY2] stops at fractions and beyond the safe integers', () => {
    for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => money(bad)).toThrow('safe integer')
    }
    expect(() => addMoney(money(Number.MAX_SAFE_INTEGER), money(1))).toThrow('safe integer')
  })

  it('[MNY3] takes parts one after the other until nothing is left', () => {
    // 10.00 for 3: 3.33, then half of 6.67, then the rest.
    let value = money(1_000)
    const issued = [3, 2, 1].map((left) => {
      const cost = proportionOf(value, quantity(10_000), quantity(left * 10_000))
      value = subtractMoney(value, cost)
      return cost
    })
    expect(issued).toEqual([333, 334, 333])
    expect(value).toBe(0)
  })

  it('[MNY3] gives the whole to the whole, whatever the sizes', () => {
    fc.assert(
      fc.property(fen, fc.integer({ min: 1, max: 1_000_000_000_000 }), (value, steps) => {
        expect(proportionOf(value, quantity(steps), quantity(steps))).toBe(value)
        expect(proportionOf(value, quantity(-steps), quantity(-steps))).toBe(value)
      }),
    )
  })

  it('[MNY4] lets the last weighted line take the rest', () => {
    expect(shareMoney(money(100), [1, 1, 1])).toEqual([33, 33, 34])
    expect(shareMoney(money(100), [1, 1, 1, 0])).toEqual([33, 33, 34, 0])
    expect(shareMoney(money(-100), [1, 1, 1])).toEqual([-33, -33, -34])
    expect(shareMoney(zeroMoney, [])).toEqual([])
  })

  it('[MNY4] rounds the running total where the rest would turn its sign or grow', () => {
    // Rounded one by one, four times 0.5 is 1 + 1 + 1 and would leave −1.
    expect(shareMoney(money(2), [1, 1, 1, 1])).toEqual([1, 0, 1, 0])
    expect(
      shareMoney(
        money(4),
        Array.from({ length: 8 }, () => 1),
      ),
    ).toEqual([1, 0, 1, 0, 1, 0, 1, 0])
  })

  it('[MNY4] shares equally where nothing weighs, and stops without anybody to carry', () => {
    expect(shareMoney(money(3), [0, 0])).toEqual([2, 1])
    expect(() => shareMoney(money(1), [])).toThrow('somebody')
    expect(() => shareMoney(money(1), [-1, 2])).toThrow('weights')
  })

  it('[MNY5] shares in whole steps, the rest with the last weighted one', () => {
    expect(shareMoney(money(10_000), [1, 1, 1], money(5))).toEqual([3_335, 3_335, 3_330])
    expect(shareMoney(money(103), [1, 1], money(10))).toEqual([50, 53])
    expect(shareMoney(money(20), [1, 1, 1, 1], money(10))).toEqual([10, 0, 10, 0])
    expect(() => shareMoney(money(1), [1], zeroMoney)).toThrow('step')
  })

  it('[MNY4] loses no fen and stays by its weights', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(fen, weights, (total, given) => {
        const shares = shareMoney(total, given)
        const sum = given.reduce((a, b) => a + b, 0)
        expect(sumMoney(shares)).toBe(total)
        expect(shares.every((share) => share === 0 || share < 0 === total < 0)).toBe(true)
        fc.pre(sum > 0)
        for (const [i, weight] of given.entries()) {
          const off = BigInt(shares[i] ?? 0) * BigInt(sum) - BigInt(total) * BigInt(weight)
          const limit = weight === 0 ? 1n : 2n * BigInt(sum)
          expect(off < limit && off > -limit).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
