import { describe, expect, it } from 'vitest'
import { aLedger, type TestMovement } from '#tests/builders/a-ledger.ts'
import { agesOf } from './ages.ts'

function move(
  kind: TestMovement['class'],
  at: number,
  pieces: number,
  more: Partial<TestMovement> = {},
): TestMovement {
  const quantity = pieces * 10_000
  const value = kind === 'receipt' ? { value: pieces * 100 } : {}
  return { leg: `${at} ${pieces}`, class: kind, at, hlc: at, quantity, ...value, ...more }
}

function agedAt(movements: readonly TestMovement[], until?: number) {
  const ledger = aLedger()
  const rows = movements.map((movement) => ledger.move(movement))
  const { ledger: stock } = ledger
  // Legs of one document are of one event.
  const { event } = stock.movements.columns
  for (const [index, { document }] of movements.entries()) {
    const first = rows[movements.findIndex((other) => other.document === document)]
    if (document !== undefined) event[rows[index] as number] = event[first as number] as number
  }
  ledger.settle()
  return [...agesOf(stock, 0, until).values()].map((pieces) =>
    pieces.map(({ since, quantity }) => [since, quantity / 10_000]),
  )
}

describe('ages 库龄', () => {
  it('[CST26] are those of the goods that came last, as of a moment', () => {
    const trade = [move('receipt', 10, 10), move('issue', 20, -4), move('receipt', 30, 6)]
    expect(agedAt(trade)).toEqual([
      [
        [10, 6],
        [30, 6],
      ],
    ])
    expect(agedAt(trade, 15)).toEqual([[[10, 10]]])
  })

  it('[CST26] stay as they are when goods are moved', () => {
    const trade = [
      ...[move('receipt', 10, 3), move('receipt', 20, 5)],
      move('internal', 30, -4, { document: 'move', leg: 'a' }),
      { ...move('internal', 30, 4, { document: 'move', leg: 'b' }), warehouse: 'other' },
    ]
    expect(agedAt(trade)).toEqual([
      [[20, 4]],
      [
        [10, 3],
        [20, 1],
      ],
    ])
  })

  it('[CST26] count what comes for what was short before as gone', () => {
    expect(agedAt([move('issue', 10, -3), move('receipt', 20, 5)])).toEqual([[[20, 2]]])
  })
})
