import { describe, expect, it } from 'vitest'
import { budgets, ninetiethOf, sizeProblems, tolerated } from './sizes.ts'
import { sourcesUnder } from './sources.ts'

const sources = sourcesUnder(
  ['domain', 'client', 'sync-server', 'scripts', 'tests'],
  /\.(?:tsx?|mjs)$/,
)

describe('sizes', () => {
  it('no file is beyond its budget', () => {
    expect(sizeProblems(sources)).toEqual([])
  })

  it('nine files in ten are small', () => {
    expect(ninetiethOf(sources)).toBeLessThanOrEqual(budgets.ninetieth)
  })

  it('every tolerated file still needs it', () => {
    const paths = new Set(sources.map(({ path }) => path))
    expect(Object.keys(tolerated).filter((path) => !paths.has(path))).toEqual([])
  })

  it('finds a file that is too long', () => {
    const long = { path: 'domain/values/x.ts', text: 'x\n'.repeat(401) }
    const type = { path: 'domain/documents/a/a.ts', text: 'x\n'.repeat(201) }
    const test = { path: 'domain/documents/a/a.test.ts', text: 'x\n'.repeat(201) }
    expect(sizeProblems([long, type, test])).toEqual([
      'domain/values/x.ts has 401 lines of 400',
      'domain/documents/a/a.ts has 201 lines of 200',
    ])
  })
})
