import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '#tests/builders/arrivals.ts'
import { aLedger } from '#tests/builders/a-ledger.ts'
import { cardOf } from './card.ts'
import { isCorrection } from './late-movements.ts'
import { classOf, type MovementClass, movementClasses } from './movement.ts'
import { putMoments } from './change.ts'
import { compareMovements } from './order.ts'

/** Names of legs; what corrects counts for a late movement bears its name, and says so here. */
function order(ledger: ReturnType<typeof aLedger>): string[] {
  return ledger
    .chain('sku')
    .map(
      (movement) =>
        ledger.nameOf(movement) + (isCorrection(ledger.ledger, movement) ? ' corrected' : ''),
    )
}

describe('the order of movements 业务顺序', () => {
  it('[ORD1] moment comes before class, class before clock, clock before device', () => {
    const ledger = aLedger()
    ledger.move({ leg: 'late receipt', class: 'receipt', at: 2, hlc: 1, quantity: 1 })
    ledger.move({ leg: 'issue', class: 'issue', at: 1, hlc: 1, quantity: -1 })
    ledger.move({ leg: 'second receipt', class: 'receipt', at: 1, hlc: 3, quantity: 1 })
    ledger.move({ leg: 'other device', class: 'receipt', at: 1, hlc: 2, device: 'b', quantity: 1 })
    ledger.move({ leg: 'receipt', class: 'receipt', at: 1, hlc: 2, device: 'a', quantity: 1 })
    ledger.settle()
    expect(order(ledger)).toEqual([
      ...['receipt', 'other device', 'second receipt', 'issue', 'late receipt'],
    ])
  })

  it('[ORD2] at one moment: opening, receipts, free returns, counts, issues, changes of value, internal moves', () => {
    const ledger = aLedger()
    for (const [index, name] of [...movementClasses].reverse().entries()) {
      ledger.move({ leg: name, class: name, at: 1, hlc: index, quantity: 1 })
    }
    ledger.settle()
    expect(order(ledger)).toEqual([...movementClasses])
  })

  it('[ORD3] an internal move is one unit: its out legs directly before its in legs', () => {
    const ledger = aLedger()
    const common = { class: 'internal', at: 1, hlc: 1 } as const
    ledger.move({ ...common, document: 'x', leg: 'x a in', quantity: 1 })
    ledger.move({ ...common, document: 'y', leg: 'y out', quantity: -1 })
    ledger.move({ ...common, document: 'x', leg: 'x z out', quantity: -1 })
    ledger.move({ ...common, document: 'y', leg: 'y in', quantity: 1 })
    ledger.settle()
    expect(order(ledger)).toEqual(['x z out', 'x a in', 'y out', 'y in'])
  })

  it('[ORD4] a linked movement that is not later follows its origin directly, a later one stands alone', () => {
    const ledger = aLedger()
    const sale = ledger.move({ leg: 'sale', class: 'issue', at: 5, hlc: 1, quantity: -4 })
    ledger.move({ leg: 'next sale', class: 'issue', at: 5, hlc: 2, quantity: -1 })
    const early = ledger.move({ leg: 'return', class: 'return-in', at: 3, hlc: 9, quantity: 1 })
    const later = ledger.move({
      leg: 'later return',
      class: 'return-in',
      at: 6,
      hlc: 8,
      quantity: 1,
    })
    const undone = ledger.move({
      leg: 'return undone',
      class: 'issue',
      at: 4,
      hlc: 10,
      quantity: -1,
    })
    ledger.link(undone, early)
    ledger.link(early, sale)
    ledger.link(later, sale)
    ledger.settle()
    expect(order(ledger)).toEqual(['sale', 'return', 'return undone', 'next sale', 'later return'])
  })

  it('[ORD6] what takes effect later than it says stands first, in the order of what it says', () => {
    const ledger = aLedger()
    const at = (leg: string, moment: number, own = moment) => {
      const movement = ledger.move({ leg, class: 'issue', at: own, hlc: 1, quantity: -1 })
      putMoments(ledger.ledger, [movement], () => moment)
    }
    at('own', 10)
    at('late 7', 10, 7)
    at('late 3', 10, 3)
    at('before', 9)
    ledger.settle()
    expect(order(ledger)).toEqual([
      ...['before', 'late 3', 'late 3 corrected', 'late 7', 'late 7 corrected', 'own'],
    ])
    const shown = [...cardOf(ledger.ledger, 0)].map(({ movement }) => ledger.nameOf(movement))
    expect(shown).toEqual(['before', 'late 3', 'late 7', 'own'])
  })

  it('[ORD6] [CNT9] a correction moves with its late movement, and needs none of its own', () => {
    const ledger = aLedger()
    const count = { class: 'count', hlc: 1, quantity: 0 } as const
    const late = ledger.move({ ...count, leg: 'late', at: 3, counted: 5 })
    const moveTo = (moment: number) => {
      putMoments(ledger.ledger, [late], () => moment)
      ledger.settle()
    }
    ledger.move({ ...count, leg: 'sealed', at: 5, counted: 4 })
    moveTo(10)
    expect(order(ledger)).toEqual(['sealed', 'late', 'late corrected'])
    moveTo(12)
    expect(order(ledger)).toEqual(['sealed', 'late', 'late corrected'])
    expect(ledger.pool('sku')[0]).toBe(4)
    moveTo(3)
    expect(order(ledger)).toEqual(['late', 'sealed'])
  })

  it('[ORD4] linked to what came late, what takes effect with it is later where it says so of itself', () => {
    const ledger = aLedger()
    const at10 = (leg: string, own: number) => {
      const movement = ledger.move({ leg, class: 'issue', at: own, hlc: 1, quantity: -1 })
      putMoments(ledger.ledger, [movement], () => 10)
      return movement
    }
    const origin = at10('late 3', 3)
    at10('late 7', 7)
    for (const [leg, own] of [
      ['linked 2', 2],
      ['linked 8', 8],
      ['linked 10', 10],
    ] as const) {
      ledger.link(at10(leg, own), origin)
    }
    ledger.settle()
    const names = order(ledger).filter((name) => !name.endsWith('corrected'))
    expect(names).toEqual(['late 3', 'linked 2', 'late 7', 'linked 8', 'linked 10'])
  })

  it('[ORD5] is total: no two movements compare equal, and each order of arrival sorts alike', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const ledger = aLedger()
        const pick = (limit: number) => Math.floor(random() * limit)
        const moves = Array.from({ length: 30 }, (_, index) =>
          ledger.move({
            ...{ leg: `leg ${index}`, at: pick(4), hlc: pick(3), device: `d${pick(2)}` },
            ...{
              class: movementClasses[pick(movementClasses.length)] as MovementClass,
              quantity: pick(2) ? 1 : -1,
            },
          }),
        )
        for (const movement of moves) {
          const origin = moves[pick(10)] as number
          if (movement > 10 && random() < 0.4) ledger.link(movement, origin)
        }
        ledger.settle()
        const chain = ledger.chain('sku')
        for (const [index, movement] of chain.entries()) {
          for (const [other, later] of chain.entries()) {
            const sign = Math.sign(compareMovements(ledger.ledger, movement, later))
            expect(sign).toBe(Math.sign(index - other))
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  it('[ORD2] every class has its rank', () => {
    expect(movementClasses.map((_, rank) => classOf(rank))).toEqual([...movementClasses])
  })
})
