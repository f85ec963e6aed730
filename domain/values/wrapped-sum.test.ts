import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shuffled, seededRandom } from '#tests/builders/arrivals.ts'
import { limitMoney, limitSum } from './limits.ts'
import { addWrapped } from './wrapped-sum.ts'

const amounts = fc.array(fc.integer({ min: -limitMoney, max: limitMoney }), { maxLength: 30 })

function sumOf(values: readonly number[]): number {
  return values.reduce(addWrapped, 0)
}

it('[SUM1] sums far beyond the integers are the same in every order, and whole again below them', () => {
  fc.assert(
    fc.property(amounts, fc.integer(), fc.integer({ min: 0, max: 9_000 }), (some, seed, count) => {
      const huge = Array.from({ length: count }, () => limitMoney)
      const mixed = shuffled([...some, ...huge], seededRandom(seed))
      expect(sumOf(mixed)).toBe(sumOf([...some, ...huge]))
      const back = shuffled([...mixed, ...huge.map((each) => 0 - each)], seededRandom(seed))
      expect(sumOf(back)).toBe(some.reduce((sum, each) => sum + each, 0) + 0)
    }),
    { numRuns: 50 },
  )
  expect(addWrapped(limitSum - 1, limitSum - 1)).toBe(-2)
  expect(Object.is(addWrapped(-5, 5), 0)).toBe(true)
})
