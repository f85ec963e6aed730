/**
 * Looks for a broken rule in simulated worlds, seed after seed, until one breaks or the CPU seconds are
 * used. Runs inside the scratch copy and answers with one line of JSON.
 */
import type { Climate } from '#tests/sim/faults.ts'
import { spans } from '#tests/sim/faults.ts'
import { runWorld } from '#tests/sim/world.ts'
import { answer, cpuSeconds } from './answer.ts'

/** Everything comes often, so that small worlds see enough of it. */
const climate: Partial<Climate> = {
  actMs: { low: 5 * spans.minute, high: 50 * spans.minute },
  onlineMs: { low: 10 * spans.minute, high: 4 * spans.hour },
  offlineMs: { low: spans.minute, high: 5 * spans.hour },
  crashMs: { low: spans.hour, high: 8 * spans.hour },
  diskTroubleMs: { low: spans.hour, high: 8 * spans.hour },
  serverCrashMs: { low: spans.hour, high: 8 * spans.hour },
  serverTroubleMs: { low: spans.hour, high: 5 * spans.hour },
  clockJumpMs: { low: 3 * spans.hour, high: 36 * spans.hour },
}

const budgetSeconds = Number(process.argv[2])
const limitSeeds = Number(process.argv[3])

process.on('uncaughtException', (error) => {
  answer({ found: 'uncaught error', detail: error.message, seeds: seed })
  process.exit()
})

let seed = 0
while (seed < limitSeeds && cpuSeconds() < budgetSeconds) {
  seed += 1
  const { violations } = await runWorld({
    seed,
    days: [3, 0.5, 0.5, 1][seed % 4] ?? 1,
    rests: 1,
    climate,
  })
  const [first] = violations
  if (first === undefined) continue
  answer({ found: first.rule, detail: first.facts, seeds: seed })
  process.exit()
}
answer({ seeds: seed })
process.exit()
