/** The page of capabilities counts right, and what it says works is shown by a test that exists. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { project } from './sources.ts'

export interface Capability {
  readonly id: string
  readonly state: string
  readonly shownBy: string
}

const row = /^\| ([A-Z]{2}-\d{2}) \| [^|]* \| ([^|]*) \|([^|]*)\|/gm
const sentence = /Of (\d+) rows (\d+) work, (\d+) work partly, (\d+) are not yet begun/
const rule = /\[([A-Z]{1,5}\d{1,3})\]/g
const testFile = /`([\w./-]+\.(?:test|spec)\.ts)`/g

export function capabilities(page: string): readonly Capability[] {
  return [...page.matchAll(row)].map(([, id = '', state = '', shownBy = '']) => ({
    ...{ id, state: state.trim(), shownBy: shownBy.trim() },
  }))
}

/** `tested` are the rule ids that tests cite. */
export function coverageProblems(page: string, tested: ReadonlySet<string>): string[] {
  const rows = capabilities(page)
  const count = (state: string) => rows.filter((each) => each.state === state).length
  const counts = [rows.length, count('works'), count('partly'), count('not yet')]
  const said = sentence.exec(page)?.slice(1).map(Number) ?? []
  return [
    ...(said.join() === counts.join() ? [] : [`says ${said.join()}, counts ${counts.join()}`]),
    ...rows.filter(({ state }) => state === 'works').flatMap((each) => proofProblems(each, tested)),
  ]
}

function proofProblems({ id, shownBy }: Capability, tested: ReadonlySet<string>): string[] {
  const rules = [...shownBy.matchAll(rule)].map((match) => match[1] ?? '')
  const files = [...shownBy.matchAll(testFile)].map((match) => match[1] ?? '')
  if (rules.length + files.length === 0) return [`${id} works, and names no test`]
  return [
    ...rules.filter((each) => !tested.has(each)).map((each) => `${id}: no test cites [${each}]`),
    ...files
      .filter((each) => !existsSync(join(project, each)))
      .map((each) => `${id}: there is no ${each}`),
  ]
}
