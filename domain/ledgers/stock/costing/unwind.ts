/**
 * The state of a pool before a position, from its state at the end: for a record that is late by
 * little this touches the few movements that are costed again anyway, and nothing before them.
 */

import type { StockLedger } from '../stock-ledger.ts'
import { basis } from './basis.ts'
import type { PoolState } from './pool-state.ts'

const plainReceipt = basis['receipt-price']
const plainIssue = basis.average
const internal = basis.internal
const arrival = basis.arrival

/**
 * Takes the movements from `from` on out of `state` again. False, with `state` as it was, where one of
 * them did more than add its price or take its share: such a step cannot be walked back.
 *
 * INVARIANT: no movement has left the chain since `state` was its end; new ones are not in it yet.
 */
export function unwind(ledger: StockLedger, state: PoolState, from: number): boolean {
  const { pool } = state
  if (state.quantity < 0 || (ledger.poolTable.columns.stateAt[pool] as number) < 0) return false
  const { quantity, cost, basis: basisOf } = ledger.movements.columns
  const { slots } = ledger.chains
  const start = ledger.chains.start(pool)
  let onHand = state.quantity
  let worth = state.value
  for (let slot = start + ledger.chains.length(pool) - 1; slot >= start + from; slot--) {
    const movement = slots[slot] as number
    const code = basisOf[movement] as number
    if (movement >= ledger.settledRows || hasChangedNothing(ledger, movement)) continue
    if (code !== plainReceipt && code !== plainIssue && code !== arrival) return false
    onHand -= quantity[movement] as number
    worth -= cost[movement] as number
    if (onHand < 0) return false
  }
  state.quantity = onHand
  state.value = worth
  return true
}

/** Moved inside the pool, or was a count without a difference. */
function hasChangedNothing({ movements }: StockLedger, movement: number): boolean {
  const { quantity, cost, basis: basisOf } = movements.columns
  if (basisOf[movement] === internal) return true
  return quantity[movement] === 0 && cost[movement] === 0
}
