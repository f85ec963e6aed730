import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLedger, type TestLedger, type TestMovement } from '#tests/builders/a-ledger.ts'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { isPair } from '../flow.ts'
import { type CostPolicy, defaultPolicy } from '../policy.ts'
import { costEverything } from './cost-everything.ts'
import { trueUpOf } from './true-up.ts'

const byWarehouse: CostPolicy = { ...defaultPolicy, scope: 'warehouse' }
const inLayers: CostPolicy = { ...byWarehouse, method: 'fifo' }
const policyOf = (seed: number): CostPolicy => (seed % 2 === 0 ? byWarehouse : inLayers)

/** One document: movements, and how they hang together. */
interface Planned {
  readonly movements: readonly TestMovement[]
  /** Weight of each in leg; the others go out. */
  readonly shares?: readonly (number | undefined)[]
  /** Document whose first movement this one's takes back. */
  readonly of?: number
  /** Stated for the last movement. */
  readonly stated?: number
}

/** Goods that hover around nothing in three warehouses and go to and fro between them all the time. */
function trade(seed: number, count: number): Planned[] {
  const random = seededRandom(seed)
  const pick = (limit: number) => Math.floor(random() * limit)
  const place = () => ({ sku: `sku-${pick(3)}`, warehouse: `shop-${pick(3)}` })
  return Array.from({ length: count }, (_, index): Planned => {
    const common = { at: pick(count), hlc: index, document: `document-${index}` }
    const quantity = (1 + pick(30)) * 1_000
    const from = place()
    const to = place()
    const into = { ...common, ...to, leg: 'z-in', class: 'internal' as const }
    const out = { ...common, ...from, leg: 'a-out', class: 'internal' as const }
    switch (pick(9)) {
      case 0:
      case 1:
      case 2: {
        const value = pick(3_000)
        return {
          movements: [{ ...common, ...from, leg: 'a', class: 'receipt', quantity, value }],
        }
      }
      case 3:
      case 4:
        return {
          movements: [
            { ...out, quantity: 0 - quantity },
            { ...into, sku: from.sku, quantity },
          ],
          shares: [undefined, isPair],
          ...(pick(4) === 0 && { stated: pick(2_000) }),
        }
      case 5:
        return {
          movements: [
            { ...out, quantity: 0 - quantity },
            { ...out, ...place(), leg: 'b-out', quantity: 0 - quantity },
            { ...into, leg: 'y-in', quantity },
            { ...into, ...place(), quantity: quantity * 2 },
          ],
          shares: [undefined, undefined, 1, pick(3)],
          ...(pick(3) === 0 && { stated: pick(200) }),
        }
      case 6:
        return {
          movements: [{ ...common, ...from, leg: 'a', class: 'return-in', quantity }],
          of: pick(Math.max(index, 1)),
        }
      case 7:
        return {
          movements: [
            { ...common, ...from, leg: 'a', class: 'value', quantity: 0, value: pick(600) - 300 },
          ],
        }
      default:
        return {
          movements: [{ ...common, ...from, leg: 'a', class: 'issue', quantity: 0 - quantity }],
        }
    }
  })
}

interface Played {
  readonly ledger: TestLedger
  readonly rows: Map<number, readonly number[]>
  /** Row of every movement, by document and leg. */
  readonly names: Map<number, string>
}

function played(
  planned: readonly Planned[],
  order: readonly number[],
  settles: () => boolean,
  policy: CostPolicy = byWarehouse,
): Played {
  const ledger = aLedger(policy)
  const rows = new Map<number, readonly number[]>()
  const names = new Map<number, string>()
  for (const index of order) {
    const document = planned[index] as Planned
    const own = document.movements.map((movement) => ledger.move(movement))
    rows.set(index, own)
    own.forEach((row, i) => names.set(row, `${index}|${document.movements[i]?.leg}`))
    if (document.shares !== undefined) flowOf(ledger, document, own)
    linkAll(ledger, planned, rows, index)
    if (settles()) ledger.settle()
  }
  ledger.settle()
  return { ledger, rows, names }
}

function flowOf(ledger: TestLedger, { shares = [], stated }: Planned, rows: readonly number[]) {
  const outs = rows.filter((_, i) => shares[i] === undefined)
  const ins = rows.flatMap((movement, i) => {
    const share = shares[i]
    return share === undefined ? [] : [{ movement, share }]
  })
  ledger.flow(outs, ins)
  if (stated !== undefined) ledger.value(rows.at(-1) ?? -1, stated)
}

function linkAll(
  ledger: TestLedger,
  planned: readonly Planned[],
  rows: ReadonlyMap<number, readonly number[]>,
  fresh: number,
): void {
  for (const [child, [row = -1]] of rows) {
    const origin = planned[child]?.of
    if (origin === undefined || (child !== fresh && origin !== fresh)) continue
    const target = rows.get(origin)?.[0]
    const from = planned[origin]?.movements[0]
    const to = planned[child]?.movements[0]
    const fits = from?.sku === to?.sku && (from?.quantity ?? 0) < 0 && from?.class === 'issue'
    if (target !== undefined && fits) ledger.link(row, target)
  }
}

/** Every figure that costing derives, by the movements' own names. */
function figures({ ledger: { ledger }, names }: Played): unknown {
  const { cost, basis, quantity } = ledger.movements.columns
  const pools: unknown[] = []
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const { quantity: held, value } = ledger.poolTable.columns
    const chain = [...ledger.chains.view(pool)]
    const first = chain.find((movement) => names.has(movement))
    if (first === undefined) continue
    pools.push([
      ...[held[pool], value[pool]],
      ...chain.map((movement) => [
        ...[nameIn(ledger, names, movement), quantity[movement], cost[movement], basis[movement]],
        ...[trueUpOf(ledger, movement), ledger.differences.get(movement) ?? 0],
      ]),
    ])
  }
  return pools.map((pool) => JSON.stringify(pool)).sort()
}

