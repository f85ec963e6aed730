import { describe, expect, it } from 'vitest'
import { csvBytes } from './csv-text.ts'
import { textRows } from './text-rows.ts'

const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

describe('a table as CSV', () => {
  it('[CSV1] begins with the mark by which Excel reads UTF-8, and keeps figures to the last digit', () => {
    const text = textOf(
      csvBytes([
        [{ text: '商品' }, { text: '数量' }],
        [{ text: '可乐' }, '-12.3456'],
      ]),
    )
    expect(text).toBe('\uFEFF商品,数量\r\n可乐,-12.3456\r\n')
  })

  it('[CSV2] lets no text be carried out as a formula', () => {
    for (const start of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1']) {
      const cell = textOf(csvBytes([[{ text: start }]])).slice(1)
      expect(cell.replaceAll('"', '').startsWith("'")).toBe(true)
    }
  })

  it('[CSV3] is read back as it was written', () => {
    const cells = ['a,b', 'say "hi"', 'two\nlines', '']
    const rows = textRows(textOf(csvBytes([cells.map((text) => ({ text }))])).slice(1))
    if (!rows.ok) throw new Error('refused')
    expect([...rows.value][0]).toEqual(cells)
  })
})
