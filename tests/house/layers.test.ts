import { describe, expect, it } from 'vitest'
import { importsOf, layerViolations } from './layers.ts'
import { sourcesUnder } from './sources.ts'

describe('layers', () => {
  it('every import goes in the allowed direction', () => {
    const sources = sourcesUnder(['domain', 'client', 'sync-server', 'tests', 'scripts'], /\.tsx?$/)
    const violations = sources.flatMap(({ path, text }) => layerViolations(path, text))
    expect(violations).toEqual([])
  })

  it.each([
    ['domain/values/x.ts', `import * as Y from 'yjs'`, 'yjs'],
    ['domain/values/x.ts', `import { a } from '../records/a.ts'`, 'domain/records/a.ts'],
    [
      'domain/documents/a/a.ts',
      `import { b } from '#domain/documents/b/b.ts'`,
      'domain/documents/b/b.ts',
    ],
    [
      'domain/fold/x.ts',
      `export * from '#client/engine/face/face.ts'`,
      'client/engine/face/face.ts',
    ],
    ['domain/fold/x.ts', `const fs = await import('node:fs')`, 'node:'],
    [
      'client/screens/x.tsx',
      `import { s } from '#client/projections/stock.ts'`,
      'client/projections/stock.ts',
    ],
    [
      'tests/oracle/x.ts',
      `import { shareOf } from '#domain/ledgers/stock/costing/share.ts'`,
      'domain/ledgers/stock/costing/share.ts',
    ],
    ['client/ui/x.tsx', `import type { S } from '#server/server.ts'`, 'sync-server/server.ts'],
    [
      'client/engine/x.ts',
      `new Worker(new URL('../../tests/w.ts', import.meta.url))`,
      'tests/w.ts',
    ],
    [
      'sync-server/api/x.ts',
      `import { e } from '#client/engine/face/face.ts'`,
      'client/engine/face/face.ts',
    ],
    ['domain/values/x.ts', `import { b } from '#tests/builders/b.ts'`, 'tests/builders/b.ts'],
  ])('finds a planted violation in %s: %s', (path, text, target) => {
    const violations = layerViolations(path, text)
    expect(violations).toHaveLength(1)
    expect(violations[0]).toContain(`${path} must not import ${target}: `)
  })

  it('finds a folder nobody placed', () => {
    expect(layerViolations('domain/misc/x.ts', '')).toHaveLength(1)
  })

  it.each([
    ['domain/documents/a/a.ts', `import { x } from './a.examples.ts'`],
    ['domain/values/x.test.ts', `import fc from 'fast-check'`],
    ['domain/doctype/post.test.ts', `import { s } from '#domain/documents/shipment/shipment.ts'`],
    ['sync-server/api/x.ts', `import fastify from 'fastify'\nimport { join } from 'node:path'`],
    ['client/queries/x.ts', `import type { EngineFace } from '#client/engine/face/face.ts'`],
  ])('allows %s: %s', (path, text) => {
    expect(layerViolations(path, text)).toEqual([])
  })

  it('reads every form of import and no comment', () => {
    const text = [
      `import {\n  a,\n  b,\n} from 'one'`,
      `import 'two.css'`,
      `export type { C } from 'three'`,
      `await import('four')`,
      `// import x from 'five'`,
      `/* import y from 'six' */`,
      `const url = 'https://seven' // import z from 'eight'`,
      `const texts = { 'word.import': 'Import', from: 'nine' }`,
    ].join('\n')
    expect(importsOf(text).sort()).toEqual(['four', 'one', 'three', 'two.css'])
  })
})
