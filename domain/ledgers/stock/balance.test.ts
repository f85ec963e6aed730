import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLedger } from '#tests/builders/a-ledger.ts'
import { seededRandom } from '#tests/builders/arrivals.ts'
import { negativeStretch, overReturns, sumBalances } from './balance.ts'

describe('balances 结存', () => {
  it('[STK1] are the sum of the movements in force, whatever comes, goes or is settled when', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const pick = (limit: number) => Math.floor(random() * limit)
        const test = aLedger()
        const movements: number[] = []
        for (let index = 0; index < 60; index++) {
          const [warehouse, sku] = [`w${pick(3)}`, `s${pick(2)}`]
          const quantity = pick(20) - 10
          const common = { leg: `${index}`, at: pick(9), hlc: index }
          movements.push(test.move({ ...common, class: 'count', warehouse, sku, quantity }))
          if (random() < 0.2) test.drop(movements.splice(pick(movements.length), 1)[0] ?? 0)
          if (random() < 0.3) test.settle()
        }
        const { quantity } = test.ledger.lineTable.columns
        const sums = sumBalances(test.ledger)
        expect([...sums]).toEqual([...quantity.subarray(0, sums.length)])
        const below = [...sums.keys()].filter((line) => (sums[line] ?? 0) < 0)
        expect([...test.ledger.negativeLines].sort((a, b) => a - b)).toEqual(below)
      }),
      { numRuns: 60, endOnFailure: true },
    )
  })

  it('[STK3] moving goods between warehouses keeps their sum and their value', () => {
    const test = aLedger()
    test.move({
      leg: 'in',
      class: 'receipt',
      at: 1,
      hlc: 1,
      quantity: 100,
      value: 700,
      warehouse: 'a',
    })
    const common = { class: 'internal', at: 2, hlc: 2, document: 'transfer' } as const
    test.move({ ...common, leg: 'out', quantity: -30, warehouse: 'a' })
    test.move({ ...common, leg: 'in', quantity: 30, warehouse: 'b' })
    test.settle()
    expect([...sumBalances(test.ledger)]).toEqual([70, 30])
    expect(test.pool('sku')).toEqual([100, 700])
  })

  it('[STK4] a stretch below zero begins where the balance last went under', () => {
    const test = aLedger()
    const move = (leg: string, at: number, quantity: number) =>
      test.move({ leg, class: quantity < 0 ? 'issue' : 'receipt', at, hlc: at, quantity })
    move('first', 1, -5)
    move('filled', 2, 5)
    const second = move('second', 3, -4)
    const third = move('third', 4, 1)
    test.settle()
    expect(negativeStretch(test.ledger, 0)).toEqual({ since: 3, movements: [second, third] })
    move('rest', 5, 3)
    test.settle()
    expect(negativeStretch(test.ledger, 0)).toBeUndefined()
  })

  it('[STK5] a return that is undone does not count as returned', () => {
    const test = aLedger()
    const move = (leg: string, at: number, quantity: number) =>
      test.move({ leg, class: quantity < 0 ? 'issue' : 'return-in', at, hlc: at, quantity })
    const sale = move('sale', 1, -5)
    const [first, second] = [move('first', 2, 4), move('second', 3, 3)]
    test.link(first, sale)
    test.link(second, sale)
    test.settle()
    expect(overReturns(test.ledger)).toEqual([{ origin: sale, quantity: 5, returned: 7 }])
    test.link(move('undone', 4, -4), first)
    test.settle()
    expect(overReturns(test.ledger)).toEqual([])
  })
})
