/**
 * Looks for a broken rule in simulated worlds, seed after seed, until one breaks or the CPU seconds are
 * used. Runs inside the scratch copy and answers with one line of JSON.
 */
import { hardClimate } from '#tests/sim/faults.ts'
import { plainTrade } from '#tests/sim/trade.ts'
import { runWorld } from '#tests/sim/world.ts'
import { answer, cpuSeconds } from './answer.ts'

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
    climate: hardClimate,
    trade: plainTrade,
  })
  const [first] = violations
  if (first === undefined) continue
  answer({ found: first.rule, detail: first.facts, seeds: seed })
  process.exit()
}
answer({ seeds: seed })
process.exit()
