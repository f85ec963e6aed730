import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/values/instant.ts'
import { aLedger, type TestLedger, type TestMovement } from '#tests/builders/a-ledger.ts'
import { isPair } from '../flow.ts'
import { type CostPolicy, defaultPolicy } from '../policy.ts'
import { isProvisional } from './basis.ts'
import { monthSpan } from './months.ts'
import { trueUpOf } from './true-up.ts'

const monthly: CostPolicy = { ...defaultPolicy, method: 'month-end' }

/** Moves pieces at moments of local time; a price is fen a piece. */
function trade(policy: CostPolicy = monthly) {
  const ledger = aLedger(policy)
  let clock = 0
  const move = (
    day: string,
    kind: 'receipt' | 'issue' | 'return-in' | 'count',
    pieces: number,
    price?: number,
  ): number => {
    clock += 1
    return ledger.move({
      ...{ leg: `${clock}`, class: kind, hlc: clock, quantity: pieces * 10_000 },
      at: Date.parse(`${day}+08:00`),
      ...(price !== undefined && { value: pieces * price }),
    })
  }
  return { ledger, move }
}

function costs({ ledger }: TestLedger, ...movements: number[]): number[] {
  return movements.map((movement) => 0 - (ledger.movements.columns.cost[movement] as number))
}

function provisional({ ledger }: TestLedger, movement: number): boolean {
  return isProvisional(ledger.movements.columns.basis[movement] as number)
}

