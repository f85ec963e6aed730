import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { openFold } from '#domain/fold/fold.ts'
import { idOf } from '#tests/builders/journal-writer.ts'
import { acts, historyOf } from '#tests/builders/random-history.ts'
import { makeArrivals } from './arrivals.ts'
import type { ReceivedRecord } from '../sync/inbox.ts'

/** A history long enough to be gathered, and the code that is the same however it came. */
function history(count = 450): readonly ReceivedRecord[] {
  const [given = []] = fc.sample(acts({ skus: 2, branches: 2, acts: count, actsMin: count }), {
    numRuns: 1,
    seed: 11,
  })
  return historyOf(given).flat()
}

function agreement(fold: ReturnType<typeof openFold>): readonly string[] {
  return ['branch-0', 'branch-1'].flatMap((name) => [
    fold.hash('goods', idOf('branch', name)),
    fold.hash('buying', idOf('branch', name)),
  ])
}

function gathering() {
  const fold = openFold()
  const folds: number[] = []
  const due: { delayMs: number; act: () => void; isOff: boolean }[] = []
  let isBehind = true
  const arrivals = makeArrivals({
    timers: {
      after(delayMs, act) {
        const timer = { delayMs, act, isOff: false }
        due.push(timer)
        return () => {
          timer.isOff = true
        }
      },
    },
    isBehind: () => isBehind,
    fold(records) {
      folds.push(records.length)
      fold.apply(records)
    },
  })
  const arrived = () => {
    isBehind = false
  }
  return { arrivals, fold, folds, due, arrived }
}

describe('arrivals', () => {
  const records = history()
  const oneByOne = openFold()
  for (const record of records) oneByOne.apply([record])

  it('[ARR1] a few records are folded as they come, also while more is on its way', () => {
    const { arrivals, folds } = gathering()
    arrivals.take(records.slice(0, 3))
    arrivals.take(records.slice(3, 4))
    expect(folds).toEqual([3, 1])
  })

  it('[ARR2] masses are folded together, and give the state of one-by-one arrival', () => {
    const { arrivals, fold, folds, due, arrived } = gathering()
    for (let from = 0; from < records.length - 100; from += 220) {
      arrivals.take(records.slice(from, from + 220))
    }
    expect(folds).toEqual([])
    arrived()
    arrivals.take(records.slice(-100))
    arrivals.take(records.slice(0, 400))
    expect(folds).toHaveLength(2)
    expect(agreement(fold)).toEqual(agreement(oneByOne))
    expect(due.every(({ isOff }) => isOff)).toBe(true)
  })

  it('[ARR2] what never becomes whole is folded after a while, and when it is asked for', () => {
    const { arrivals, folds, due } = gathering()
    arrivals.take(records.slice(0, 300))
    // A post of a neighbour that comes meanwhile goes with them, in order.
    arrivals.take(records.slice(300, 301))
    expect(folds).toEqual([])
    expect(due.map(({ delayMs }) => delayMs)).toEqual([1_000])
    due[0]?.act()
    expect(folds).toEqual([301])
    arrivals.take(records.slice(0, 250))
    arrivals.flush()
    arrivals.flush()
    expect(folds).toEqual([301, 250])
    arrivals.take(records.slice(0, 250))
    arrivals.close()
    arrivals.flush()
    expect(folds).toEqual([301, 250])
    expect(due.every(({ isOff }) => isOff)).toBe(true)
  })

  it('[ARR2] no more than a bounded number is gathered', () => {
    const { arrivals, folds } = gathering()
    for (let taken = 0; taken < 10_000; taken += 400) arrivals.take(records.slice(0, 400))
    expect(folds).toEqual([10_000])
  })
})
