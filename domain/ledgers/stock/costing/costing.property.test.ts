import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/values/instant.ts'
import { scaleRounded } from '#domain/values/rounding.ts'
import { aLedger, type TestLedger, type TestMovement } from '#tests/builders/a-ledger.ts'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { costAnew } from '../change.ts'
import { type CostMethod, type CostPolicy, defaultPolicy } from '../policy.ts'
import { costEverything } from './cost-everything.ts'
import { shareOf } from './share.ts'
import { trueUpOf } from './true-up.ts'

describe('shares', () => {
  it('[CST1] are rounded once, half away from zero, beyond 2^53 too', () => {
    const amount = fc.maxSafeNat()
    fc.assert(
      fc.property(amount, amount, amount, (value, a, b) => {
        const whole = Math.max(a, b, 1)
        const part = Math.min(a, b)
        expect(shareOf(value, part, whole)).toBe(scaleRounded(value, part, whole))
      }),
    )
    const small = fc.integer({ min: 1, max: 2_000_000 })
    fc.assert(
      fc.property(small, small, small, (value, a, b) => {
        expect(shareOf(value, a, b)).toBe(scaleRounded(value, a, b))
        expect(shareOf(0 - value, a, b)).toBe(scaleRounded(0 - value, a, b))
      }),
      { numRuns: 2_000 },
    )
  })
})

const dayMs = 86_400_000

interface Planned extends TestMovement {
  /** Index of the movement that this one takes back. */
  readonly of?: number
}

/** A trade that hovers around nothing on hand, so that shortages open and close all the time. */
function withoutOrigin(movement: Planned): Planned {
  const { of: _origin, ...free } = movement
  return free
}

function leanTrade(seed: number, count: number): Planned[] {
  const random = seededRandom(seed)
  const pick = (limit: number) => Math.floor(random() * limit)
  return Array.from({ length: count }, (_, index): Planned => {
    const common = { leg: `${index}`, at: pick(count) * dayMs, hlc: index }
    const quantity = (1 + pick(30)) * 1_000
    const origin = pick(Math.max(index, 1))
    switch (pick(8)) {
      case 0:
      case 1:
      case 2:
        return { ...common, class: 'receipt', quantity, value: pick(3_000) }
      case 3:
        return { ...common, class: 'return-in', quantity, of: origin }
      case 4:
        return { ...common, class: random() < 0.5 ? 'count' : 'receipt', quantity }
      case 5:
        return { ...common, class: 'issue', quantity: 0 - quantity, of: origin }
      default:
        return { ...common, class: 'issue', quantity: 0 - quantity }
    }
  })
}

/** Puts the movements in one order of arrival, settling now and then, and links them when both are there. */
function played(
  policy: CostPolicy,
  planned: readonly Planned[],
  order: readonly number[],
  settles: () => boolean,
): TestLedger {
  const ledger = aLedger(policy)
  const rows = new Map<number, number>()
  for (const index of order) {
    const movement = planned[index] as Planned
    rows.set(index, ledger.move(movement))
    for (const [child, row] of rows) {
      const origin = planned[child]?.of
      const target = origin === undefined ? undefined : rows.get(origin)
      const isNew = child === index || origin === index
      if (!isNew || target === undefined || !fits(planned, child, origin ?? 0)) continue
      ledger.link(row, target)
    }
    if (settles()) ledger.settle()
  }
  ledger.settle()
  return ledger
}

function fits(planned: readonly Planned[], child: number, origin: number): boolean {
  const from = planned[origin] as Planned
  const to = planned[child] as Planned
  return from.of === undefined && Math.sign(from.quantity) + Math.sign(to.quantity) === 0
}

