import { describe, expect, it } from 'vitest'
import type { LineColumn } from './line-columns.ts'
import { pastedCells, readEntry } from './line-entry.ts'

const date: LineColumn<null> = {
  key: 'expiresOn',
  label: '有效期至',
  kind: 'date',
  width: 100,
  value: () => undefined,
}

describe('line entry', () => {
  it('[LNG6] cuts a copied table into rows and cells', () => {
    expect(pastedCells('a\tb\r\nc\t\r\n')).toEqual([
      ['a', 'b'],
      ['c', ''],
    ])
    expect(pastedCells('可口可乐')).toBeUndefined()
    expect(pastedCells('可口可乐\n')).toBeUndefined()
  })

  it('[FIG1] reads a date as people write it', () => {
    for (const text of ['2026-11-22', '2026/11/22', '20261122', '２０２６.11.22']) {
      expect(readEntry(date, null, text)).toEqual({ ok: true, value: '2026-11-22' })
    }
    expect(readEntry(date, null, '2026-02-30').ok).toBe(false)
    expect(readEntry(date, null, ' ')).toEqual({ ok: true, value: undefined })
  })
})
