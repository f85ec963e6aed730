import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentTypes } from '#domain/registry.ts'
import { refusedWords, unknownTerms } from './glossary.ts'
import { isTest, project, sourcesUnder } from './sources.ts'

describe('glossary', () => {
  it('domain uses no refused synonym', () => {
    const sources = sourcesUnder(['domain'], /\.ts$/).filter(({ path }) => !isTest(path))
    expect(refusedWords(sources)).toEqual([])
  })

  it('holds every document type under its Chinese name', () => {
    const glossary = readFileSync(join(project, 'GLOSSARY.md'), 'utf8')
    const terms = documentTypes.map(({ type, label }) => ({ type, chinese: label[0] }))
    expect(unknownTerms(glossary, terms)).toEqual([])
  })

  it('finds a refused word in a name and none in a comment or a longer word', () => {
    const text = `const vendorName = 1 // a lot of material\nconst slot = ballot\nconst LOT_SIZE = { account: 'inventory' }.constructor`
    expect(refusedWords([{ path: 'domain/x.ts', text }])).toEqual([
      'domain/x.ts: "vendor" is supplier in GLOSSARY.md',
      'domain/x.ts: "lot" is batch in GLOSSARY.md',
    ])
  })

  it('finds a document type without a row', () => {
    const glossary = '| 报损单 † | write-off | `write-off` | |'
    const terms = [
      { type: 'write-off', chinese: '报损单' },
      { type: 'stock-gain', chinese: '报溢单' },
    ]
    expect(unknownTerms(glossary, terms)).toEqual([
      'GLOSSARY.md has no row for 报溢单 `stock-gain`',
    ])
  })
})
