/**
 * 移动加权平均 (moving average) of one pool: carries the exact pair (quantity, value in fen) along
 * the chain. An issue takes its share of the value, rounded once; the last unit takes the rest
 * [CO-01, CO-12]. The loop holds the two common cases; everything rarer is `inbound` and `outbound`.
 */

import { hasValueBit, isLinkedBit, isNeutralBit } from '../movement.ts'
import { compareMovements } from '../order.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { basis, isTaintedBit } from './basis.ts'
import { stepInbound } from './inbound.ts'
import { firstMarkAfter, markEvery, putMark, takeMark } from './marks.ts'
import { stepOutbound } from './outbound.ts'
import { loadPool, type PoolState, savePool } from './pool-state.ts'
import { shareOf } from './share.ts'
import { cutTrueUps } from './true-up.ts'

const stated = basis['receipt-price']
/** A movement with none of these, or with a value alone, is one of the two common cases. */
const rareBits = hasValueBit | isNeutralBit | isLinkedBit

/** Brings the costs of `pool` up to the end of its chain, from its first movement without one. */
export function costPool(ledger: StockLedger, pool: number): void {
  const state = loadPool(ledger, pool)
  costFrom(ledger, state, startOf(ledger, state))
  savePool(ledger, state)
}

/** The position to cost from, with `state` as it was before it; what later movements left is undone. */
function startOf(ledger: StockLedger, state: PoolState): number {
  const { pool } = state
  const { costed, stateAt } = ledger.poolTable.columns
  const from = costed[pool] as number
  if (from === stateAt[pool]) return from
  ledger.shortages.delete(pool)
  const start = takeMark(ledger.marks, pool, from, state)
  if (start < ledger.chains.length(pool)) {
    takeBackTrueUps(ledger, pool, ledger.chains.at(pool, start))
  }
  return start
}

/** Undoes what `first` and the movements after it have corrected; in their order as it is now. */
export function takeBackTrueUps(ledger: StockLedger, pool: number, first: number): void {
  cutTrueUps(ledger.trueUps, pool, (by) => compareMovements(ledger, by, first) >= 0)
}

/** The two common cases on locals; `state` is current whenever anything else looks at it. */
function costFrom(ledger: StockLedger, state: PoolState, from: number): void {
  const { quantity, value, cost, kind, basis: basisOf } = ledger.movements.columns
  const { slots } = ledger.chains
  const start = ledger.chains.start(state.pool)
  const length = ledger.chains.length(state.pool)
  let markAt = firstMarkAfter(ledger.marks, state.pool, from, length)
  let onHand = state.quantity
  let worth = state.value
  for (let position = from; position < length; position++) {
    if (position === markAt) {
      state.quantity = onHand
      state.value = worth
      putMark(ledger.marks, state.pool, position, state)
      markAt += markEvery
    }
    const movement = slots[start + position] as number
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
}

/** One movement by the full rules. */
export function step(ledger: StockLedger, state: PoolState, movement: number): void {
  const moved = ledger.movements.columns.quantity[movement] as number
  if (moved > 0) stepInbound(ledger, state, movement)
  else if (moved < 0) stepOutbound(ledger, state, movement)
  if (state.quantity !== 0) return
  state.value = 0
  state.isTainted = false
}
