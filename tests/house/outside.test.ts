import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { foreignHosts, resolvedAddresses } from './outside.ts'
import { isTest, project, shippedFolders, sourcesUnder } from './sources.ts'

describe('outside', () => {
  it('shipped code names no foreign host', () => {
    const shipped = sourcesUnder(
      [...shippedFolders, 'public'],
      /\.(?:tsx?|html|css|json|svg|webmanifest)$/,
    )
    expect(foreignHosts(shipped.filter(({ path }) => !isTest(path)))).toEqual([])
  })

  it('the lockfile names no registry', () => {
    expect(resolvedAddresses(readFileSync(join(project, 'package-lock.json'), 'utf8'))).toEqual([])
  })

  it('finds a foreign host and a resolved address', () => {
    const text = `fetch('https://cdn.example.net/x.js') // https://docs.example.net\nconst ns = 'http://www.w3.org/2000/svg'`
    expect(foreignHosts([{ path: 'client/x.ts', text }])).toEqual([
      'client/x.ts names cdn.example.net',
    ])
    expect(resolvedAddresses('{"resolved": "https://registry.example/x.tgz"}')).toHaveLength(1)
  })
})
