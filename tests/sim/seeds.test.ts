/**
 * Named seeds that must stay whole, one small world each. A seed that ever failed stays here with what it
 * showed. `SIM_SEEDS=200 vitest run --project sim` tries as many fresh ones.
 */
import { expect, it } from 'vitest'
import { runWorld, type WorldOptions, type WorldOutcome } from './world.ts'

const seeds: readonly (readonly [seed: number, what: string])[] = [
  [1, 'a journal whose head moves while it is being opened is opened once'],
  [2, 'a slow disk'],
  [3, 'weeks offline'],
  [4, 'a commit that was kept and not heard does not stop the inbox'],
  [5, 'three crashes of the server'],
  [6, 'a crash every few hours'],
  [7, 'trade'],
  [8, 'trade'],
  [9, 'trade'],
  [10, 'trade'],
  [11, 'trade'],
  [12, 'trade'],
  [13, 'trade'],
  [14, 'trade'],
  [15, 'trade'],
  [16, 'trade'],
  [17, 'trade'],
  [18, 'trade'],
  [19, 'trade'],
  [20, 'trade'],
]
const small = { days: 2, rests: 1 } as const
const timeoutMs = 120_000

async function expectWhole(options: WorldOptions): Promise<WorldOutcome> {
  const outcome = await runWorld(options)
  expect(outcome.violations, `seed ${options.seed}`).toEqual([])
  return outcome
}

it.each(seeds)('seed %i: %s', { timeout: timeoutMs }, async (seed) => {
  const outcome = await expectWhole({ seed, ...small })
  expect(outcome.saved).toBeGreaterThan(0)
})

it('tells the same story for the same seed', { timeout: timeoutMs }, async () => {
  const once = await runWorld({ seed: 1, ...small })
  const again = await runWorld({ seed: 1, ...small })
  expect(again).toEqual(once)
})

const fresh = Number(process.env['SIM_SEEDS'] ?? 0)

it.runIf(fresh > 0)(`${fresh} fresh seeds`, { timeout: 0 }, async () => {
  const firstFresh = 1_000
  for (let seed = firstFresh; seed < firstFresh + fresh; seed += 1) {
    await expectWhole({ seed, days: 5, rests: 2 })
  }
})
