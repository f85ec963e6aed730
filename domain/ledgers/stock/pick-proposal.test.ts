import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, businessDate } from '#domain/values/business-date.ts'
import { quantity } from '#domain/values/quantity.ts'
import { isExpired, type PickSource, proposePick } from './pick-proposal.ts'

const firstDay = businessDate('2026-06-01')
const day = (days: number) => addDays(firstDay, days)

function goods(batch: string, available: number, more: Partial<PickSource> = {}): PickSource {
  return { batch, bin: '', available: quantity(available), received: firstDay, ...more }
}

function proposed(
  sources: readonly PickSource[],
  wanted: number,
  strategy: 'fefo' | 'fifo' | 'closest',
  usableOn = firstDay,
) {
  const { picked, short } = proposePick(sources, { wanted: quantity(wanted), strategy, usableOn })
  return [...picked.map(({ source, quantity: taken }) => `${source.batch} ${taken}`), short]
}

describe('pick proposal 拣货建议', () => {
  it('[PKP1] first expired first out: expiry, arrival, bin, batch; what keeps comes last', () => {
    const sources = [
      goods('keeps', 5),
      goods('late', 5, { expires: day(30) }),
      goods('b', 5, { expires: day(9), received: day(-1), bin: '2' }),
      goods('d', 5, { expires: day(9), received: day(-1), bin: '1' }),
      goods('c', 5, { expires: day(9), received: day(-1), bin: '1' }),
      goods('a', 5, { expires: day(9), received: day(-2), bin: '3' }),
    ]
    expect(proposed(sources, 28, 'fefo')).toEqual([
      ...['a 5', 'c 5', 'd 5', 'b 5', 'late 5', 'keeps 3'],
      0,
    ])
  })

  it('[PKP2] first in first out by arrival, the nearest bin first by bin', () => {
    const sources = [
      goods('q3', 3, { bin: '3', received: day(-5) }),
      goods('q2', 2, { bin: '2', received: day(-1) }),
    ]
    expect(proposed(sources, 4, 'fifo')).toEqual(['q3 3', 'q2 1', 0])
    expect(proposed(sources, 4, 'closest')).toEqual(['q2 2', 'q3 2', 0])
  })

  it('[PKP3] says what is short, and takes nothing of what is not there', () => {
    expect(proposed([goods('a', 5), goods('none', 0), goods('less', -2)], 7, 'fifo')).toEqual([
      'a 5',
      2,
    ])
    expect(proposed([], 0, 'fefo')).toEqual([0])
  })

  it('[PKP4] goods are usable through the printed day; who may override sees expired ones', () => {
    const source = goods('a', 5, { expires: day(3) })
    expect([2, 3, 4].map((days) => isExpired(source, day(days)))).toEqual([false, false, true])
    expect(isExpired(goods('keeps', 1), day(9_999))).toBe(false)
    expect(proposed([source], 5, 'fefo', day(4))).toEqual([5])
    const anyway = proposePick([source], { wanted: quantity(5), strategy: 'fefo' })
    expect(anyway.short).toBe(0)
  })

  it('[PKP3] what is picked and what is short is what was wanted, whatever the order of the stock', () => {
    const amount = fc.integer({ min: 0, max: 50 })
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 6 }), amount, fc.nat(), (held, wanted, turn) => {
        const sources = held.map((available, index) => goods(`batch-${index}`, available))
        const turned = [...sources.slice(turn % 7), ...sources.slice(0, turn % 7)]
        const proposal = proposed(sources, wanted, 'fifo')
        expect(proposed(turned, wanted, 'fifo')).toEqual(proposal)
        const all = held.reduce((a, b) => a + b, 0)
        expect(proposal.at(-1)).toBe(Math.max(wanted - all, 0))
      }),
    )
  })
})
