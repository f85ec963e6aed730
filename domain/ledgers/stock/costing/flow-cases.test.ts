import { describe, expect, it } from 'vitest'
import { aLedger, type TestLedger, type TestMovement } from '#tests/builders/a-ledger.ts'
import { isPair } from '../flow.ts'
import { poolsOfSku } from '../place.ts'
import { type CostPolicy, defaultPolicy } from '../policy.ts'
import { isProvisional } from './basis.ts'
import { spread } from './spread.ts'
import { trueUpOf } from './true-up.ts'

const byWarehouse: CostPolicy = { ...defaultPolicy, scope: 'warehouse' }
const whole = 10_000

type Told = Partial<TestMovement> & Pick<TestMovement, 'leg' | 'class' | 'quantity'>

/** A ledger with whole pieces, minute by minute in the order of telling unless `at` says otherwise. */
function aStory(policy: CostPolicy = defaultPolicy) {
  const ledger = aLedger(policy)
  let minute = 0
  const tell = ({ quantity, ...told }: Told): number => {
    minute++
    const document = told.document ?? told.leg
    return ledger.move({ at: minute, hlc: minute, document, ...told, quantity: quantity * whole })
  }
  return { ledger, tell }
}

/** One transfer: its two legs at one moment, as one document. */
function transferOf(
  { ledger, tell }: ReturnType<typeof aStory>,
  name: string,
  quantity: number,
  at: number,
): readonly [number, number] {
  const common = { class: 'internal', document: name, at, hlc: at } as const
  const out = tell({ ...common, leg: `${name}-out`, warehouse: 'shop', quantity: 0 - quantity })
  const into = tell({ ...common, leg: `${name}-in`, warehouse: 'back', quantity })
  ledger.flow([out], [{ movement: into, share: isPair }])
  return [out, into]
}

function costOf({ ledger }: TestLedger, movement: number): number {
  return ledger.movements.columns.cost[movement] as number
}

function basisOf({ ledger }: TestLedger, movement: number): number {
  return ledger.movements.columns.basis[movement] as number
}

/** Pieces and fen of each pool of a SKU, in the order in which they were first spoken of. */
function poolsIn({ ledger }: TestLedger, sku = 0): (readonly [number, number])[] {
  const { quantity, value } = ledger.poolTable.columns
  return poolsOfSku(ledger, sku).map((pool) => [
    (quantity[pool] as number) / whole,
    value[pool] as number,
  ])
}

