import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLedger, type TestLedger } from '#tests/builders/a-ledger.ts'
import { seededRandom } from '#tests/builders/arrivals.ts'
import { repool } from './change.ts'
import { cellsOfLine, detailOfCell, tagOfPool, warehouseOfPool } from './place.ts'
import { type CostPolicy, costMethods, costScopes, defaultPolicy } from './policy.ts'

const batches = [undefined, 'B1', 'B2'] as const

/** The same trade in two warehouses, with goods of two batches and of none, in two statuses. */
function trade(ledger: TestLedger, seed: number): void {
  const random = seededRandom(seed)
  const pick = (limit: number) => Math.floor(random() * limit)
  for (let index = 0; index < 40; index++) {
    const isIn = random() < 0.6
    const batch = batches[pick(3)]
    ledger.move({
      ...{ leg: `${index}`, at: pick(20), hlc: index, class: isIn ? 'receipt' : 'issue' },
      ...{ warehouse: `w${pick(2)}`, sku: `s${pick(2)}`, status: pick(2) },
      ...{ quantity: (isIn ? 20 : -1) * (1 + pick(9)), ...(isIn && { value: pick(900) }) },
      ...(batch !== undefined && { batch }),
    })
  }
}

/** Every pool by what it holds, and what each movement cost. */
function figures({ ledger, nameOf }: TestLedger): unknown {
  const { quantity, value } = ledger.poolTable.columns
  const pools = Array.from({ length: ledger.pools.size }, (_, pool) => {
    const { batch, serial } = tagOfPool(ledger, pool)
    const name = [ledger.pools.first(pool), warehouseOfPool(ledger, pool), batch, serial].join()
    return [name, quantity[pool], value[pool]].join()
  })
  const { cost, basis } = ledger.movements.columns
  const costs = Array.from({ length: ledger.movements.rows }, (_, movement) =>
    [nameOf(movement), cost[movement], basis[movement]].join(),
  )
  return { pools: pools.sort(), costs }
}

describe('where goods lie', () => {
  it('[STK6] a line holds what its cells and its plain goods hold', () => {
    const test = aLedger()
    const move = (leg: string, quantity: number, more: object) =>
      test.move({ leg, at: 1, hlc: 1, class: 'receipt', quantity, value: 1, ...more })
    move('plain', 5, {})
    move('batch', 7, { batch: 'B1' })
    const gone = move('bin', 9, { batch: 'B1', bin: 'A-01' })
    move('pending', 2, { batch: 'B1', status: 1 })
    const { ledger } = test
    expect(ledger.lineTable.columns.quantity[0]).toBe(23)
    const cells = cellsOfLine(ledger, 0).map((cell) => [
      ...[ledger.cellTable.columns.quantity[cell], ...Object.values(detailOfCell(ledger, cell))],
    ])
    expect(cells).toEqual([
      [7, 1, 0, 0, 0],
      [9, 1, 0, 1, 0],
      [2, 1, 0, 0, 1],
    ])
    test.drop(gone)
    expect(ledger.cellTable.columns.quantity[1]).toBe(0)
    expect(ledger.lineTable.columns.quantity[0]).toBe(14)
  })

  it('[CST14] a policy that becomes known late gives what it would have given from the start', () => {
    const policy = fc.record({
      method: fc.constantFrom(...costMethods),
      scope: fc.constantFrom(...costScopes),
    })
    fc.assert(
      fc.property(fc.integer(), policy, fc.boolean(), (seed, chosen, isSettled) => {
        const wanted: CostPolicy = { ...defaultPolicy, ...chosen }
        const [early, late] = [aLedger(wanted), aLedger()]
        trade(early, seed)
        trade(late, seed)
        if (isSettled) late.settle()
        repool(late.ledger, wanted)
        early.settle()
        late.settle()
        expect(figures(late)).toEqual(figures(early))
      }),
      { numRuns: 100, endOnFailure: true },
    )
  })
})
