import { describe, expect, it } from 'vitest'
import { documentTypes } from '#domain/registry.ts'
import { documentProblems } from './documents.ts'
import { sourcesUnder } from './sources.ts'

describe('documents', () => {
  it('every type has its files and its line in the registry', () => {
    const paths = sourcesUnder(['domain/documents', 'tests/goldens'], /./).map(({ path }) => path)
    const registered = documentTypes.map((definition) => definition.type)
    expect(documentProblems(paths, registered)).toEqual([])
  })

  it('finds a missing file, an unregistered folder and a line without folder', () => {
    const paths = ['a.ts', 'a.examples.ts', 'a.test.ts'].map((file) => `domain/documents/a/${file}`)
    expect(documentProblems(paths, ['b'])).toEqual([
      'domain/documents/a/RULES.md is missing',
      'tests/goldens/documents/a.txt is missing',
      'a has no line in domain/registry.ts',
      'b is registered and has no folder in domain/documents',
    ])
  })
})
