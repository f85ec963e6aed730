import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideRounded, scaleRounded } from './rounding.ts'

const Exact = Decimal.clone({ precision: 60 })

function oracle(value: number, multiplier: number, divisor: number): string {
  return new Exact(value)
    .times(multiplier)
    .div(divisor)
    .toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
    .plus(0)
    .toFixed(0)
}

const safe = fc.maxSafeInteger()
const divisor = fc.maxSafeInteger().filter((value) => value !== 0)

describe('rounding', () => {
  it('[RND1] takes a half away from zero on either side', () => {
    expect([1n, 3n, 5n, -1n, -3n].map((half) => divideRounded(half, 2n))).toEqual([
      1n,
      2n,
      3n,
      -1n,
      -2n,
    ])
    expect(divideRounded(5n, -2n)).toBe(-3n)
    expect([1, 3, -1, -3].map((half) => scaleRounded(half, 1, 2))).toEqual([1, 2, -1, -2])
  })

  it('[RND1] agrees with exact decimals, far beyond 2^53', () => {
    fc.assert(
      fc.property(safe, safe, divisor, (a, b, d) => {
        const rounded = divideRounded(BigInt(a) * BigInt(b), BigInt(d))
        expect(String(rounded)).toBe(oracle(a, b, d).replace(/^-0$/, '0'))
      }),
    )
  })

  it('[RND1] gives the same with and without BigInt', () => {
    const small = fc.integer({ min: -90_000_000, max: 90_000_000 })
    const near = fc.integer({ min: -60, max: 60 })
    const any = fc.oneof(small, near)
    fc.assert(
      fc.property(
        any,
        any,
        any.filter((value) => value !== 0),
        (a, b, d) => {
          const rounded = scaleRounded(a, b, d)
          expect(rounded).toBe(Number(divideRounded(BigInt(a) * BigInt(b), BigInt(d))))
          expect(Object.is(rounded, -0)).toBe(false)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('[RND1] stops where the quotient is not a safe integer, or the divisor is 0', () => {
    expect(() => scaleRounded(Number.MAX_SAFE_INTEGER, 3, 1)).toThrow('safe integers')
    expect(() => scaleRounded(1, 1, 0)).toThrow('division by zero')
    expect(() => divideRounded(1n, 0n)).toThrow('division by zero')
  })
})