/** Every figure that costing derives, by the movements' own names. */
function figures(ledger: TestLedger): unknown {
  const { cost, basis } = ledger.ledger.movements.columns
  const { differences } = ledger.ledger
  return {
    pool: ledger.pool('sku'),
    layers: layersOf(ledger),
    chain: ledger
      .chain('sku')
      .map((movement) => [
        ...[ledger.nameOf(movement), cost[movement], basis[movement]],
        ...[trueUpOf(ledger.ledger, movement), differences.get(movement) ?? 0],
      ]),
  }
}

/** What the pool's layers hold, by the names of their sources. */
function layersOf({ ledger, nameOf }: TestLedger): unknown {
  return ledger.layers
    .all(0)
    .map(({ source, quantity, value }) => [nameOf(source), quantity, value])
}

function changing(method: CostMethod, next: CostMethod): CostPolicy {
  return { ...defaultPolicy, method, changes: [{ from: (60 * dayMs) as Instant, method: next }] }
}

const methods: readonly (readonly [string, CostPolicy])[] = [
  ['moving average', defaultPolicy],
  ['moving average, returns at it', { ...defaultPolicy, purchaseReturn: 'method' }],
  ['FIFO', { ...defaultPolicy, method: 'fifo' }],
  ['average, then FIFO', changing('moving-average', 'fifo')],
  ['FIFO, then average', changing('fifo', 'moving-average')],
  ['month-end average', { ...defaultPolicy, method: 'month-end' }],
  ['month-end average, then FIFO', changing('month-end', 'fifo')],
  ['FIFO, then month-end average', changing('fifo', 'month-end')],
  ['FIFO, returns at it', { ...defaultPolicy, method: 'fifo', purchaseReturn: 'method' }],
]

describe.each(methods)('a pool that is costed piece by piece: %s', (_, policy) => {
  it('[CST13] has the costs of one that is costed at once, however late each movement comes', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 400 }), (seed, count) => {
        const planned = leanTrade(seed, count)
        const random = seededRandom(seed + 1)
        const inOrder = planned.map((_, index) => index)
        const expected = figures(played(policy, planned, inOrder, () => false))
        const mostly = [...inOrder.slice(0, -20), ...shuffled(inOrder.slice(-20), random)]
        expect(figures(played(policy, planned, mostly, () => random() < 0.5))).toEqual(expected)
        const mixed = shuffled(inOrder, random)
        expect(figures(played(policy, planned, mixed, () => random() < 0.7))).toEqual(expected)
      }),
      { numRuns: 20, endOnFailure: true },
    )
  }, 60_000)

  it('[CST13] has the same costs when all pools are costed from nothing', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 300 }),
        fc.boolean(),
        (seed, count, late) => {
          const planned = leanTrade(seed, count)
          const byTime = planned
            .map((_, index) => index)
            .sort((a, b) => (planned[a]?.at ?? 0) - (planned[b]?.at ?? 0))
          const order = late ? shuffled(byTime, seededRandom(seed)) : byTime
          const ledger = played(policy, planned, order, () => true)
          const expected = figures(ledger)
          costEverything(ledger.ledger)
          expect(figures(ledger)).toEqual(expected)
          costAnew(ledger.ledger, 0)
          ledger.settle()
          expect(figures(ledger)).toEqual(expected)
        },
      ),
      { numRuns: 20, endOnFailure: true },
    )
  }, 60_000)

  it('[CST13] a movement that is taken out again leaves no trace', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 300 }), (seed, count) => {
        const planned = leanTrade(seed, count).map(withoutOrigin)
        const inOrder = planned.map((_, index) => index)
        const ledger = played(policy, planned, inOrder, () => true)
        const random = seededRandom(seed)
        const gone = inOrder.slice(1).filter(() => random() < 0.3)
        for (const row of gone) {
          ledger.drop(row)
          if (random() < 0.5) ledger.settle()
        }
        ledger.settle()
        const left = inOrder.filter((index) => !gone.includes(index))
        expect(figures(ledger)).toEqual(figures(played(policy, planned, left, () => false)))
      }),
      { numRuns: 15, endOnFailure: true },
    )
  }, 60_000)
})
