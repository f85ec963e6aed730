/**
 * `npm run planted [-- --only id,id] [--budget seconds] [--seeds n] [--write]`: plants every fault of the
 * list, one at a time, in a scratch copy, and says who finds it. `--missing` takes those that nobody has
 * found yet, `--control` looks without a fault, `--write` renews docs/planted-faults.md from all outcomes.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { faults } from './faults.ts'
import { keepOutcome, outcomeOf } from './outcomes.ts'
import { report } from './report.ts'
import { makeScratch, project } from './scratch.ts'
import { askWorlds, type Found, seek } from './seek.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    budget: { type: 'string', default: '60' },
    seeds: { type: 'string', default: '200' },
    missing: { type: 'boolean', default: false },
    /** Looks for nothing: with `--write`. */
    none: { type: 'boolean', default: false },
    control: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

const only = values.only?.split(',')
const chosen = faults.filter((fault) => {
  if (values.none || (only !== undefined && !only.includes(fault.id))) return false
  return !values.missing || (outcomeOf(fault)?.by ?? 'nobody') === 'nobody'
})
const budget = { seconds: Number(values.budget), seeds: Number(values.seeds) }
const scratch = makeScratch()
const missed: string[] = []
let hasFailed = false

function tell(name: string, { by, rule, detail, seeds, seconds }: Found): void {
  const figures = `${seeds} seeds, ${seconds.toFixed(1)} s`
  process.stdout.write(`${name}: ${by} ${rule} (${figures}) ${detail.slice(0, 160)}\n`)
}

try {
  if (values.control) {
    const control = await askWorlds(scratch, budget)
    tell('without a fault', control)
    hasFailed = control.by !== 'nobody'
  }
  for (const fault of chosen) {
    const found = await seek(scratch, fault, budget)
    keepOutcome(fault, found)
    if (found.by === 'nobody') missed.push(fault.id)
    tell(fault.id, found)
  }
} finally {
  scratch.remove()
}
process.stdout.write(`${chosen.length - missed.length} found, ${missed.length} missed ${missed}\n`)
if (values.write) writeFileSync(join(project, 'docs', 'planted-faults.md'), report())
process.exitCode = missed.length > 0 || hasFailed ? 1 : 0
