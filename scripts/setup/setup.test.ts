import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOfSources } from './build.mjs'
import { missingPackages } from './install.mjs'
import { countsOf } from './steps.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liancang-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function put(path: string, content: unknown): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

describe('install', () => {
  const locked = {
    '': {},
    'node_modules/a': { integrity: 'sha512-a' },
    'node_modules/b': { integrity: 'sha512-b' },
    'node_modules/for-mac': { integrity: 'sha512-m', optional: true },
  }

  it('wants everything where nothing is installed', () => {
    put('package-lock.json', { packages: locked })
    expect(missingPackages(folder)).toEqual(['node_modules/a', 'node_modules/b'])
  })

  it('finds what is missing or of another version, and lets other platforms be', () => {
    put('package-lock.json', { packages: locked })
    put('node_modules/.package-lock.json', {
      packages: { 'node_modules/a': { integrity: 'sha512-old' } },
    })
    expect(missingPackages(folder)).toEqual(['node_modules/a', 'node_modules/b'])
    put('node_modules/.package-lock.json', { packages: locked })
    expect(missingPackages(folder)).toEqual([])
  })
})

describe('build', () => {
  it('changes its hash with a source, a name and an added file, not with a test', () => {
    put('client/a.ts', 'one')
    const before = hashOfSources(folder)
    put('client/a.test.ts', 'test')
    put('scripts/other.mjs', 'other')
    expect(hashOfSources(folder)).toBe(before)
    put('domain/b.ts', 'two')
    const added = hashOfSources(folder)
    expect(added).not.toBe(before)
    put('client/a.ts', 'uno')
    expect(hashOfSources(folder)).not.toBe(added)
  })
})

describe('counting', () => {
  it('counts tests, and files that do not load', () => {
    const file = put('vitest.json', {
      numPassedTests: 7,
      numFailedTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}] },
      ],
    })
    expect(countsOf('vitest', file, 1)).toEqual({ passed: 7, failed: 2 })
  })

  it('counts browser tests, and errors outside them', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }
    const file = put('playwright.json', { stats, errors: [{}] })
    expect(countsOf('playwright', file, 1)).toEqual({ passed: 4, failed: 2 })
  })

  it('calls a run that ended badly a failure, even without a report', () => {
    expect(countsOf('vitest', join(folder, 'none.json'), 1)).toEqual({ passed: 0, failed: 1 })
    expect(countsOf('playwright', join(folder, 'none.json'), 134)).toEqual({ passed: 0, failed: 1 })
  })
})
