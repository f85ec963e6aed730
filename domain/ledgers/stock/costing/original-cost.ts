/**
 * What is left to give back of a movement: its cost with true-ups so far, less what earlier returns
 * and reversals took [CO-04, CO-05]. The last unit takes the rest, so a full return nets to zero.
 */

import { readsAcross } from '../joins.ts'
import { linkedTo } from '../link.ts'
import { compareMovements } from '../order.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { isTaintedBit } from './basis.ts'
import { carriedInto } from './carried.ts'
import { sourceOf, sourcesOf } from './on-hand.ts'
import { shareOf } from './share.ts'
import { trueUpBefore, trueUpOf } from './true-up.ts'

interface Left {
  readonly quantity: number
  readonly value: number
}

export interface OriginalCost {
  readonly origin: number
  readonly originBasis: number
  /** Of the origin, before this movement: steps and fen, of either sign. */
  readonly left: Left
  /** Steps of the movement that its origin can still give, ≥ 0. */
  readonly quantity: number
  /** Fen that these are worth, ≥ 0. */
  readonly value: number
  /** Steps beyond what the origin had: `over-returned`. */
  readonly excess: number
}

/** For the linked `movement` that gives or takes back `wanted` steps. */
export function takeOriginal(ledger: StockLedger, movement: number, wanted: number): OriginalCost {
  const { origin: origins, basis } = ledger.movements.columns
  const origin = origins[movement] as number
  const left = leftOf(ledger, origin, movement)
  const isAcross = readsAcross(ledger, movement)
  if (isAcross) ledger.joins?.inputs.set(movement, inputOfLinked(ledger, movement))
  const quantity = Math.min(wanted, Math.max(left.quantity, 0))
  const value = quantity === 0 ? 0 : shareOf(Math.max(left.value, 0), quantity, left.quantity)
  return {
    origin,
    // Whether what left short is covered by now says nothing of a pool that is costed by itself.
    originBasis: (basis[origin] as number) & (isAcross ? isTaintedBit : 255),
    left,
    quantity,
    value,
    excess: wanted - quantity,
  }
}

/** What a linked movement reads of others, to be compared. */
export function inputOfLinked(ledger: StockLedger, movement: number): string {
  const { origin: origins, basis } = ledger.movements.columns
  const origin = origins[movement] as number
  const { quantity, value } = leftOf(ledger, origin, movement)
  const taint = (basis[origin] as number) & isTaintedBit
  const sources = [sourceOf(ledger, origin, movement), ...sourcesOf(ledger, origin)]
  return [quantity, value, taint, ...sources].join('|')
}

/** Unsigned quantity and value of `movement` that nothing before `before` has taken back. */
function leftOf(ledger: StockLedger, movement: number, before: number): Left {
  const { quantity: quantities, cost } = ledger.movements.columns
  const sign = Math.sign(quantities[movement] as number)
  let quantity = sign * (quantities[movement] as number)
  const trueUp = readsAcross(ledger, before)
    ? trueUpBefore(ledger, movement, before)
    : trueUpOf(ledger, movement)
  let value = sign * (cost[movement] as number) + trueUp + carriedInto(ledger, movement, before)
  for (const child of linkedTo(ledger, movement)) {
    if (child === before || compareMovements(ledger, child, before) > 0) continue
    const taken = leftOf(ledger, child, before)
    quantity -= taken.quantity
    value -= taken.value
  }
  return { quantity, value }
}