describe('month-end average', () => {
  it('[CST21] costs every issue of a month alike, to the fen: vector A', () => {
    const { ledger, move } = trade()
    move('2026-03-02T09:00', 'receipt', 10, 500)
    const first = move('2026-03-05T09:00', 'issue', -4)
    move('2026-03-20T09:00', 'receipt', 6, 800)
    const second = move('2026-03-31T23:59', 'issue', -3)
    ledger.settle()
    expect(costs(ledger, first, second)).toEqual([2_450, 1_838])
    expect(ledger.pool('sku')).toEqual([90_000, 5_512])
  })

  it('[CST21] an issue before the receipts of its month is not short', () => {
    const { ledger, move } = trade()
    const first = move('2026-03-01T09:00', 'issue', -4)
    move('2026-03-02T09:00', 'receipt', 10, 500)
    ledger.settle()
    expect(costs(ledger, first)).toEqual([2_000])
    expect(ledger.ledger.shortages.get(0)?.isEmpty ?? true).toBe(true)
  })

  it('[CST22] costs the average of the month before until the month is over', () => {
    const { ledger, move } = trade()
    move('2026-03-02T09:00', 'receipt', 10, 500)
    move('2026-03-05T09:00', 'issue', -4)
    move('2026-04-02T09:00', 'receipt', 6, 800)
    const april = move('2026-04-05T09:00', 'issue', -3)
    ledger.settle()
    expect(costs(ledger, april)).toEqual([1_500])
    expect(provisional(ledger, april)).toBe(true)
    move('2026-05-01T00:00', 'receipt', 1, 900)
    ledger.settle()
    expect(costs(ledger, april)).toEqual([1_950])
    expect(provisional(ledger, april)).toBe(false)
  })

  it('[CST22] ends with the closing of its branch, and begins anew with its reopening', () => {
    const { ledger, move } = trade()
    move('2026-03-02T09:00', 'receipt', 10, 500)
    move('2026-03-05T09:00', 'issue', -4)
    move('2026-04-02T09:00', 'receipt', 6, 800)
    const april = move('2026-04-05T09:00', 'issue', -3)
    const costAndState = () => [...costs(ledger, april), provisional(ledger, april)]
    ledger.settle()
    ledger.close(Date.parse('2026-04-01T00:00+08:00'))
    ledger.settle()
    expect(costAndState()).toEqual([1_500, true])
    ledger.close(Date.parse('2026-05-01T00:00+08:00'))
    ledger.settle()
    expect(costAndState()).toEqual([1_950, false])
    expect(ledger.pool('sku')).toEqual([90_000, 5_850])
    ledger.close(Date.parse('2026-04-01T00:00+08:00'))
    ledger.settle()
    expect(costAndState()).toEqual([1_500, true])
  })

  it('[CST22] a month that a document joins as it is closed costs what it would have', () => {
    const { ledger, move } = trade()
    move('2026-03-02T09:00', 'receipt', 10, 500)
    const issue = move('2026-03-05T09:00', 'issue', -4)
    ledger.settle()
    move('2026-03-04T09:00', 'receipt', 10, 700)
    ledger.close(Date.parse('2026-04-01T00:00+08:00'))
    ledger.settle()
    expect([...costs(ledger, issue), provisional(ledger, issue)]).toEqual([2_400, false])
  })

  it('[CST22] a late record of a month that is over costs its issues anew, and those behind it', () => {
    const { ledger, move } = trade()
    move('2026-03-02T09:00', 'receipt', 10, 500)
    const march = move('2026-03-05T09:00', 'issue', -4)
    const april = move('2026-04-05T09:00', 'issue', -3)
    ledger.settle()
    move('2026-03-31T09:00', 'receipt', 10, 600)
    ledger.settle()
    expect(costs(ledger, march, april)).toEqual([2_200, 1_650])
  })

  it('[CST23] a return of the same month gives its issue back, an older one at its cost', () => {
    const { ledger, move } = trade()
    move('2026-03-02T09:00', 'receipt', 3, 333)
    const sold = move('2026-03-03T09:00', 'issue', -2)
    const back = move('2026-03-04T09:00', 'return-in', 2)
    const kept = move('2026-03-05T09:00', 'issue', -1)
    ledger.link(back, sold)
    move('2026-04-02T09:00', 'receipt', 2, 900)
    const older = move('2026-04-03T09:00', 'return-in', 1)
    ledger.link(older, kept)
    ledger.settle()
    expect(costs(ledger, sold, back)).toEqual([666, -666])
    expect(costs(ledger, older)).toEqual([0 - (costs(ledger, kept)[0] ?? 0)])
    expect(ledger.pool('sku')).toEqual([50_000, 999 + 1_800])
  })

  it('[CST21] a surplus and a return without a link are worth the average of their month', () => {
    const { ledger, move } = trade()
    move('2026-03-02T09:00', 'receipt', 10, 500)
    const surplus = move('2026-03-03T09:00', 'count', 1)
    const free = move('2026-03-04T09:00', 'return-in', 1)
    move('2026-03-20T09:00', 'receipt', 10, 700)
    ledger.settle()
    expect(costs(ledger, surplus, free)).toEqual([-600, -600])
  })

  it('[CST24] goods from another pool are worth what the month makes of them, and it ends', () => {
    const { ledger, move } = trade({ ...monthly, scope: 'warehouse' })
    move('2026-03-02T09:00', 'receipt', 10, 500)
    ledger.move({
      ...{ leg: 'c', class: 'receipt', hlc: 40, quantity: 10_000, warehouse: 'other' },
      ...{ at: Date.parse('2026-03-04T09:00+08:00'), value: 600 },
    })
    const out = ledger.move({
      ...{ leg: 'a', class: 'internal', hlc: 50, quantity: -20_000, document: 'move' },
      at: Date.parse('2026-03-05T09:00+08:00'),
    })
    const into = ledger.move({
      ...{ leg: 'b', class: 'internal', hlc: 50, quantity: 20_000, document: 'move' },
      ...{ at: Date.parse('2026-03-05T09:00+08:00'), warehouse: 'other' },
    })
    ledger.settle()
    expect(costs(ledger, out, into)).toEqual([1_000, -1_200])
  })

  it.each([
    ['2026-03-20T09:00', 1_900],
    ['2026-04-20T09:00', 1_500],
  ])('[CST24] what turns out on %s of goods that came before such months', (day, worth) => {
    const from = Date.parse('2026-04-01T00:00+08:00') as Instant
    const changes = [{ from, method: 'month-end' }] as const
    const { ledger, move } = trade({ ...defaultPolicy, scope: 'warehouse', changes })
    move('2026-03-02T09:00', 'receipt', 1, 500)
    const leg = (warehouse: string, quantity: number) =>
      ledger.move({
        ...{ leg: warehouse, class: 'internal', hlc: 50, document: 'move', warehouse, quantity },
        at: Date.parse('2026-03-05T09:00+08:00'),
      })
    const [out, into] = [leg('shop', -30_000), leg('other', 30_000)]
    ledger.flow([out], [{ movement: into, share: isPair }])
    move(day, 'receipt', 2, 700)
    ledger.settle()
    expect(costs(ledger, out, into)).toEqual([1_500, -1_500])
    expect(trueUpOf(ledger.ledger, out)).toBe(400)
    const { movements, poolTable } = ledger.ledger
    expect(poolTable.columns.value[movements.columns.pool[into] as number]).toBe(worth)
  })

  it('[CST25] of many levels each month is costed once, and not once for each way to it', () => {
    const levels = 30
    const { ledger } = trade()
    // The last level moves first: what is made of both goods of a level is told before they are made.
    const tell = (level: number, leg: string, told: Partial<TestMovement>) =>
      ledger.move({
        ...{ leg, hlc: levels - level, quantity: 0, class: 'internal', document: `d${level}` },
        ...{ at: Date.parse('2026-03-09T09:00+08:00') - level * 60_000, ...told },
      })
    for (const sku of ['a0', 'b0']) {
      tell(0, sku, { sku, class: 'receipt', quantity: 1_000_000, value: 100_000 })
    }
    for (let level = 1; level <= levels; level++) {
      for (const made of ['a', 'b']) {
        const document = `${made}${level}`
        const outs = ['a', 'b'].map((side) =>
          tell(level, `${side}-out`, { document, sku: `${side}${level - 1}`, quantity: -500_000 }),
        )
        const product = { document, sku: `${made}${level}`, quantity: 1_000_000 }
        ledger.flow(outs, [{ movement: tell(level, 'z-in', product), share: 1 }])
      }
    }
    ledger.settle()
    expect(ledger.pool(`a${levels}`)).toEqual([1_000_000, 100_000])
  })

  it('[CST7] what the whole month could not give is short, and trued up by the next receipts', () => {
    const { ledger, move } = trade()
    move('2026-03-02T09:00', 'receipt', 2, 500)
    const sold = move('2026-03-03T09:00', 'issue', -5)
    move('2026-04-02T09:00', 'receipt', 10, 600)
    ledger.settle()
    expect(costs(ledger, sold)).toEqual([2_500])
    expect(trueUpOf(ledger.ledger, sold)).toBe(300)
    expect(ledger.pool('sku')).toEqual([70_000, 4_200])
  })
})

describe('months', () => {
  it('[CST22] begin and end in the zone of the company, with its cut-off', () => {
    const at = Date.parse('2026-03-01T01:00+08:00')
    const early = monthSpan(at, { offsetMinutes: 480, cutOffMinutes: 0 })
    expect(early.from).toBe(Date.parse('2026-03-01T00:00+08:00'))
    expect(early.until).toBe(Date.parse('2026-04-01T00:00+08:00'))
    const late = monthSpan(at, { offsetMinutes: 480, cutOffMinutes: 120 })
    expect(late.until).toBe(Date.parse('2026-03-01T02:00+08:00'))
  })

  it('[CST22] take any moment that a record can name', () => {
    const zone = defaultPolicy.zone
    for (const at of [Number.MIN_SAFE_INTEGER, -1, 0, 8.64e15, Number.MAX_SAFE_INTEGER]) {
      const { from, until } = monthSpan(at as Instant, zone)
      expect(from <= at && at < until).toBe(true)
    }
  })
})
