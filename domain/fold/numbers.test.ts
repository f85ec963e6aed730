import { describe, expect, it } from 'vitest'
import { appendRow } from '#domain/ledgers/columns/table.ts'
import { emptyState, openState } from './fold-state.ts'
import { bearersOf, claimNumber, releaseNumber } from './numbers.ts'

const documents = 20_000

/** Documents that bear a number each, claimed and given back. */
function borne(numberOf: (document: number) => string) {
  const state = openState(emptyState())
  const begun = performance.now()
  for (let row = 0; row < documents; row++) {
    const document = appendRow(state.documents)
    state.documents.columns.number[document] = claimNumber(state, document, numberOf(row))
  }
  const bearers = bearersOf(state, numberOf(0))
  for (let document = 0; document < documents - 1; document++) releaseNumber(state, document)
  return { state, bearers, ms: performance.now() - begun }
}

describe('document numbers', () => {
  it('[FIN7] a number that one device repeats without end costs a fold no more than fresh ones', () => {
    const fresh = borne((row) => `N-${row}`)
    const repeated = borne(() => 'N-0')
    expect(fresh.bearers).toEqual([0])
    expect(repeated.bearers.length).toBe(documents)
    expect(repeated.bearers.slice(0, 3)).toEqual([0, 1, 2])
    expect(bearersOf(repeated.state, 'N-0')).toEqual([documents - 1])
    expect(repeated.state.sharedNumbers.size).toBe(0)
    // What grew with the square of them took a hundred times as long.
    expect(repeated.ms).toBeLessThan(10 * fresh.ms + 500)
  })
})
