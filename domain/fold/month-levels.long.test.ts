import { describe, expect, it } from 'vitest'
import { aSeal } from '#tests/builders/a-seal.ts'
import { postingRecords, type TestLeg } from '#tests/builders/documents.ts'
import { inEveryOrder } from '#tests/builders/every-order.ts'
import { idOf, JournalWriter } from '#tests/builders/journal-writer.ts'
import type { Fold } from './fold.ts'
import type { FoldEntry } from './fold-entry.ts'

const branch = idOf('branch', 'main')
const china = 8 * 3_600_000
const morning = (month: number, day: number) => Date.UTC(2026, month - 1, day, 9) - china

/** A bakery that takes month-end averages; pieces by SKU, what goes out is negative. */
class Bakery {
  readonly writer = new JournalWriter()
  readonly policy = [
    this.writer.write({
      ...{ device: 'server-1', branch: 'all', audience: 'goods', at: 1 },
      kind: 'masters-changed.v1',
      body: {
        changes: [
          { entity: 'company', id: idOf('company', 'one'), fields: { costMethod: 'month-end' } },
        ],
      },
    }),
  ]

  buys(name: string, at: number, sku: string, pieces: number, price: number): FoldEntry[] {
    return this.#posts(name, at, 'goods-receipt', [
      { leg: '1', sku, warehouse: 'shop', quantity: pieces * 10_000, value: pieces * price },
    ])
  }

  sells(name: string, at: number, sku: string, pieces: number): FoldEntry[] {
    const goods = { sku, warehouse: 'shop', quantity: -10_000 * pieces }
    return this.#posts(name, at, 'shipment', [{ leg: '1', ...goods }])
  }

  makes(name: string, at: number, pieces: Readonly<Record<string, number>>): FoldEntry[] {
    const legs = Object.entries(pieces).map(([sku, count]) => ({
      ...{ leg: sku, sku, warehouse: 'shop', quantity: count * 10_000 },
      ...{ class: 'internal', group: 'g', ...(count > 0 && { share: 1 }) },
    }))
    return this.#posts(name, at, 'assembly', legs)
  }

  #posts(document: string, at: number, type: string, legs: readonly TestLeg[]): FoldEntry[] {
    const where = { device: 'A', branch: 'main' }
    return postingRecords(this.writer, { ...where, document, at, type, legs: [...legs] })
  }
}

function stateOf(fold: Fold): unknown {
  return [
    ...[fold.hash('goods', branch), fold.hash('buying', branch), fold.findings(), fold.audit()],
    ['flour', 'bread', 'toast'].map((sku) => fold.stock.card(idOf('sku', sku), { branch })),
  ]
}

/** What the goods of a document cost, fen. */
function costOf(fold: Fold, name: string): number {
  const legs = fold.stock.costOf(idOf('document', name))
  return legs.reduce((sum, { cost, quantity }) => (quantity < 0 ? sum - cost : sum), 0)
}

describe('goods made of others under the month-end average 低层码', () => {
  it('[CST25] come in at what their parts cost in that month, level by level', () => {
    const shop = new Bakery()
    const flour = [
      ...shop.buys('r1', morning(3, 2), 'flour', 10, 500),
      ...shop.buys('r2', morning(3, 20), 'flour', 10, 700),
    ]
    const made = [
      ...shop.makes('m1', morning(3, 5), { flour: -4, bread: 2 }),
      ...shop.makes('m2', morning(3, 6), { bread: -1, toast: 3 }),
    ]
    const sold = shop.sells('s1', morning(3, 7), 'toast', 1)
    const next = shop.sells('s2', morning(4, 2), 'toast', 1)
    const fold = inEveryOrder([[...shop.policy, ...next], flour, made, sold], stateOf)
    // 24.00 of flour for two loaves, 12.00 for three slices.
    expect([costOf(fold, 'm1'), costOf(fold, 'm2'), costOf(fold, 's1')]).toEqual([
      2_400, 1_200, 400,
    ])
    expect(fold.stock.pool(idOf('sku', 'flour'), branch)).toMatchObject({ value: 9_600 })
  })

  it('[CST25] [CST22] cost what they turn out to when the month of their parts is closed', () => {
    const shop = new Bakery()
    const before = shop.buys('r0', morning(2, 2), 'flour', 10, 400)
    const march = [
      ...shop.buys('r1', morning(3, 2), 'flour', 10, 600),
      ...shop.makes('m1', morning(3, 5), { flour: -4, bread: 2 }),
    ]
    const goods = [...before, ...march]
    const seal = [aSeal(shop.writer, 'main', Date.UTC(2026, 3, 1) - china, goods)]
    const open = inEveryOrder([shop.policy, before, march], stateOf)
    expect(open.stock.pool(idOf('sku', 'bread'), branch)).toMatchObject({ value: 1_600 })
    const closed = inEveryOrder([[...shop.policy, ...before], march, seal], stateOf)
    expect(closed.stock.pool(idOf('sku', 'bread'), branch)).toMatchObject({ value: 2_000 })
  })

  it('[CST25] [CST24] that are made of each other in one month share the average of their own, in that month', () => {
    const shop = new Bakery()
    const bought = [
      ...shop.buys('r1', morning(3, 2), 'flour', 10, 500),
      ...shop.buys('r2', morning(3, 2), 'bread', 4, 900),
    ]
    const march = shop.makes('m1', morning(3, 5), { flour: -4, bread: 2 })
    const ground = shop.makes('m2', morning(3, 6), { bread: -1, flour: 1 })
    const april = shop.makes('m3', morning(4, 5), { flour: -2, bread: 1 })
    const next = shop.sells('s', morning(5, 1), 'bread', 1)
    const straight = [...shop.policy, ...april, ...next]
    const bread = (fold: Fold, name: string) =>
      fold.stock.costOf(idOf('document', name)).find(({ leg }) => leg === 'bread')?.cost
    const open = inEveryOrder([straight, bought, march], stateOf)
    expect([bread(open, 'm1'), bread(open, 'm3')]).toEqual([2_000, 1_000])
    const circular = inEveryOrder([straight, bought, march, ground], stateOf)
    expect([bread(circular, 'm1'), bread(circular, 'm3')]).toEqual([1_800, 1_000])
  })
})
