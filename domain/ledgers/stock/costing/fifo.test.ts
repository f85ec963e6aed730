import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/values/instant.ts'
import { seededRandom } from '#tests/builders/arrivals.ts'
import { aLedger, type TestLedger } from '#tests/builders/a-ledger.ts'
import { repool } from '../change.ts'
import { type CostPolicy, defaultPolicy } from '../policy.ts'
import { isLayeredBit } from '../pool-flags.ts'
import { costEverything } from './cost-everything.ts'
import { trueUpOf } from './true-up.ts'

const fifo: CostPolicy = { ...defaultPolicy, method: 'fifo' }

/** Pieces at a price each, fen; without one the goods come without a price. */
function trade(policy: CostPolicy = fifo) {
  const ledger = aLedger(policy)
  let moment = 0
  const move = (
    kind: 'receipt' | 'issue' | 'return-in' | 'count',
    pieces: number,
    price?: number,
  ): number => {
    moment += 10
    return ledger.move({
      ...{ leg: `${moment}`, class: kind, at: moment, hlc: moment, quantity: pieces * 10_000 },
      ...(price !== undefined && { value: pieces * price }),
    })
  }
  return {
    ledger,
    come: (pieces: number, price?: number) => move('receipt', pieces, price),
    go: (pieces: number) => move('issue', 0 - pieces),
    back: (pieces: number) => move('return-in', pieces),
    surplus: (pieces: number) => move('count', pieces),
    late: (at: number, pieces: number, price: number) =>
      ledger.move({
        ...{ leg: `late ${at}`, class: 'receipt', at, hlc: 9_999, quantity: pieces * 10_000 },
        value: pieces * price,
      }),
  }
}

/** Layers as pieces, fen and the moment of the receipt whose date they have. */
function layersOf({ ledger, nameOf }: TestLedger): unknown {
  return ledger.layers
    .all(0)
    .map(({ quantity, value, source }) => [quantity / 10_000, value, nameOf(source)])
}

function costs({ ledger }: TestLedger, ...movements: number[]): number[] {
  return movements.map((movement) => 0 - (ledger.movements.columns.cost[movement] as number))
}

