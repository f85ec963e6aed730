/**
 * Judges every hostile file, one after the other, in a process whose heap is small: `node
 * --max-old-space-size=1024 tests/attacks/judge-files.ts [--only text] [--heavy]` prints a line of JSON for each. What
 * a plan may never hold is checked here; a crash of this process is the finding itself.
 */
import { parseArgs } from 'node:util'
import { acceptedRows, type ImportPlan } from '#domain/exchange/import-plan.ts'
import { planFile } from '#domain/exchange/plan-file.ts'
import { exampleContext } from '#domain/exchange/example-context.ts'
import { checkChange } from '#domain/masters/entities.ts'
import { isForbiddenName } from '#domain/values/canonical-text.ts'
import { hostileFiles } from './hostile-files.ts'

export interface JudgedLine {
  readonly name: string
  /** A problem's code, or 'plan'. */
  readonly outcome: string
  readonly violations: readonly string[]
  readonly ms: number
  /** Resident memory when it was done, MB; of the process, so of all files before it too. */
  readonly residentMb: number
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    heavy: { type: 'boolean', default: false },
  },
})
const namesOfAll = Object.getOwnPropertyNames(Object.prototype).join()

const chosen = hostileFiles().filter(
  ({ name, isHeavy }) => name.includes(values.only) && isHeavy === values.heavy,
)
for (const file of chosen) {
  const bytes = file.make()
  process.stdout.write(`${JSON.stringify({ begins: file.name })}\n`)
  const beganMs = performance.now()
  const planned = await planFile(bytes, exampleContext())
  const line: JudgedLine = {
    name: file.name,
    outcome: planned.ok ? 'plan' : planned.problem.code,
    violations: [...(planned.ok ? violationsOf(planned.value) : []), ...harm()],
    ms: Math.round(performance.now() - beganMs),
    residentMb: Math.round(process.memoryUsage.rss() / (1 << 20)),
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function violationsOf(plan: ImportPlan): string[] {
  const { masters, opening } = acceptedRows(plan)
  const names = masters.flatMap(({ fields }) => Object.keys(fields))
  const numbers = opening.flatMap(({ lines }) => lines.flatMap((line) => Object.values(line)))
  return [
    ...masters.flatMap((change) => checkChange(change).map(({ code }) => `a master with ${code}`)),
    ...names.filter(isForbiddenName).map((name) => `a field named ${name}`),
    ...numbers
      .filter((value) => typeof value === 'number' && !Number.isSafeInteger(value))
      .map((value) => `an inexact ${JSON.stringify(value)}`),
  ]
}

/** What a file may have changed outside itself. */
function harm(): string[] {
  const isChanged = Object.getOwnPropertyNames(Object.prototype).join() !== namesOfAll
  return [
    ...(isChanged ? ['Object.prototype has changed'] : []),
    ...('harmed' in globalThis ? ['a script has run'] : []),
  ]
}
