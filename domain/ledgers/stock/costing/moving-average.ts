/**
 * 移动加权平均 (moving average) of one pool: carries the exact pair (quantity, value in fen) along
 * the chain. An issue takes its share of the value, rounded once; the last unit takes the rest
 * [CO-01, CO-12]. The loop holds the two common cases; everything rarer is `inbound` and `outbound`.
 */

import { isRestating } from '../counts.ts'
import { isHeldBack, touchSource } from '../joins.ts'
import { hasValueBit, isLinkedBit, isNeutralBit, rankMask, rankOf } from '../movement.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { basis, isTaintedBit } from './basis.ts'
import { stepInbound } from './inbound.ts'
import { stepOutbound } from './outbound.ts'
import type { PoolState } from './pool-state.ts'
import { shareOf } from './share.ts'
import { stepValue } from './value-change.ts'

const stated = basis['receipt-price']
/** A movement with none of these, or with a value alone, is one of the two common cases. */
export const rareBits = hasValueBit | isNeutralBit | isLinkedBit

/**
 * The two common cases on locals; `state` is current whenever anything else looks at it. The slot that
 * was reached: `end`, or one whose movement waits for another pool.
 */
export function costAverage(
  ledger: StockLedger,
  state: PoolState,
  first: number,
  end: number,
): number {
  state.readAhead = readAhead(ledger, first, end)
  const { quantity, value, cost, kind, basis: basisOf } = ledger.movements.columns
  const { slots } = ledger.chains
  let onHand = state.quantity
  let worth = state.value
  let reached = end
  for (let slot = first; slot < end; slot++) {
    const movement = slots[slot] as number
    const moved = quantity[movement] as number
    const bits = (kind[movement] as number) & rareBits
    if (moved < 0 && bits === 0 && onHand + moved > 0) {
      const share = shareOf(worth, 0 - moved, onHand)
      cost[movement] = 0 - share
      basisOf[movement] = state.isTainted ? basis.average | isTaintedBit : basis.average
      worth -= share
      onHand += moved
    } else if (moved > 0 && bits === hasValueBit && onHand >= 0) {
      const amount = value[movement] as number
      cost[movement] = amount
      basisOf[movement] = stated
      worth += amount
      onHand += moved
    } else if (bits & isNeutralBit) {
      cost[movement] = 0
      basisOf[movement] = basis.internal
    } else if (isHeldBack(ledger, movement)) {
      reached = slot
      break
    } else {
      state.quantity = onHand
      state.value = worth
      step(ledger, state, movement)
      onHand = state.quantity
      worth = state.value
    }
  }
  state.quantity = onHand
  state.value = worth
  return reached
}

/**
 * Touches the movements of a block in a loop so short that the processor fetches several at a time;
 * the costing loop is too long for that and would wait for each (a third of its time, measured).
 */
export function readAhead(ledger: StockLedger, first: number, end: number): number {
  const { quantity, value, cost, kind, basis: basisOf } = ledger.movements.columns
  const { slots } = ledger.chains
  let read = 0
  for (let slot = first; slot < end; slot++) {
    const movement = slots[slot] as number
    read += (quantity[movement] as number) + (value[movement] as number)
    read += (cost[movement] as number) + (kind[movement] as number) + (basisOf[movement] as number)
  }
  return read
}

/** One movement by the full rules. */
export function step(ledger: StockLedger, state: PoolState, movement: number): void {
  const moved = ledger.movements.columns.quantity[movement] as number
  if (moved > 0) stepInbound(ledger, state, movement)
  else if (moved < 0) stepOutbound(ledger, state, movement)
  else if (isValueChange(ledger, movement)) stepValue(ledger, state, movement)
  touchSource(ledger, movement)
  if (state.quantity !== 0) return
  state.value = 0
  state.isTainted = false
  if (state.isLayered) ledger.layers.clear(state.pool)
}

function isValueChange(ledger: StockLedger, movement: number): boolean {
  const rank = (ledger.movements.columns.kind[movement] as number) & rankMask
  return rank === rankOf.value || (rank === rankOf.count && isRestating(ledger, movement))
}
