import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowSet } from './row-set.ts'

const change = fc.tuple(fc.constantFrom('add', 'delete'), fc.nat({ max: 2_000 }))

describe('row set', () => {
  it('[COL5] holds what a set would, in the order of the numbers', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const rows = new RowSet()
        const set = new Set<number>()
        for (const [act, row] of changes) {
          rows[act as 'add' | 'delete'](row)
          set[act as 'add' | 'delete'](row)
        }
        expect([...rows]).toEqual([...set].sort((a, b) => a - b))
        expect(changes.every(([, row]) => rows.has(row) === set.has(row))).toBe(true)
      }),
    )
  })

  it('[COL5] is empty when it was cleared', () => {
    const rows = new RowSet()
    for (const row of [0, 31, 32, 5_000]) rows.add(row)
    expect([...rows]).toEqual([0, 31, 32, 5_000])
    rows.clear()
    expect([...rows]).toEqual([])
  })
})
