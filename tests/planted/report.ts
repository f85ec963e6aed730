/** docs/planted-faults.md: every fault, who found it and how soon. */
import { availableParallelism, cpus } from 'node:os'
import type { PlantedFault } from './fault.ts'
import { reasons } from './fault.ts'
import { groups } from './faults.ts'
import { type Outcome, outcomeOf } from './outcomes.ts'

export function report(): string {
  const sections = groups.map(({ name, faults }) => section(name, faults))
  const outcomes = groups.flatMap(({ faults }) => faults.map(outcomeOf))
  return `${[head(outcomes), ...sections].join('\n\n')}\n`
}

function head(outcomes: readonly (Outcome | undefined)[]): string {
  const found = outcomes.filter((each) => each !== undefined)
  const count = (by: Outcome['by']) => found.filter((each) => each.by === by).length
  const seconds = found.filter(({ by }) => by === 'simulator').map((each) => each.seconds)
  const slowest = Math.max(0, ...seconds)
  const middle = seconds.sort((one, other) => one - other)[Math.floor(seconds.length / 2)] ?? 0
  const days = found.map(({ day }) => day).sort()
  const nobody = outcomes.length - count('simulator') - count('suite')
  const model = cpus()[0]?.model ?? 'unknown processor'
  return `# Planted faults

Proof that the tests bite: each row is a deliberate bug, planted alone in a copy of the source and looked
for. ${outcomes.length} planted: ${count('simulator')} found by the simulator, ${count('suite')} by a named test, ${nobody} by nobody.

The simulator looks first and for whatever a running shop could show. A fault that no simulated world can
show by design names the tests that find it, and why. \`--control\` looks without a fault: what it finds too
counts for nothing.

Written by \`npm run planted -- --control --write\`. A run of some faults renews their rows alone: a row is from when its
fault was last looked for, last on ${days.at(-1)}, not always at the newest commit; ${availableParallelism()} cores (${model.trim()}), shared
with other work. Seconds are CPU seconds of the finder, its start (1 to 3 s) included; half of the finds of the
simulator took up to ${middle.toFixed(0)} s, the slowest ${slowest.toFixed(0)} s. \`npm test\` plants a few; \`PLANTED=all vitest run tests/planted\` plants all. The list is
\`tests/planted/faults-*.ts\`; a change whose text no longer stands in the source fails the tests.`
}

function section(name: string, faults: readonly PlantedFault[]): string {
  return [
    `## ${name}`,
    '',
    '| id | what | where | found by | seeds | s |',
    '|---|---|---|---|---|---|',
    ...faults.map((fault) => row(fault, outcomeOf(fault))),
  ].join('\n')
}

function row({ id, what, file, finder }: PlantedFault, found: Outcome | undefined): string {
  const why = finder === undefined ? '' : ` (${reasons[finder.because]})`
  const by = found === undefined || found.by === 'nobody' ? '**nobody**' : found.rule
  const seeds = found?.by === 'simulator' ? String(found.seeds) : ''
  const seconds = found === undefined ? '' : found.seconds.toFixed(1)
  const cells = [id, what, `\`${file}\``, `${by}${why}`, seeds, seconds]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
