import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLedger, type TestLedger, type TestMovement } from '#tests/builders/a-ledger.ts'
import { seededRandom, shuffled } from '#tests/builders/arrivals.ts'
import { sumBalances } from './balance.ts'
import { markUnsettled } from './chain-order.ts'
import { repool } from './change.ts'
import { costEverything } from './costing/cost-everything.ts'
import { trueUpOf } from './costing/true-up.ts'
import { cellsOfLine } from './place.ts'
import { type CostMethod, costScopes, defaultPolicy } from './policy.ts'

type Planned = TestMovement & { readonly of?: number }

const batches = ['', 'B1', 'B2'] as const

/** Trade in two warehouses and three batches that is counted again and again; some counts are reversed. */
function countedTrade(seed: number, count: number): Planned[] {
  const random = seededRandom(seed)
  const pick = (limit: number) => Math.floor(random() * limit)
  const planned: Planned[] = []
  for (let index = 0; index < count; index++) {
    const quantity = (1 + pick(30)) * 1_000
    const common = {
      ...{ leg: `${index}`, at: pick(count), hlc: index },
      ...{ warehouse: `w${pick(2)}`, batch: batches[pick(3)] ?? '' },
    }
    const target = pick(Math.max(index, 1))
    const about = planned[target]
    switch (pick(7)) {
      case 0:
      case 1:
        planned.push({ ...common, class: 'receipt', quantity, value: pick(3_000) })
        break
      case 2:
        planned.push({ ...common, class: 'return-in', quantity })
        break
      case 3:
        planned.push({ ...common, class: 'count', quantity: 0, counted: pick(60) * 1_000 })
        break
      case 4: {
        if (about?.counted === undefined) continue
        const { warehouse = '', batch = '' } = about
        planned.push({
          ...{ ...common, warehouse, batch, class: 'count', quantity: 0, of: target },
        })
        break
      }
      default:
        planned.push({ ...common, class: 'issue', quantity: 0 - quantity })
    }
  }
  // A mirror is named by the place of its count in the plan, which `continue` has moved.
  return planned.filter(({ of }) => of === undefined || planned[of]?.counted !== undefined)
}

/** Puts the movements in one order of arrival; a mirror waits for its count, as the fold has it. */
function played(
  planned: readonly Planned[],
  order: readonly number[],
  settles: () => boolean,
  method: CostMethod = 'moving-average',
): { readonly ledger: TestLedger; readonly rows: ReadonlyMap<string, number> } {
  const ledger = aLedger({ ...defaultPolicy, method })
  const rows = new Map<string, number>()
  const legOf = (index: number) => planned[index]?.leg ?? ''
  for (const index of order) {
    const { of, ...movement } = planned[index] as Planned
    if (of === undefined) rows.set(movement.leg, ledger.move(movement))
    for (const [waiting, mirror] of planned.entries()) {
      if (mirror.of === undefined || rows.has(mirror.leg)) continue
      const origin = rows.get(legOf(mirror.of))
      const hasCome = waiting === index || order.indexOf(waiting) < order.indexOf(index)
      if (origin === undefined || !hasCome) continue
      const { of: _of, ...own } = mirror
      rows.set(mirror.leg, ledger.move({ ...own, mirrors: origin }))
    }
    if (settles()) ledger.settle()
  }
  ledger.settle()
  return { ledger, rows }
}

function figures({ ledger, chain, pool, nameOf }: TestLedger): unknown {
  const { cost, basis, quantity } = ledger.movements.columns
  return {
    pool: pool('sku'),
    chain: chain('sku').map((movement) => [
      ...[nameOf(movement), quantity[movement], cost[movement], basis[movement]],
      ...[trueUpOf(ledger, movement), ledger.differences.get(movement) ?? 0],
    ]),
  }
}

