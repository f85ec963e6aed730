/**
 * Half of the simulated device-years, the worlds of even seeds; the other half runs beside it. In all 60,
 * or as many as asked for: `SIM_YEARS=2000 vitest run --project sim years`.
 */
import { expect, it } from 'vitest'
import { faultNames } from './fault-book.ts'
import { reportOf, runYears } from './years.ts'

const deviceYears = Number(process.env['SIM_YEARS'] ?? 60) / 2

it(`${deviceYears} device-years, and every fault was met`, async () => {
  const years = await runYears(deviceYears, { first: 2, step: 2 })
  process.stdout.write(`${reportOf(years)}\n`)
  const broken = years.outcomes.filter(({ violations }) => violations.length > 0)
  expect(broken.map(({ seed, violations }) => ({ seed, violations }))).toEqual([])
  const missed = faultNames().filter((fault) => years.faults[fault] === 0)
  expect(missed).toEqual([])
})
