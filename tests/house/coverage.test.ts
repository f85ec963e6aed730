import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { coverageProblems } from './coverage.ts'
import { citedRules } from './rules.ts'
import { isTest, project, sourcesUnder } from './sources.ts'

const folders = ['domain', 'client', 'sync-server', 'tests']

describe('coverage', () => {
  it.each(['docs/coverage.md', 'docs/policies.md'])('%s counts right and names tests', (path) => {
    const tests = sourcesUnder(folders, /\.tsx?$/).filter(
      ({ path }) => isTest(path) && !path.startsWith('tests/house/'),
    )
    const tested = new Set(citedRules(tests).map(({ id }) => id))
    const page = readFileSync(join(project, path), 'utf8')
    expect(coverageProblems(page, tested)).toEqual([])
  })

  it('finds a wrong count, a missing proof, a rule and a file that are gone', () => {
    const page = [
      'Of 4 rows 3 work, 1 work partly, 0 are not yet begun.',
      '| AB-01 | Scales | works | somewhere |  |',
      '| AB-02 | Labels | works | [ABC1] |  |',
      '| AB-03 | Scans | works | `tests/gone.test.ts` |  |',
      '| AB-04 | Bins | not yet |  |  |',
    ].join('\n')
    expect(coverageProblems(page, new Set())).toEqual([
      'says 4,3,1,0, counts 4,3,0,1',
      'AB-01 works, and names no test',
      'AB-02: no test cites [ABC1]',
      'AB-03: there is no tests/gone.test.ts',
    ])
  })
})
