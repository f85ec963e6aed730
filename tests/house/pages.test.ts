import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mergeMarks, missingPaths } from './pages.ts'
import { project, sourcesUnder } from './sources.ts'

const atRoot = readdirSync(project)
  .filter((name) => name.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(join(project, path), 'utf8') }))
const folders = ['docs', 'client', 'domain', 'sync-server', 'tests', 'scripts']
const pages = [...atRoot, ...sourcesUnder(folders, /\.md$/)]

describe('pages', () => {
  it('name only what exists', () => {
    expect(missingPaths(pages)).toEqual([])
  })

  it('hold no half merge', () => {
    expect(mergeMarks(pages)).toEqual([])
  })

  it('finds a path that is gone and a merge left open', () => {
    const text = 'See `client/gone.ts`.\n<<<<<<< HEAD\nthis\n=======\nthat\n>>>>>>> other\n'
    expect(missingPaths([{ path: 'README.md', text }])).toEqual(['README.md names client/gone.ts'])
    expect(mergeMarks([{ path: 'README.md', text }])).toHaveLength(1)
  })
})
