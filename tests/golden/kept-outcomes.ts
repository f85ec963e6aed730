/** What the kept scenarios come to, as written down: the list of passing ones can only grow. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from './score.ts'

/** The scenarios of the project. */
export const ownCases = join(import.meta.dirname, 'cases')

const file = join(import.meta.dirname, 'outcomes.json')

/** 'pass', 'fail', or whose policy or work it is, by id of the case. */
type Summary = Readonly<Record<string, string>>

export function summaryOf(outcomes: readonly Outcome[]): Summary {
  return Object.fromEntries(
    outcomes.map(({ id, outcome, reason = '' }) => [id, outcome === 'other' ? reason : outcome]),
  )
}

export function keptOutcomes(): Summary {
  return JSON.parse(readFileSync(file, 'utf8')) as Summary
}

export function keepOutcomes(outcomes: readonly Outcome[]): void {
  writeFileSync(file, `${JSON.stringify(summaryOf(outcomes), null, 2)}\n`)
}
