/**
 * `npm run sim -- --seed 42 [--seeds 20] [--days 20] [--rests 2] [--pace days|years] [--machines 5]
 * [--steps 100000] [--replay]`
 */
import { parseArgs } from 'node:util'
import { faultClasses, type FaultClass, sumOfFaults } from './fault-book.ts'
import { runWorld, type WorldOutcome } from './world.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** Worlds in a row, from `seed` on. */
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string' },
    days: { type: 'string', default: '20' },
    rests: { type: 'string', default: '2' },
    pace: { type: 'string', default: 'days' },
    machines: { type: 'string' },
    /** Prints the story, a line for each event. */
    replay: { type: 'boolean', default: false },
  },
})

const first = Number(values.seed)
const beganCpu = process.cpuUsage()
const outcomes: WorldOutcome[] = []
for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  const outcome = await runWorld({
    ...{ seed, days: Number(values.days), rests: Number(values.rests) },
    pace: values.pace === 'years' ? 'years' : 'days',
    ...(values.machines === undefined ? {} : { machines: Number(values.machines) }),
    ...(values.steps === undefined ? {} : { limitSteps: Number(values.steps) }),
    ...(values.replay ? { onStory: (line: string) => process.stdout.write(`${line}\n`) } : {}),
  })
  outcomes.push(outcome)
  report(outcome)
}
const used = process.cpuUsage(beganCpu)
const cpuSeconds = (used.user + used.system) / 1_000_000
const deviceDays = outcomes.reduce((sum, outcome) => sum + outcome.deviceDays, 0)
const failed = outcomes.filter((outcome) => outcome.violations.length > 0)
process.stdout.write(
  `${outcomes.length} worlds, ${Math.round(deviceDays)} device-days in ${cpuSeconds.toFixed(1)} s of ` +
    `one core: ${(deviceDays / cpuSeconds).toFixed(1)} per second; ${failed.length} failed\n`,
)
const faults = sumOfFaults(outcomes.map((outcome) => outcome.faults))
for (const fault of Object.keys(faultClasses) as FaultClass[]) {
  process.stdout.write(`${String(faults[fault]).padStart(8)}  ${fault}: ${faultClasses[fault]}\n`)
}
process.exitCode = failed.length > 0 ? 1 : 0

function report({ violations, ...facts }: WorldOutcome): void {
  const { seed, steps, documents, records, saved, crashes, serverCrashes, digest } = facts
  process.stdout.write(
    `seed ${seed}: ${steps} events, ${documents} documents, ${records} records, ${saved} saved acts, ` +
      `${crashes} crashes, ${serverCrashes} of the server, story ${digest.slice(0, 12)}\n`,
  )
  for (const { rule, facts: what } of violations) {
    process.stdout.write(`seed ${seed} FAILED ${rule}: ${what}\n`)
  }
}
