/**
 * `npm run golden -- FILE…`: plays golden scenarios (`tests/golden/README.md`) from files and folders,
 * those of the project without any. `--json` prints one object per case; `--keep` writes down what the
 * project's own come to. The exit status is 1 when a case fails.
 */

import { existsSync } from 'node:fs'
import { keepOutcomes, ownCases } from './kept-outcomes.ts'
import { readCases } from './read-cases.ts'
import { type Outcome, scoreCase } from './score.ts'
import type { Scored } from './scored.ts'

function run(given: readonly string[]): number {
  const isJson = given.includes('--json')
  const isKept = given.includes('--keep')
  const paths = given.filter((each) => each !== '--json' && each !== '--keep')
  const strange = paths.find((path) => path.startsWith('-') || !existsSync(path))
  if (strange !== undefined) {
    console.error(`no such file, folder or option: ${strange}`)
    return 2
  }
  const counts = { pass: 0, fail: 0, other: 0 }
  const outcomes: Outcome[] = []
  for (const golden of readCases(paths.length > 0 ? paths : [ownCases])) {
    const outcome = scoreCase(golden)
    counts[outcome.outcome]++
    outcomes.push(outcome)
    console.log(isJson ? JSON.stringify(plain(outcome)) : linesOf(outcome).join('\n'))
  }
  if (isKept && paths.length === 0) keepOutcomes(outcomes)
  if (!isJson)
    console.log(`${counts.pass} passed, ${counts.fail} failed, ${counts.other} other policy`)
  return counts.fail > 0 ? 1 : 0
}

function plain({ expectations, ...outcome }: Outcome) {
  return {
    ...outcome,
    expectations: expectations.map(({ what, expected, got }) => ({ what, expected, got })),
  }
}

function linesOf({ id, outcome, reason, expectations }: Outcome): string[] {
  const wrong = expectations.filter(({ isRight }) => !isRight)
  const title = `${outcome.padEnd(5)} ${id}${reason === undefined ? '' : `: ${reason}`}`
  return outcome === 'fail' ? [title, ...wrong.map(lineOf)] : [title]
}

function lineOf({ what, about, expected, got }: Scored): string {
  return `      ${what} ${about}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`
}

process.exitCode = run(process.argv.slice(2))
