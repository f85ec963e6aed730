import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Dictionary } from './dictionary.ts'
import { mergeTail } from './merge-tail.ts'
import { PairIndex } from './pair-index.ts'
import { SortedRows } from './sorted-rows.ts'
import { appendRow, columnsOf, openTable, tableOf } from './table.ts'
import { TextHeap } from './text-heap.ts'

const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\p{Cs}/gu, '?')),
  fc.uuid(),
  fc.uuid().map((uuid) => `${uuid}:in`),
  fc.uuid().map((uuid) => uuid.toUpperCase()),
  // Around the lengths at which an entry changes its form.
  fc.integer({ min: 30, max: 34 }).map((length) => 'y'.repeat(length)),
  fc.integer({ min: 125, max: 129 }).map((length) => 'z'.repeat(length)),
  fc.constantFrom('', '苹果', '-'.repeat(36), 'x'.repeat(500), `${'0'.repeat(36)}`),
)

describe('text heap', () => {
  it('[COL1] gives every text back, whatever its length and letters', () => {
    fc.assert(
      fc.property(fc.array(texts), (given) => {
        const heap = new TextHeap()
        const refs = given.map((text) => heap.append(text))
        expect(refs.map((ref) => heap.read(ref))).toEqual(given)
        expect(refs.every((ref, index) => heap.equals(ref, given[index] ?? ''))).toBe(true)
        const reopened = new TextHeap(heap.bytes.slice())
        expect(refs.map((ref) => reopened.read(ref))).toEqual(given)
      }),
    )
  })

  it('[COL1] tells texts apart, and keeps a UUID in 17 bytes', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const heap = new TextHeap()
        expect(heap.equals(heap.append(a), b)).toBe(a === b)
      }),
    )
    const heap = new TextHeap()
    heap.append('0190f7a1-9c3e-7d10-8a55-0123456789ab')
    expect(heap.bytes.length).toBe(17)
  })
})

describe('interned numbers', () => {
  it('[COL2] a dictionary gives one number to one text, in order of first sight', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 200 }), (given) => {
        const heap = new TextHeap()
        const dictionary = new Dictionary(heap)
        const numberOf = new Map<string, number>()
        for (const text of given) {
          if (!numberOf.has(text)) numberOf.set(text, numberOf.size)
          expect(dictionary.intern(text)).toBe(numberOf.get(text))
        }
        const reopened = new Dictionary(heap, dictionary.table, dictionary.slots)
        for (const [text, number] of numberOf) {
          expect([reopened.find(text), reopened.text(number)]).toEqual([number, text])
        }
        expect(reopened.find('never seen')).toBe(-1)
      }),
    )
  })

  it('[COL2] a pair index gives one number to one pair', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 300 }), (given) => {
        const index = new PairIndex()
        const numberOf = new Map<string, number>()
        for (const [first, second] of given) {
          const key = `${first},${second}`
          if (!numberOf.has(key)) numberOf.set(key, numberOf.size)
          const number = index.intern(first, second)
          expect(number).toBe(numberOf.get(key))
          expect([index.first(number), index.second(number)]).toEqual([first, second])
        }
        expect(index.find(99, 99)).toBe(-1)
      }),
    )
  })
})

describe('rows in columns', () => {
  it('[COL3] a table keeps its rows while it grows, and comes back from its columns', () => {
    const table = openTable({ small: 'u8', row: 'i32', amount: 'f64' })
    for (let i = 0; i < 100; i++) {
      const row = appendRow(table)
      table.columns.small[row] = i
      table.columns.row[row] = 0 - i
      table.columns.amount[row] = i * 2 ** 40
    }
    const reopened = tableOf(table.schema, columnsOf(table))
    expect(reopened.rows).toBe(100)
    expect(reopened.columns.amount[99]).toBe(99 * 2 ** 40)
    expect(reopened.columns.row[appendRow(reopened) - 1]).toBe(-99)
  })

  it('[COL4] late rows are merged in, and the first changed position is told', () => {
    const compare = (a: number, b: number) => a - b
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1_000)), fc.nat(), (given, at) => {
        const sorted = given.length === 0 ? 0 : at % (given.length + 1)
        const head = given.slice(0, sorted).sort(compare)
        const rows = Int32Array.from([-1, ...head, ...given.slice(sorted)])
        const run = { rows, start: 1, sorted, length: given.length }
        const changed = mergeTail(run, compare)
        const merged = [...given].sort(compare)
        expect([...rows.subarray(1)]).toEqual(merged)
        expect(merged.slice(0, changed).filter((row) => !head.includes(row))).toEqual(
          changed === given.length ? given.slice(sorted) : [],
        )
      }),
    )
  })

  it('[COL4] sorted rows are in order whenever they are looked at', () => {
    const change = fc.tuple(fc.boolean(), fc.nat(40))
    fc.assert(
      fc.property(fc.array(change, { maxLength: 100 }), (changes) => {
        const rows = new SortedRows((a, b) => a - b)
        const expected = new Set<number>()
        for (const [isAdded, row] of changes) {
          if (isAdded && !expected.has(row)) rows.add(row)
          if (!isAdded) rows.remove(row)
          if (isAdded) expected.add(row)
          else expected.delete(row)
          if (row % 3 === 0) expect([...rows.view()]).toEqual([...expected].sort((a, b) => a - b))
        }
        expect([...rows.view()]).toEqual([...expected].sort((a, b) => a - b))
      }),
    )
  })
})
