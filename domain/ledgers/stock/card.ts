/**
 * 台账 (movement card) of a pool: its movements in order, each with how its cost came about, and the
 * corrections that belong to it as rows of their own [CO-11]. Numbers only; texts are put in later.
 */

import { trueUpsOf, type TrueUp } from './costing/true-up.ts'
import { isCorrection } from './late-movements.ts'
import { effectiveAt } from './order.ts'
import type { StockLedger } from './stock-ledger.ts'

export interface CardEntry {
  /**
   * 'movement': goods moved. 'true-up': the movement covered a short issue at another cost than
   * provisional; `target` is that issue, or in a pool that it went into, how it came there. 'difference': 尾差, what the pool lost beyond the movement's own cost.
   */
  readonly kind: 'movement' | 'true-up' | 'difference'
  readonly movement: number
  /** Short issue that a true-up corrects; the movement itself otherwise. */
  readonly target: number
  /** Moment of effect, ms. */
  readonly at: number
  /** Signed steps; 0 for a correction. */
  readonly quantity: number
  /** What the row adds to the pool's value, fen. */
  readonly value: number
  /** The pool after this row. */
  readonly poolQuantity: number
  readonly poolValue: number
}

/** The whole chain of `pool`, oldest first. Its last row shows the pool as it stands. */
export function* cardOf(ledger: StockLedger, pool: number): Generator<CardEntry> {
  const { quantity, cost } = ledger.movements.columns
  const trueUps = trueUpsOf(ledger, pool)
  let next = 0
  let poolQuantity = 0
  let poolValue = 0
  for (const movement of shownOf(ledger, pool)) {
    const at = effectiveAt(ledger, movement)
    const moved = quantity[movement] as number
    const value = cost[movement] as number
    poolQuantity += moved
    poolValue += value
    const carried = ledger.carried.entries.get(movement)
    yield {
      ...{ kind: carried === undefined ? 'movement' : 'true-up', movement },
      ...{ target: carried?.into ?? movement, at, quantity: moved, value },
      ...{ poolQuantity, poolValue },
    }
    for (const { kind, target, amount } of correctionsOf(ledger, movement, trueUps, next)) {
      if (kind === 'true-up') next++
      if (amount === 0) continue
      poolValue -= amount
      yield {
        ...{ kind, movement, target, at, quantity: 0, value: 0 - amount },
        ...{ poolQuantity, poolValue },
      }
    }
  }
}

/** Without corrections of late movements that no count had reflected. */
function shownOf(ledger: StockLedger, pool: number): Int32Array {
  const { quantity } = ledger.movements.columns
  return ledger.chains
    .view(pool)
    .filter((movement) => quantity[movement] !== 0 || !isCorrection(ledger, movement))
}

interface Correction {
  readonly kind: 'true-up' | 'difference'
  readonly target: number
  /** What the pool loses by it, fen. */
  readonly amount: number
}

/** True-ups caused by the movement, the next ones of the pool's list, and its difference. */
function correctionsOf(
  ledger: StockLedger,
  movement: number,
  trueUps: readonly TrueUp[],
  next: number,
): Correction[] {
  const found: Correction[] = []
  for (let i = next; trueUps[i]?.by === movement; i++) {
    const { target, amount } = trueUps[i] as TrueUp
    found.push({ kind: 'true-up', target, amount })
  }
  const difference = ledger.differences.get(movement)
  if (difference !== undefined) {
    found.push({ kind: 'difference', target: movement, amount: difference })
  }
  return found
}
