import { describe, expect, it } from 'vitest'
import { ruleProblems } from './rules.ts'
import { isTest, sourcesUnder } from './sources.ts'

describe('rules', () => {
  it('every rule is cited by a test, and every cited rule exists', () => {
    const folders = ['domain', 'client', 'sync-server', 'tests']
    const pages = sourcesUnder(folders, /\/RULES\.md$/)
    const tests = sourcesUnder(folders, /\.tsx?$/).filter(
      ({ path }) => isTest(path) && !path.startsWith('tests/house/'),
    )
    expect(ruleProblems(pages, tests)).toEqual([])
  })

  it('finds a rule without test, a test without rule and a rule defined twice', () => {
    const pages = [
      { path: 'a/RULES.md', text: '- **[AAA1]** One (一).\n- **[AAA2]** Two (二).\n' },
      { path: 'b/RULES.md', text: '- **[AAA1]** Another one.\n- **[CO-01]** Three.\n' },
    ]
    const tests = [{ path: 'a/a.test.ts', text: `it('[AAA1] [CO-01] holds')\nit("[BBB9] holds")` }]
    expect(ruleProblems(pages, tests)).toEqual([
      'a/RULES.md: no test cites [AAA2]',
      'a/a.test.ts: cites [BBB9], which no RULES.md defines',
      'b/RULES.md: [AAA1] is defined twice',
    ])
  })
})
