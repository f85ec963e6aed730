/**
 * Every moment at which a process can be killed, one after the other: the same small world is lived again
 * and again, each time with one crash, at the next operation of a store. The normal run takes every so
 * manieth of them; `SIM_POINTS=all vitest run --project sim crash-points` takes all.
 */
import { expect, it } from 'vitest'
import { spans } from './faults.ts'
import { plainTrade } from './trade.ts'
import { runWorld, type WorldOptions } from './world.ts'

const never = { low: 10_000 * spans.day, high: 10_001 * spans.day }

/** Two hours of two machines, and nothing goes wrong but the crash. */
const quiet: WorldOptions = {
  ...{ seed: 5, days: 0.08, rests: 1, machines: 2, trade: plainTrade },
  climate: {
    actMs: { low: 3 * spans.minute, high: 12 * spans.minute },
    ...{ onlineMs: never, partitionMs: never, crashMs: never, diskTroubleMs: never },
    ...{ takeoverMs: never, fateMs: never, newerBuildMs: never, clockJumpMs: never },
    ...{ serverCrashMs: never, serverTroubleMs: never, dropped: 0, duplicated: 0, reordered: 0 },
    serverJobsMs: { low: 20 * spans.minute, high: 30 * spans.minute },
  },
}

const isAll = process.env['SIM_POINTS'] === 'all'
const runsInNormal = 20

it.each(['device', 'server'] as const)(
  'a crash at each operation of the store of a %s',
  async (who) => {
    const count = await pointsIn(who)
    expect(count).toBeGreaterThan(10)
    const stride = isAll ? 1 : Math.ceil(count / runsInNormal)
    for (let nth = 0; nth < count; nth += stride) {
      const outcome = await runWorld({ ...quiet, crashAt: { who, nth } })
      expect(outcome.violations, `${who} ${nth}`).toEqual([])
      expect(who === 'device' ? outcome.crashes : outcome.serverCrashes).toBe(1)
    }
  },
)

/** Operations between the beginning of trade and its end. */
async function pointsIn(who: 'device' | 'server'): Promise<number> {
  const outcome = await runWorld({ ...quiet, crashAt: { who, nth: Number.MAX_SAFE_INTEGER } })
  expect(outcome.violations).toEqual([])
  return outcome.crashPointsInTrade
}
