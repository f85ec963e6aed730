import { describe, expect, it } from 'vitest'
import { type LogRow, portionOf } from './store-log.ts'

function rows(...bytes: readonly number[]): LogRow[] {
  return bytes.map((each, no) => ({ no, change: { term: 1 }, bytes: each }))
}

function sizes(unsettled: readonly LogRow[]): number[] {
  const found: number[] = []
  for (let rest = unsettled; rest.length > 0; ) {
    const portion = portionOf(rest, Number.MAX_SAFE_INTEGER)
    found.push(portion.length)
    rest = rest.slice(portion.length)
  }
  return found
}

describe('the log of the store', () => {
  it('[STO14] is settled in portions of bounded count and bytes, all of it and in order', () => {
    expect(sizes(rows(...Array.from({ length: 120 }, () => 2_000)))).toEqual([50, 50, 20])
    // The rows of a burst: a thousand records each.
    expect(sizes(rows(1_200_000, 1_200_000, 400_000, 400_000, 400_000, 10))).toEqual([1, 1, 2, 2])
    expect(portionOf(rows(1, 1, 1), 1).map(({ no }) => no)).toEqual([0, 1])
    expect(portionOf(rows(), 9)).toEqual([])
  })
})
