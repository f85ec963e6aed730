import { describe, expect, it } from 'vitest'
import {
  cellAfterKey,
  firstEditable,
  type GridShape,
  nextCell,
  previousCell,
} from './line-cursor.ts'

/** Three rows of: product, (stock), quantity, price, (amount); brackets are derived. */
const shape: GridShape = {
  rows: 3,
  columns: 5,
  isEditable: (column) => column !== 1 && column !== 4,
  page: 10,
}

describe('line cursor', () => {
  it('[LNG1] goes with Enter over what can be typed, row by row', () => {
    const seen = []
    let at: { row: number; column: number } | undefined = { row: 0, column: 0 }
    while (at !== undefined) {
      seen.push(`${at.row}${at.column}`)
      at = nextCell(at, shape)
    }
    expect(seen).toEqual(['00', '02', '03', '10', '12', '13', '20', '22', '23'])
  })

  it('[LNG1] goes back the same way', () => {
    expect(previousCell({ row: 1, column: 0 }, shape)).toEqual({ row: 0, column: 3 })
    expect(previousCell({ row: 0, column: 0 }, shape)).toBeUndefined()
  })

  it('[LNG7] moves by arrows over derived cells too and stops at edges', () => {
    expect(cellAfterKey('ArrowRight', false, { row: 0, column: 0 }, shape)).toEqual({
      row: 0,
      column: 1,
    })
    expect(cellAfterKey('ArrowUp', false, { row: 0, column: 0 }, shape)).toBeUndefined()
    expect(cellAfterKey('ArrowDown', true, { row: 0, column: 2 }, shape)).toEqual({
      row: 2,
      column: 2,
    })
    expect(cellAfterKey('PageDown', false, { row: 0, column: 2 }, shape)?.row).toBe(2)
    expect(cellAfterKey('End', true, { row: 0, column: 0 }, shape)).toEqual({ row: 2, column: 4 })
    expect(cellAfterKey('a', false, { row: 0, column: 0 }, shape)).toBeUndefined()
  })

  it('[LNG1] ends where nothing can be typed', () => {
    const readOnly: GridShape = { ...shape, isEditable: () => false }
    expect(nextCell({ row: 0, column: 0 }, readOnly)).toBeUndefined()
    expect(firstEditable(readOnly)).toBe(0)
    expect(firstEditable({ ...shape, isEditable: (column) => column === 3 })).toBe(3)
  })
})