describe('goods that go into another pool', () => {
  it('[FLW1] take what they were worth with them, also when that changes later', () => {
    const story = aStory(byWarehouse)
    const { ledger, tell } = story
    tell({ leg: 'a', class: 'receipt', quantity: 10, value: 5_000 })
    transferOf(story, 't', 4, 20)
    const sale = tell({ leg: 's', class: 'issue', quantity: -1, warehouse: 'back', at: 30 })
    ledger.settle()
    expect(poolsIn(ledger)).toEqual([
      [6, 3_000],
      [3, 1_500],
    ])
    tell({ leg: 'late', class: 'receipt', quantity: 10, value: 9_000, at: 5 })
    ledger.settle()
    expect(costOf(ledger, sale)).toBe(-700)
    expect(poolsIn(ledger)).toEqual([
      [16, 11_200],
      [3, 2_100],
    ])
  })

  it('[FLW3] share what their parts cost, and the fees, to the fen', () => {
    const { ledger, tell } = aStory()
    tell({ leg: 'a', class: 'receipt', quantity: 3, value: 1_000 })
    tell({ leg: 'b', class: 'receipt', sku: 'box', quantity: 1, value: 101 })
    const common = { class: 'internal', document: 'assembly', at: 9, hlc: 9 } as const
    const outs = [
      tell({ ...common, leg: 'out-1', quantity: -3 }),
      tell({ ...common, leg: 'out-2', sku: 'box', quantity: -1 }),
    ]
    const ins = ['one', 'two', 'three'].map((sku) =>
      tell({ ...common, leg: `in-${sku}`, sku, quantity: 1 }),
    )
    ledger.flow(
      outs,
      ins.map((movement) => ({ movement, share: 1 })),
    )
    ledger.value(ins[0] ?? -1, 99)
    ledger.settle()
    expect(ins.map((movement) => costOf(ledger, movement))).toEqual([400, 400, 400])
    ledger.value(ins[0] ?? -1, 100)
    ledger.settle()
    expect(ins.map((movement) => costOf(ledger, movement))).toEqual([400, 400, 401])
  })

  it('[FLW10] bear what is stated of them as far as there is something; the others share the rest', () => {
    const { ledger, tell } = aStory()
    tell({ leg: 'a', class: 'receipt', quantity: 3, value: 1_000 })
    const common = { class: 'internal', document: 'assembly', at: 9, hlc: 9 } as const
    const out = tell({ ...common, leg: 'out', quantity: -3 })
    const [scrap = -1, offcut = -1, one = -1, two = -1] = ['scrap', 'offcut', 'one', 'two'].map(
      (sku) => tell({ ...common, leg: `in-${sku}`, sku, quantity: 1 }),
    )
    const ins = [scrap, offcut, one, two]
    ledger.flow(
      [out],
      ins.map((movement) => ({ movement, share: movement === one || movement === two ? 1 : 0 })),
    )
    const costs = (stated: Readonly<Record<number, number>>) => {
      for (const movement of ins) ledger.value(movement, stated[movement])
      ledger.settle()
      const all = ins.map((movement) => costOf(ledger, movement))
      expect(all.reduce((sum, cost) => sum + cost, 0)).toBe(1_000 + (stated[one] ?? 0))
      return all
    }
    expect(costs({})).toEqual([0, 0, 500, 500])
    expect(costs({ [scrap]: 101 })).toEqual([101, 0, 450, 449])
    expect(costs({ [scrap]: 101, [one]: 99 })).toEqual([101, 0, 499, 499])
    expect(costs({ [scrap]: 800, [offcut]: 400 })).toEqual([667, 333, 0, 0])
    expect(costs({ [scrap]: -5 })).toEqual([0, 0, 500, 500])
  })

  it('[FLW3] [FLW1] of a group take equal shares without weights, and the rest with one weight', () => {
    expect(spread(100, [0, 0, 0])).toEqual([33, 34, 33])
    expect(spread(3_100, [100, 200])).toEqual([1_033, 2_067])
    expect(spread(5, [0, 7, 0])).toEqual([0, 5, 0])
  })

  it('[FLW4] follow what they turn out to have cost, at the moment of the receipt', () => {
    const story = aStory(byWarehouse)
    const { ledger, tell } = story
    tell({ leg: 'a', class: 'receipt', quantity: 2, value: 1_000 })
    tell({ leg: 's', class: 'issue', quantity: -2 })
    transferOf(story, 't', 4, 20)
    const before = tell({ leg: 'x', class: 'issue', quantity: -1, warehouse: 'back', at: 25 })
    tell({ leg: 'b', class: 'receipt', quantity: 10, value: 6_000, at: 30 })
    const after = tell({ leg: 'y', class: 'issue', quantity: -1, warehouse: 'back', at: 35 })
    ledger.settle()
    expect(costOf(ledger, before)).toBe(-500)
    expect(costOf(ledger, after)).toBe(-633)
    expect(poolsIn(ledger)).toEqual([
      [6, 3_600],
      [2, 1_267],
    ])
  })

  it('[FLW4] of one receipt follow in the order in which they left short, whatever their names', () => {
    const story = aStory(byWarehouse)
    const { ledger, tell } = story
    tell({ leg: 'a', class: 'receipt', quantity: 1, value: 500 })
    tell({ leg: 's', class: 'issue', quantity: -1 })
    transferOf(story, 'z', 3, 20)
    tell({ leg: 'b', class: 'receipt', quantity: 1, value: 0, at: 22 })
    transferOf(story, 'y', 1, 24)
    tell({ leg: 'x', class: 'issue', quantity: -2, warehouse: 'back', at: 25 })
    tell({ leg: 'c', class: 'receipt', quantity: 3, value: 300, at: 30 })
    ledger.settle()
    // Of 500 worth 800 is taken at most what there is, and then 100 comes: not 500 + 100 − 800.
    expect(poolsIn(ledger)[1]).toEqual([2, 100])
  })

  it('[FLW4] into a product follow only as far as it is not sold', () => {
    const { ledger, tell } = aStory()
    tell({ leg: 'a', class: 'receipt', quantity: 1, value: 500 })
    tell({ leg: 's', class: 'issue', quantity: -1 })
    const common = { class: 'internal', document: 'assembly', at: 9, hlc: 9 } as const
    const out = tell({ ...common, leg: 'out', quantity: -4 })
    const into = tell({ ...common, leg: 'in', sku: 'set', quantity: 4 })
    ledger.flow([out], [{ movement: into, share: 1 }])
    tell({ leg: 'sale', class: 'issue', sku: 'set', quantity: -3, at: 10 })
    tell({ leg: 'b', class: 'receipt', quantity: 10, value: 6_000, at: 30 })
    ledger.settle()
    expect(poolsIn(ledger, 1)).toEqual([[1, 600]])
    expect([...ledger.ledger.differences.values()]).toEqual([300])
  })

  it('[FLW5] arrive at the value that was stated', () => {
    const story = aStory(byWarehouse)
    const { ledger, tell } = story
    tell({ leg: 'a', class: 'receipt', quantity: 10, value: 5_000 })
    const [out, into] = transferOf(story, 't', 4, 20)
    ledger.value(into, 2_600)
    ledger.settle()
    expect([costOf(ledger, out), costOf(ledger, into)]).toEqual([-2_000, 2_600])
    ledger.value(into, undefined)
    ledger.settle()
    expect(costOf(ledger, into)).toBe(2_000)
  })

  it('[FLW6] by a return come back at what they cost where they left', () => {
    const { ledger, tell } = aStory(byWarehouse)
    tell({ leg: 'a', class: 'receipt', quantity: 10, value: 5_000 })
    const sale = tell({ leg: 's', class: 'issue', quantity: -4 })
    const back = tell({ leg: 'r', class: 'return-in', quantity: 1, warehouse: 'back' })
    ledger.link(back, sale)
    ledger.settle()
    expect(costOf(ledger, back)).toBe(500)
    tell({ leg: 'late', class: 'receipt', quantity: 10, value: 9_000, at: 1 })
    ledger.settle()
    expect(costOf(ledger, back)).toBe(700)
  })

  it('[FLW6] [CST16] by a return are as old as what is known of them at its moment', () => {
    const ledger = aLedger({ ...byWarehouse, method: 'fifo' })
    const common = { class: 'internal', document: 't', at: 10, hlc: 10 } as const
    const out = ledger.move({ ...common, leg: 'out', quantity: -whole, warehouse: 'back' })
    const into = ledger.move({ ...common, leg: 'in', quantity: whole })
    ledger.flow([out], [{ movement: into, share: isPair }])
    ledger.value(into, 100)
    const came = { leg: 'a', class: 'receipt', at: 20, hlc: 20, warehouse: 'back' } as const
    ledger.move({ ...came, quantity: whole, value: 0 })
    const back = ledger.move({ leg: 'r', class: 'return-in', at: 5, hlc: 30, quantity: whole })
    ledger.link(back, out)
    const sale = ledger.move({ leg: 's', class: 'issue', at: 30, hlc: 31, quantity: -whole })
    ledger.settle()
    expect(costOf(ledger, sale)).toBe(0)
  })

  it('[FLW6] by a return of goods whose price comes later are not provisional any more', () => {
    const { ledger, tell } = aStory(byWarehouse)
    tell({ leg: 'b', class: 'receipt', quantity: 10, value: 900, warehouse: 'back' })
    const receipt = tell({ leg: 'a', class: 'receipt', quantity: 10 })
    const back = tell({ leg: 'r', class: 'issue', quantity: -4, warehouse: 'back' })
    ledger.link(back, receipt)
    ledger.settle()
    for (const [price, cost] of [
      [0, 0],
      [50, -20],
    ] as const) {
      ledger.value(receipt, price)
      ledger.settle()
      expect([costOf(ledger, back), isProvisional(basisOf(ledger, back))]).toEqual([cost, false])
    }
  })
})

