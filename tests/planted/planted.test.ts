/**
 * Proof that the tests bite. Every planted fault still has its place in the source; a few are planted here
 * each time, `PLANTED=all` plants all of them (an hour of one core). docs/planted-faults.md has the table.
 */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { withFault } from './fault.ts'
import { faults, groups } from './faults.ts'
import { makeScratch, project, type Scratch } from './scratch.ts'
import { seek } from './seek.ts'

/** Found with the first seeds, or by a suite of a second. */
const quick: ReadonlySet<string> = new Set([
  ...['true-up-missing', 'later-posting-wins', 'half-a-commit', 'confirmed-before-log'],
  ...['counter-starts-again', 'client-id-reused', 'fork-not-noticed', 'head-unsigned'],
])
const isAll = process.env['PLANTED'] === 'all'
const planted = faults.filter(({ id }) => isAll || quick.has(id))
const budget = { seconds: isAll ? 600 : 60, seeds: 200 }

let scratch: Scratch | undefined
afterAll(() => scratch?.remove())

describe('the list of planted faults', () => {
  it('has enough of each kind, each under a name of its own', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length)
    expect([...quick].filter((id) => !faults.some((fault) => fault.id === id))).toEqual([])
    const fewest: Record<string, number> = { 'Figures and cost': 15, Server: 11, Fold: 10 }
    const thin = groups.filter(({ name, faults: own }) => own.length < (fewest[name] ?? 12))
    expect(thin.map(({ name }) => name)).toEqual([])
  })

  it.each(faults)('$id has its place in the source and leaves it readable', (fault) => {
    const text = readFileSync(join(project, fault.file), 'utf8')
    expect(() => stripTypeScriptTypes(withFault(text, fault))).not.toThrow()
  })
})

it.each(planted)('$id is found: $what', async (fault) => {
  scratch ??= makeScratch()
  const found = await seek(scratch, fault, budget)
  expect(found.by).toBe(fault.finder === undefined ? 'simulator' : 'suite')
})
