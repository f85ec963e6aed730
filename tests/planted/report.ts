/** docs/planted-faults.md: every fault, who found it and how soon. */
import { availableParallelism, cpus } from 'node:os'
import type { PlantedFault } from './fault.ts'
import { reasons } from './fault.ts'
import { groups } from './faults.ts'
import type { Budget, Found } from './seek.ts'

export function report(
  chosen: readonly PlantedFault[],
  outcomes: ReadonlyMap<string, Found>,
  budget: Budget,
): string {
  const sections = groups.map(({ name, faults }) => {
    const rows = faults.filter((fault) => chosen.includes(fault))
    return rows.length === 0 ? '' : section(name, rows, outcomes)
  })
  return `${[head(outcomes, budget), ...sections].join('\n\n')}\n`
}

function head(outcomes: ReadonlyMap<string, Found>, { seconds }: Budget): string {
  const found = [...outcomes.values()]
  const count = (by: Found['by']) => found.filter((each) => each.by === by).length
  const ofWorlds = found.filter(({ by }) => by === 'simulator').map((each) => each.seconds)
  const slowest = Math.max(0, ...ofWorlds)
  const model = cpus()[0]?.model ?? 'unknown processor'
  return `# Planted faults

Proof that the tests bite: each row is a deliberate bug, planted alone in a copy of the source and looked
for. ${found.length} planted: ${count('simulator')} found by the simulator, ${count('suite')} by a named test, ${count('nobody')} by nobody.

The simulator looks first and for whatever a running shop could show. A fault that no simulated world can
show by design names the tests that find it, and why. Without a fault all finders find nothing.

Made by \`npm run planted -- --budget ${seconds} --write\` on ${new Date().toISOString().slice(0, 10)}; ${availableParallelism()} cores (${model.trim()}), shared with
other work. Seconds are CPU seconds of the finder, its start (2 to 4 s) included; the slowest of the simulator
took ${slowest.toFixed(0)} s. \`npm test\` plants a few; \`PLANTED=all vitest run tests/planted\` plants all. The list is
\`tests/planted/faults-*.ts\`; a change whose text no longer stands in the source fails the tests.`
}

function section(
  name: string,
  faults: readonly PlantedFault[],
  outcomes: ReadonlyMap<string, Found>,
): string {
  const rows = faults.map((fault) => row(fault, outcomes.get(fault.id)))
  return [
    `## ${name}`,
    '',
    '| id | what | where | found by | seeds | s |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function row({ id, what, file, finder }: PlantedFault, found: Found | undefined): string {
  const why = finder === undefined ? '' : ` (${reasons[finder.because]})`
  const by = found === undefined || found.by === 'nobody' ? '**nobody**' : found.rule
  const seeds = found?.by === 'simulator' ? String(found.seeds) : ''
  const seconds = found === undefined ? '' : found.seconds.toFixed(1)
  const cells = [id, what, `\`${file}\``, `${by}${why}`, seeds, seconds]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