function nameIn(
  ledger: TestLedger['ledger'],
  names: ReadonlyMap<number, string>,
  movement: number,
): string {
  const entry = ledger.carried.entries.get(movement)
  if (entry === undefined) return names.get(movement) ?? '?'
  return [entry.by, entry.of, entry.into].map((one) => names.get(one)).join(' ')
}

/** Fen that came from outside and are not gone, by movements; and fen that the pools hold. */
function conserved({ ledger: { ledger } }: Played): readonly [number, number] {
  const { cost, kind, quantity } = ledger.movements.columns
  let outside = 0
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    if ((kind[movement] as number) & 64) continue
    outside += (cost[movement] as number) - (ledger.differences.get(movement) ?? 0)
    outside -= (quantity[movement] as number) < 0 ? trueUpOf(ledger, movement) : 0
  }
  let held = 0
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    held += ledger.poolTable.columns.value[pool] as number
  }
  return [outside, held]
}

/** The same, so slowly that a month sees few of it. */
function slowTrade(seed: number, count: number): Planned[] {
  return trade(seed, count).map(({ movements, ...planned }) => ({
    ...planned,
    movements: movements.map((movement) => ({ ...movement, at: (movement.at ?? 0) * sixDaysMs })),
  }))
}

const sixDaysMs = 6 * 86_400_000
const monthly: CostPolicy = { ...defaultPolicy, method: 'month-end' }

describe('pools between which value flows', () => {
  it('[CST25] have the same costs by month, however they come, go or are costed from nothing', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 90 }), (seed, count) => {
        const planned = slowTrade(seed, count)
        const random = seededRandom(seed + 1)
        const inOrder = planned.map((_, index) => index)
        const mixed = played(planned, shuffled(inOrder, random), () => random() < 0.7, monthly)
        expect(figures(mixed)).toEqual(figures(played(planned, inOrder, () => false, monthly)))
        const gone = new Set(inOrder.filter(() => random() < 0.3))
        for (const index of gone) {
          for (const row of mixed.rows.get(index) ?? []) mixed.ledger.drop(row)
          if (random() < 0.5) mixed.ledger.settle()
        }
        mixed.ledger.settle()
        const left = inOrder.filter((index) => !gone.has(index))
        const expected = figures(played(planned, left, () => false, monthly))
        expect(figures(mixed)).toEqual(expected)
        costEverything(mixed.ledger.ledger)
        expect(figures(mixed)).toEqual(expected)
      }),
      { numRuns: 120, endOnFailure: true },
    )
  }, 60_000)

  it('[FLW1] have the same costs however late each movement comes', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 120 }), (seed, count) => {
        const planned = trade(seed, count)
        const random = seededRandom(seed + 1)
        const inOrder = planned.map((_, index) => index)
        const expected = figures(played(planned, inOrder, () => false, policyOf(seed)))
        const mostly = [...inOrder.slice(0, -20), ...shuffled(inOrder.slice(-20), random)]
        expect(figures(played(planned, mostly, () => random() < 0.5, policyOf(seed)))).toEqual(
          expected,
        )
        const mixed = shuffled(inOrder, random)
        expect(figures(played(planned, mixed, () => random() < 0.7, policyOf(seed)))).toEqual(
          expected,
        )
      }),
      { numRuns: 80, endOnFailure: true },
    )
  }, 60_000)

  it('[FLW1] have the same costs when a true-up that was carried on goes as another movement comes', () => {
    const planned = trade(-446_302_542, 47)
    const some = [13, 18, 30, 33, 36]
    const expected = figures(played(planned, some, () => false))
    let arrived = 0
    const late = played(planned, [18, 13, 36, 33, 30], () => ++arrived === 3)
    expect(figures(late)).toEqual(expected)
  })

  it('[FLW1] have the same costs when all of them are costed from nothing', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 120 }), (seed, count) => {
        const planned = trade(seed, count)
        const order = shuffled(
          planned.map((_, index) => index),
          seededRandom(seed),
        )
        const one = played(planned, order, () => true, policyOf(seed))
        const expected = figures(one)
        costEverything(one.ledger.ledger)
        expect(figures(one)).toEqual(expected)
        expect(conserved(one)[0]).toBe(conserved(one)[1])
      }),
      { numRuns: 60, endOnFailure: true },
    )
  }, 60_000)

  it('[FLW1] keep no trace of what is taken out again', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 120 }), (seed, count) => {
        const planned = trade(seed, count)
        const inOrder = planned.map((_, index) => index)
        const one = played(planned, inOrder, () => true, policyOf(seed))
        const random = seededRandom(seed)
        const gone = new Set(inOrder.filter(() => random() < 0.3))
        for (const index of gone) {
          for (const row of one.rows.get(index) ?? []) one.ledger.drop(row)
          if (random() < 0.5) one.ledger.settle()
        }
        one.ledger.settle()
        const left = inOrder.filter((index) => !gone.has(index))
        expect(figures(one)).toEqual(figures(played(planned, left, () => false, policyOf(seed))))
      }),
      { numRuns: 60, endOnFailure: true },
    )
  }, 60_000)

  it('[FLW2] hold together what came from outside and has not left', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 200 }), (seed, count) => {
        const planned = trade(seed, count)
        const [outside, held] = conserved(
          played(
            planned,
            planned.map((_, index) => index),
            () => true,
            policyOf(seed),
          ),
        )
        expect(held).toBe(outside)
      }),
      { numRuns: 60, endOnFailure: true },
    )
  }, 60_000)
})
