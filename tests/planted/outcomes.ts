/**
 * What was found when each fault was last looked for, in `outcomes.json` beside this: a fault that has
 * changed since counts as not looked for.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '#domain/values/digest.ts'
import type { PlantedFault } from './fault.ts'
import { project } from './scratch.ts'
import type { Found } from './seek.ts'

export interface Outcome extends Found {
  /** Day on which it was looked for. */
  readonly day: string
  readonly mark: string
}

const path = join(project, 'tests', 'planted', 'outcomes.json')

export function readOutcomes(): Record<string, Outcome> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Outcome>
  } catch {
    return {}
  }
}

export function keepOutcome(fault: PlantedFault, found: Found): void {
  const day = new Date().toISOString().slice(0, 10)
  const outcomes = { ...readOutcomes(), [fault.id]: { ...found, day, mark: markOf(fault) } }
  writeFileSync(path, `${JSON.stringify(outcomes, undefined, 1)}\n`)
}

/** Undefined while the fault, as it is now, has not been looked for. */
export function outcomeOf(fault: PlantedFault): Outcome | undefined {
  const outcome = readOutcomes()[fault.id]
  return outcome?.mark === markOf(fault) ? outcome : undefined
}

function markOf({ file, find, put, finder }: PlantedFault): string {
  return sha256Hex([file, find, put, finder === undefined ? 'worlds' : 'suites'].join('\n')).slice(
    0,
    12,
  )
}
