/** `npm run sim -- --seed 42 --steps 100000 [--seeds 20] [--days 20] [--rests 2] [--replay]` */
import { parseArgs } from 'node:util'
import { runWorld, type WorldOutcome } from './world.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** Worlds in a row, from `seed` on. */
    seeds: { type: 'string', default: '1' },
    steps: { type: 'string' },
    days: { type: 'string', default: '20' },
    rests: { type: 'string', default: '2' },
    replay: { type: 'boolean', default: false },
  },
})

const first = Number(values.seed)
const beganMs = performance.now()
const beganCpu = process.cpuUsage()
const outcomes: WorldOutcome[] = []
for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
  const outcome = await runWorld({
    ...{ seed, days: Number(values.days), rests: Number(values.rests) },
    ...(values.steps === undefined ? {} : { limitSteps: Number(values.steps) }),
    ...(values.replay ? { onStory: (line: string) => process.stdout.write(`${line}\n`) } : {}),
  })
  outcomes.push(outcome)
  report(outcome)
}
const seconds = (performance.now() - beganMs) / 1_000
const used = process.cpuUsage(beganCpu)
const cpuSeconds = (used.user + used.system) / 1_000_000
const deviceDays = outcomes.reduce((sum, outcome) => sum + outcome.deviceDays, 0)
const failed = outcomes.filter((outcome) => outcome.violations.length > 0)
process.stdout.write(
  `${outcomes.length} worlds, ${Math.round(deviceDays)} device-days in ${seconds.toFixed(1)} s: ` +
    `${(deviceDays / seconds).toFixed(1)} device-days per second, ` +
    `${(deviceDays / cpuSeconds).toFixed(1)} per second of one core; ${failed.length} failed\n`,
)
process.exitCode = failed.length > 0 ? 1 : 0

function report({ violations, ...facts }: WorldOutcome): void {
  const { seed, steps, records, saved, crashes, serverCrashes, postedTwice, digest } = facts
  process.stdout.write(
    `seed ${seed}: ${steps} events, ${records} records, ${saved} saved acts, ${crashes} crashes, ` +
      `${serverCrashes} of the server, ${postedTwice} posted twice, story ${digest.slice(0, 12)}\n`,
  )
  for (const { rule, facts: what } of violations) {
    process.stdout.write(`seed ${seed} FAILED ${rule}: ${what}\n`)
  }
}