/** What each count moved, worked out from the ordered chain with nothing but additions. */
function plainly({ ledger, chain, nameOf }: TestLedger, planned: readonly Planned[]): unknown {
  const byLeg = new Map(planned.map((movement) => [movement.leg, movement]))
  const balances = new Map<string, number>()
  const moved = new Map<string, number>()
  for (const row of chain('sku')) {
    const leg = nameOf(row)
    const own = byLeg.get(leg)
    const key = `${own?.warehouse}|${own?.batch}`
    const before = balances.get(key) ?? 0
    const origin = own?.of === undefined ? undefined : planned[own.of]?.leg
    const asserted = own?.counted === undefined ? (own?.quantity ?? 0) : own.counted - before
    const quantity = origin === undefined ? asserted : 0 - (moved.get(origin) ?? 0)
    moved.set(leg, quantity)
    balances.set(key, before + quantity)
  }
  const { quantity } = ledger.movements.columns
  const derived = new Map(chain('sku').map((row) => [nameOf(row), quantity[row]]))
  return { moved: [...moved], derived: [...derived] }
}

const methods = fc.constantFrom<CostMethod>('moving-average', 'fifo', 'month-end')
const seeds = fc.tuple(fc.integer(), fc.integer({ min: 1, max: 150 }))

describe('counts 盘点', () => {
  it('[CNT1] [CNT2] [CNT4] are what a plain calculation over the order makes of them', () => {
    fc.assert(
      fc.property(seeds, ([seed, count]) => {
        const planned = countedTrade(seed, count)
        const random = seededRandom(seed + 1)
        const order = shuffled([...planned.keys()], random)
        const { ledger } = played(planned, order, () => random() < 0.4)
        const { moved, derived } = plainly(ledger, planned) as Record<string, unknown>
        expect(derived).toEqual(moved)
        const { quantity } = ledger.ledger.lineTable.columns
        const sums = sumBalances(ledger.ledger)
        expect([...sums]).toEqual([...quantity.subarray(0, sums.length)])
      }),
      { numRuns: 300, endOnFailure: true },
    )
  }, 60_000)

  it('[CNT1] [CNT5] [CST13] give the same costs in every order of arrival, and costed from nothing', () => {
    fc.assert(
      fc.property(seeds, methods, ([seed, count], method) => {
        const planned = countedTrade(seed, count)
        const random = seededRandom(seed + 1)
        const inOrder = [...planned.keys()]
        const expected = figures(played(planned, inOrder, () => false, method).ledger)
        const mostly = [...inOrder.slice(0, -8), ...shuffled(inOrder.slice(-8), random)]
        expect(figures(played(planned, mostly, () => random() < 0.5, method).ledger)).toEqual(
          expected,
        )
        const { ledger } = played(planned, shuffled(inOrder, random), () => random() < 0.7, method)
        expect(figures(ledger)).toEqual(expected)
        costEverything(ledger.ledger)
        expect(figures(ledger)).toEqual(expected)
      }),
      { numRuns: 200, endOnFailure: true },
    )
  }, 60_000)

  it('[CNT11] what late movements shift is what deriving all counts anew gives', () => {
    fc.assert(
      fc.property(seeds, ([seed, count]) => {
        const planned = countedTrade(seed, count)
        const random = seededRandom(seed + 1)
        const inOrder = [...planned.keys()]
        const order = [...inOrder.slice(0, -20), ...shuffled(inOrder.slice(-20), random)]
        const test = played(planned, order, () => true).ledger
        const { ledger } = test
        const state = () => [figures(test), [...ledger.countQuestions], ledger.counts.columns.held]
        const shifted = structuredClone(state())
        for (const pool of ledger.countedPools) {
          ledger.countWork.set(pool, 'all')
          ledger.poolTable.columns.costed[pool] = 0
          markUnsettled(ledger, pool)
        }
        test.settle()
        expect(state()).toEqual(shifted)
      }),
      { numRuns: 150, endOnFailure: true },
    )
  }, 60_000)

  it('[CNT1] [CNT5] what is taken out again leaves no trace', () => {
    fc.assert(
      fc.property(seeds, ([seed, count]) => {
        const planned = countedTrade(seed, count).filter(({ of }) => of === undefined)
        const random = seededRandom(seed)
        const inOrder = [...planned.keys()]
        const { ledger, rows } = played(planned, inOrder, () => random() < 0.5)
        const gone = new Set(inOrder.filter(() => random() < 0.3))
        for (const index of gone) {
          ledger.drop(rows.get(planned[index]?.leg ?? '') ?? 0)
          if (random() < 0.5) ledger.settle()
        }
        ledger.settle()
        const left = planned.filter((_, index) => !gone.has(index))
        const anew = played(left, [...left.keys()], () => false).ledger
        if (left.length > 0) expect(figures(ledger)).toEqual(figures(anew))
      }),
      { numRuns: 200, endOnFailure: true },
    )
  }, 60_000)

  it('[CST14] [CNT1] stand where the cost policy becomes known late', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...costScopes), ([seed, count], scope) => {
        const planned = countedTrade(seed, count)
        const { ledger } = played(planned, [...planned.keys()], () => true)
        const { quantity } = ledger.ledger.movements.columns
        const before = [...quantity.subarray(0, ledger.ledger.movements.rows)]
        repool(ledger.ledger, { ...defaultPolicy, scope })
        ledger.settle()
        expect([...quantity.subarray(0, before.length)]).toEqual(before)
        const goods = { leg: 'new', class: 'count', at: count + 1, hlc: count } as const
        const row = ledger.move({ ...goods, quantity: 0, counted: 7, warehouse: 'w0' })
        ledger.settle()
        const line = ledger.ledger.movements.columns.line[row] ?? 0
        const inCells = cellsOfLine(ledger.ledger, line).map(
          (cell) => ledger.ledger.cellTable.columns.quantity[cell] ?? 0,
        )
        const onHand = ledger.ledger.lineTable.columns.quantity[line] ?? 0
        expect(onHand - inCells.reduce((sum, each) => sum + each, 0)).toBe(7)
      }),
      { numRuns: 60, endOnFailure: true },
    )
  }, 60_000)

  it('[CNT3] a late sale before a count changes its difference and no stock; one after it, the stock alone', () => {
    const test = aLedger()
    const { quantity } = test.ledger.movements.columns
    const onHand = () => test.ledger.lineTable.columns.quantity[0]
    test.move({ leg: 'in', class: 'receipt', at: 1, hlc: 1, quantity: 12, value: 1_200 })
    const count = test.move({
      leg: 'count',
      class: 'count',
      at: 5,
      hlc: 5,
      quantity: 0,
      counted: 12,
    })
    test.settle()
    // [CNT6] Nothing moved, and it stands in the chain.
    expect([quantity[count], onHand(), test.pool('sku')]).toEqual([0, 12, [12, 1_200]])
    expect(test.chain('sku')).toContain(count)
    test.move({ leg: 'before', class: 'issue', at: 4, hlc: 9, quantity: -1 })
    test.settle()
    expect([quantity[count], onHand(), test.pool('sku')]).toEqual([1, 12, [12, 1_200]])
    test.move({ leg: 'after', class: 'issue', at: 6, hlc: 8, quantity: -2 })
    test.settle()
    expect([quantity[count], onHand(), test.pool('sku')]).toEqual([1, 10, [10, 1_000]])
  })

  it('[CNT6] a count without a difference costs nothing and is no hindrance', () => {
    const test = aLedger()
    test.move({ leg: 'in', class: 'receipt', at: 1, hlc: 1, quantity: 3, value: 100 })
    test.move({ leg: 'count', class: 'count', at: 2, hlc: 2, quantity: 0, counted: 3 })
    test.settle()
    test.move({ leg: 'late', class: 'receipt', at: 1, hlc: 3, quantity: 1, value: 20 })
    test.settle()
    expect(test.pool('sku')).toEqual([3, 90])
  })
})
