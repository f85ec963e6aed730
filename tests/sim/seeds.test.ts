/**
 * Named seeds that must stay whole, one small world of busy days each. A seed that ever failed stays here
 * with what it showed. `SIM_SEEDS=200 vitest run --project sim seeds` tries as many fresh ones.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hardClimate } from './faults.ts'
import { plainTrade, tradeOf, tradeUnder } from './trade.ts'
import { runWorld, type WorldOptions, type WorldOutcome } from './world.ts'

interface Named extends WorldOptions {
  readonly shown: string
}

const days = { days: 2, rests: 1, trade: plainTrade } as const

/** What worlds have shown, or what they are for. */
const seeds: readonly Named[] = [
  { ...days, seed: 1, shown: 'a journal whose head moves while it is being opened is opened once' },
  { ...days, seed: 3, shown: 'heads that were refused are closed before they are opened again' },
  { ...days, seed: 4, shown: 'a commit that was kept and not heard does not stop the inbox' },
  { ...days, seed: 5, shown: 'an engine goes on where the one before it died in a transaction' },
  { ...days, seed: 17, shown: 'a clock set back by hours keeps no token alive' },
  { ...days, seed: 2, machines: 6, shown: 'six machines' },
  { ...days, seed: 6, machines: 7, shown: 'seven machines' },
  { ...days, seed: 7, rests: 2, shown: 'trade that goes on after a rest' },
  {
    ...{ pace: 'years', seed: 1, days: 100, rests: 1, trade: plainTrade },
    shown: 'what a forked device never sent is in the file that it hands out',
  },
  {
    ...{ seed: 3, days: 1, rests: 1, climate: hardClimate, trade: plainTrade },
    shown: 'a journal that is being read when the socket goes is opened once on the next one',
  },
  {
    ...{ seed: 2, days: 0.5, rests: 1, climate: hardClimate, trade: plainTrade },
    shown: 'what was kept and not heard is sent on the socket that is there',
  },
  {
    ...{ pace: 'years', seed: 2, days: 100, rests: 1, trade: plainTrade },
    shown: 'a store of the server that cannot be read is no fault of its program',
  },
]

async function expectWhole(options: WorldOptions): Promise<WorldOutcome> {
  const outcome = await runWorld(options)
  expect(outcome.violations, `seed ${options.seed}`).toEqual([])
  return outcome
}

it.each(seeds)('seed $seed: $shown', async (options) => {
  const outcome = await expectWhole(options)
  expect(outcome.saved).toBeGreaterThan(0)
})

it('tells the same story, to the byte on every disk, for the same seed', async () => {
  const options = { pace: 'years', seed: 11, days: 60, rests: 1 } as const
  const once = await runWorld(options)
  const again = await runWorld(options)
  expect(again).toEqual(once)
  expect((await runWorld({ ...options, seed: 12 })).digest).not.toBe(once.digest)
})

it('tells the same story in a process of its own', async () => {
  const { digest } = await runWorld({ pace: 'years', seed: 2, days: 60, rests: 1 })
  const asked = '--pace years --seed 2 --days 60 --rests 1'.split(' ')
  const command = [join(import.meta.dirname, 'run.ts'), ...asked]
  const told = execFileSync(process.execPath, command, { encoding: 'utf8' })
  expect(told).toContain(`story ${digest.slice(0, 12)}`)
})

/** Each cost method with each scope comes once; one of each is enough for every day. */
it.each([1, 5, 7, 12, 14])('company $0 with goods told apart', async (nth) => {
  const trade = tradeUnder(nth)
  await expectWhole({ seed: 20 + nth, days: 1.5, rests: 1, trade })
})

it('goes through all methods and scopes', () => {
  const drawn = Array.from({ length: 60 }, (_, seed) => tradeOf(seed).policy)
  const kinds = new Set(drawn.map(({ costMethod, costScope }) => `${costMethod} ${costScope}`))
  expect(kinds.size).toBe(5 * 3 + 1)
})

const fresh = Number(process.env['SIM_SEEDS'] ?? 0)

it.runIf(fresh > 0)(`${fresh} fresh seeds`, async () => {
  const firstFresh = 1_000
  for (let seed = firstFresh; seed < firstFresh + fresh; seed += 1) {
    await expectWhole({ seed, days: 5, rests: 2 })
  }
})