describe('layers that travel', () => {
  /** Two layers in the shop and one between them in age in the back, which 12 of the shop's go to. */
  function aMove(stated?: number) {
    const ledger = aLedger({ ...byWarehouse, method: 'fifo' })
    let moment = 0
    const tell = ({ quantity, ...told }: Told): number => {
      moment += 10
      const document = told.document ?? told.leg
      return ledger.move({
        ...{ at: moment, hlc: moment, document, ...told },
        quantity: quantity * whole,
      })
    }
    tell({ leg: 'old', class: 'receipt', quantity: 10, value: 500 })
    tell({ leg: 'own', class: 'receipt', quantity: 2, value: 999, warehouse: 'back' })
    const young = tell({ leg: 'young', class: 'receipt', quantity: 5, value: 300 })
    const [out, into] = transferOf({ ledger, tell }, 't', 12, 40)
    if (stated !== undefined) ledger.value(into, stated)
    ledger.settle()
    return { ledger, tell, young, out, into }
  }

  function layersIn({ ledger, nameOf }: TestLedger, pool: number): unknown {
    return ledger.layers
      .all(poolsOfSku(ledger, 0)[pool] ?? -1)
      .map(({ quantity, value, source }) => [quantity / whole, value, nameOf(source)])
  }

  it('[FLW9] keep the date and the cost of their receipts, among those that are there', () => {
    const { ledger, tell, young } = aMove()
    expect(layersIn(ledger, 0)).toEqual([[3, 180, 'young']])
    expect(layersIn(ledger, 1)).toEqual([
      [10, 500, 'old'],
      [2, 999, 'own'],
      [2, 120, 'young'],
    ])
    const sale = tell({ leg: 's', class: 'issue', quantity: -13, warehouse: 'back' })
    ledger.settle()
    expect(costOf(ledger, sale)).toBe(-1_559)
    ledger.value(young, 500)
    ledger.settle()
    expect(costOf(ledger, sale)).toBe(-1_599)
  })

  it('[FLW9] go back by a reversal as those that came', () => {
    const { ledger, tell, out, into } = aMove()
    const common = { class: 'internal', document: 'undone', at: 50, hlc: 50 } as const
    tell({ ...common, leg: 'x', quantity: -12, warehouse: 'back', mirrors: into })
    tell({ ...common, leg: 'y', quantity: 12, mirrors: out })
    ledger.settle()
    expect(layersIn(ledger, 1)).toEqual([[2, 999, 'own']])
    expect(poolsIn(ledger)).toEqual([
      [15, 800],
      [2, 999],
    ])
    expect([...ledger.ledger.differences]).toEqual([])
  })

  it('[FLW9] cover what is short there oldest first; what was short where they left is one of its own', () => {
    const { ledger, tell } = aMove()
    const short = tell({ leg: 's', class: 'issue', quantity: -15, warehouse: 'back' })
    transferOf({ ledger, tell }, 'u', 5, 60)
    ledger.settle()
    // Three there at 180, two short at the same price; one of the three covers what is short.
    expect(trueUpOf(ledger.ledger, short)).toBe(0)
    expect(layersIn(ledger, 1)).toEqual([
      [2, 120, 'young'],
      [2, 120, 'u-in'],
    ])
    tell({ leg: 'dear', class: 'receipt', quantity: 4, value: 400 })
    ledger.settle()
    expect(layersIn(ledger, 1)).toEqual([
      [2, 120, 'young'],
      [2, 200, 'u-in'],
    ])
  })

  it('[FLW9] are one layer where a value was stated', () => {
    const { ledger } = aMove(700)
    expect(layersIn(ledger, 1)).toEqual([
      [2, 999, 'own'],
      [12, 700, 't-in'],
    ])
  })
})

describe('a change of value', () => {
  it('[FLW7] moves no goods, and a pool without goods takes none of it', () => {
    const { ledger, tell } = aStory()
    tell({ leg: 'a', class: 'receipt', quantity: 10, value: 5_000 })
    tell({ leg: 'up', class: 'value', quantity: 0, value: 250 })
    ledger.settle()
    expect(poolsIn(ledger)).toEqual([[10, 5_250]])
    tell({ leg: 's', class: 'issue', quantity: -10 })
    const down = tell({ leg: 'down', class: 'value', quantity: 0, value: -80 })
    ledger.settle()
    expect(poolsIn(ledger)).toEqual([[0, 0]])
    expect(costOf(ledger, down)).toBe(-80)
    expect(ledger.ledger.differences.get(down)).toBe(-80)
  })

  it('[FLW7] makes no pool worth less than nothing', () => {
    const { ledger, tell } = aStory()
    tell({ leg: 'a', class: 'receipt', quantity: 10, value: 50 })
    const down = tell({ leg: 'down', class: 'value', quantity: 0, value: -80 })
    ledger.settle()
    expect(poolsIn(ledger)).toEqual([[10, 0]])
    expect(ledger.ledger.differences.get(down)).toBe(-30)
  })
})