describe('FIFO', () => {
  it('[CST15] takes the oldest goods first: vector A', () => {
    const { ledger, come, go } = trade()
    come(10, 500)
    const first = go(4)
    come(6, 800)
    const second = go(3)
    ledger.settle()
    expect(costs(ledger, first, second)).toEqual([2_000, 1_500])
    expect(ledger.pool('sku')).toEqual([90_000, 6_300])
    expect(layersOf(ledger)).toEqual([
      [3, 1_500, '10'],
      [6, 4_800, '30'],
    ])
  })

  it('[CST15] leaves the remainder of a layer to its last unit', () => {
    const { ledger, go } = trade()
    ledger.move({ leg: 'in', class: 'receipt', at: 1, hlc: 1, quantity: 30_000, value: 1_000 })
    ledger.move({ leg: 'more', class: 'receipt', at: 2, hlc: 2, quantity: 10_000, value: 999 })
    const issues = [go(1), go(1), go(1)]
    ledger.settle()
    expect(costs(ledger, ...issues)).toEqual([333, 334, 333])
    expect(layersOf(ledger)).toEqual([[1, 999, 'more']])
  })

  it('[CST6] a receipt that comes late is taken in its place', () => {
    const { ledger, come, go, late } = trade()
    come(10, 500)
    const first = go(12)
    come(6, 800)
    const second = go(3)
    ledger.settle()
    late(15, 10, 650)
    ledger.settle()
    expect(costs(ledger, first, second)).toEqual([6_300, 1_950])
    expect(trueUpOf(ledger.ledger, first)).toBe(0)
    expect(layersOf(ledger)).toEqual([
      [5, 3_250, 'late 15'],
      [6, 4_800, '30'],
    ])
  })

  it('[CST7] is short at the price of the newest goods and is trued up by each receipt', () => {
    const { ledger, come, go } = trade()
    come(10, 1_000)
    come(10, 2_000)
    const issue = go(30)
    ledger.settle()
    expect(costs(ledger, issue)).toEqual([50_000])
    come(4, 3_000)
    come(16, 4_000)
    ledger.settle()
    expect(trueUpOf(ledger.ledger, issue)).toBe(4 * 1_000 + 6 * 2_000)
    expect(layersOf(ledger)).toEqual([[10, 40_000, '50']])
  })

  it('[CST13] has the same layers when it is costed from nothing, and goes on from them', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed)
      const pick = (limit: number) => Math.floor(random() * limit)
      const { ledger, come, go, back, surplus } = trade()
      const gone: number[] = []
      const acts = [
        () => come(1 + pick(9), pick(99)),
        () => come(1 + pick(20), pick(99)),
        () => gone.push(go(1 + pick(9))),
        () => gone.push(go(1 + pick(4))),
        () => gone.push(go(1 + pick(4))),
        () => ledger.link(back(1), gone[pick(gone.length)] ?? -1),
        () => surplus(1),
        () => come(1),
      ]
      // Rare things late or never: most pools see none.
      for (let act = 0; act < 40; act++) {
        acts[act < seed ? pick(5) : pick(acts.length)]?.()
        ledger.settle()
        const before = [layersOf(ledger), ledger.pool('sku'), costs(ledger, ...gone)]
        if (act % 5 === 0) costEverything(ledger.ledger)
        expect([layersOf(ledger), ledger.pool('sku'), costs(ledger, ...gone)]).toEqual(before)
      }
    }
  })

  it('[CST16] a linked return is a layer with the date of the receipt that its delivery took', () => {
    const { ledger, come, go, back } = trade()
    come(10, 500)
    const delivery = go(10)
    come(6, 800)
    const returned = back(2)
    ledger.link(returned, delivery)
    const next = go(3)
    ledger.settle()
    expect(ledger.ledger.movements.columns.cost[returned]).toBe(1_000)
    expect(costs(ledger, next)).toEqual([1_800])
    expect(layersOf(ledger)).toEqual([[5, 4_000, '30']])
  })

  it('[CST16] the return of goods that were short has the date of what covered them', () => {
    const { ledger, come, go, back } = trade()
    const delivery = go(2)
    come(6, 800)
    const returned = back(2)
    ledger.link(returned, delivery)
    ledger.settle()
    expect(layersOf(ledger)).toEqual([
      [4, 3_200, '20'],
      [2, 1_600, '20'],
    ])
  })

  it.each([
    [[3], 3, 70, [[2, 40, '10']]],
    [
      [3, 1],
      ...([4, 100] as const),
      [
        [1, 20, '10'],
        [1, 20, '10'],
      ],
    ],
  ] as const)(
    '[CST9] a delivery that was partly short comes back as %s: what was short first',
    (returns, pieces, cost, left) => {
      const { ledger, come, go, back } = trade()
      come(1, 10)
      come(1, 30)
      const delivery = go(pieces)
      for (const each of returns) ledger.link(back(each), delivery)
      ledger.settle()
      expect(costs(ledger, delivery)).toEqual([cost])
      expect(layersOf(ledger)).toEqual(left)
    },
  )

  it('[CST16] whether the price of what covered them has come or not', () => {
    const { ledger, come, go, back } = trade()
    const delivery = go(2)
    come(6)
    const newer = come(1, 900)
    const returned = back(2)
    ledger.link(returned, delivery)
    ledger.settle()
    expect(layersOf(ledger)).toEqual([
      [4, 0, '20'],
      [2, 0, '20'],
      [1, 900, ledger.nameOf(newer)],
    ])
  })

  it('[CST17] a surplus is worth what the newest goods are, a return without a link the average', () => {
    const { ledger, come, back, surplus } = trade()
    come(10, 500)
    come(10, 800)
    surplus(1)
    ledger.settle()
    expect(ledger.pool('sku')).toEqual([210_000, 13_800])
    const free = back(1)
    ledger.settle()
    expect(ledger.ledger.movements.columns.cost[free]).toBe(657)
  })

  it('[CST18] a purchase return takes its own layer first, then the oldest', () => {
    const { ledger, come, go } = trade()
    come(10, 500)
    const receipt = come(6, 800)
    come(5, 900)
    const returned = go(8)
    ledger.link(returned, receipt)
    ledger.settle()
    // Six at their price, two more than came: these are the oldest.
    expect(costs(ledger, returned)).toEqual([6 * 800 + 2 * 500])
    expect(layersOf(ledger)).toEqual([
      [8, 4_000, '10'],
      [5, 4_500, '30'],
    ])
  })

  it('[CST18] what its own layer cannot give comes from the oldest; the rest is a difference', () => {
    const { ledger, come, go } = trade()
    const receipt = come(6, 800)
    come(10, 500)
    go(4)
    const returned = go(6)
    ledger.link(returned, receipt)
    ledger.settle()
    expect(costs(ledger, returned)).toEqual([4_800])
    expect(ledger.ledger.differences.get(returned)).toBe(2 * 800 + 4 * 500 - 4_800)
    expect(layersOf(ledger)).toEqual([[6, 3_000, '20']])
  })

  it('[CST18] a return that is undone takes the goods that it brought, whatever is older', () => {
    const { ledger, come, go, back } = trade()
    come(2, 500)
    const older = go(2)
    come(2, 800)
    const newer = go(2)
    const undone = back(1)
    ledger.link(undone, newer)
    const stays = back(1)
    ledger.link(stays, older)
    const mirror = go(1)
    ledger.link(mirror, undone)
    ledger.settle()
    expect(costs(ledger, mirror)).toEqual([800])
    expect(ledger.ledger.differences.size).toBe(0)
    expect(layersOf(ledger)).toEqual([[1, 500, '10']])
  })

  it('[CST19] a purchase return costs what any issue does, where the policy says so', () => {
    const { ledger, come, go } = trade({ ...fifo, purchaseReturn: 'method' })
    come(10, 500)
    const receipt = come(6, 800)
    const returned = go(2)
    ledger.link(returned, receipt)
    ledger.settle()
    expect(costs(ledger, returned)).toEqual([1_000])
    expect(ledger.ledger.differences.size).toBe(0)
  })

  it('[CST10] goods without a price make provisional what takes them, and nothing else', () => {
    const { ledger, come, go } = trade()
    come(5, 500)
    const unpriced = come(5)
    come(5, 700)
    const [first, second, third] = [go(4), go(4), go(4)]
    ledger.settle()
    const { basis } = ledger.ledger.movements.columns
    const isTainted = (movement: number) => ((basis[movement] as number) & 64) !== 0
    expect([unpriced, first, second, third].map(isTainted)).toEqual([true, false, true, true])
    expect(ledger.ledger.poolTable.columns.flags[0]).toBe(isLayeredBit)
  })

  it('[CST14] follows when the policy becomes known after the goods have moved', () => {
    const { ledger, come, go } = trade(defaultPolicy)
    come(10, 500)
    go(4)
    come(6, 800)
    const issue = go(3)
    ledger.settle()
    repool(ledger.ledger, fifo)
    ledger.settle()
    expect(costs(ledger, issue)).toEqual([1_500])
  })
})

describe('a change of method', () => {
  it('[CST20] to the average begins with the quantity and value that the layers had', () => {
    const { ledger, come, go } = trade({
      ...fifo,
      changes: [{ from: 45 as Instant, method: 'moving-average' }],
    })
    come(10, 500)
    go(4)
    come(6, 800)
    go(3)
    const after = go(3)
    ledger.settle()
    expect(costs(ledger, after)).toEqual([2_100])
    expect(ledger.pool('sku')).toEqual([60_000, 4_200])
    expect(layersOf(ledger)).toEqual([])
  })

  it('[CST20] to FIFO begins with one layer of the quantity and value on hand', () => {
    const { ledger, come, go } = trade({
      ...defaultPolicy,
      changes: [{ from: 45 as Instant, method: 'fifo' }],
    })
    come(10, 500)
    go(4)
    come(6, 800)
    go(3)
    ledger.settle()
    expect(ledger.pool('sku')).toEqual([90_000, 5_850])
    come(2, 900)
    go(1)
    ledger.settle()
    expect(layersOf(ledger)).toEqual([
      [8, 5_200, '40'],
      [2, 1_800, '50'],
    ])
  })
})
