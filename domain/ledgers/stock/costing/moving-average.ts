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
import { keepsMarks, markBefore, markEvery, putMark, takeMark } from './marks.ts'
import { stepOutbound } from './outbound.ts'
import { loadPool, markCosted, type PoolState, savePool } from './pool-state.ts'
import { shareOf } from './share.ts'
import { cutTrueUps } from './true-up.ts'
import { unwind } from './unwind.ts'

const stated = basis['receipt-price']
/** A movement with none of these, or with a value alone, is one of the two common cases. */
const rareBits = hasValueBit | isNeutralBit | isLinkedBit

/** Brings the costs of `pool` up to the end of its chain, from its first movement without one. */
export function costPool(ledger: StockLedger, pool: number): void {
  const state = ledger.state
  loadPool(ledger, pool, state)
  costFrom(ledger, state, startOf(ledger, state))
  savePool(ledger, state)
  markCosted(ledger, pool)
}

/** The position to cost from, with `state` as it was before it; what later movements left is undone. */
function startOf(ledger: StockLedger, state: PoolState): number {
  const { pool } = state
  const { costed, stateAt } = ledger.poolTable.columns
  const from = costed[pool] as number
  if (from === stateAt[pool]) return from
  const length = ledger.chains.length(pool)
  const fromMark = from - markBefore(ledger.marks, pool, from)
  if (length - from < fromMark && unwind(ledger, state, from)) return from
  ledger.shortages.get(pool)?.clear()
  const start = takeMark(ledger.marks, pool, from, state)
  if (start < length) takeBackTrueUps(ledger, pool, ledger.chains.at(pool, start))
  return start
}

/** Undoes what `first` and the movements after it have corrected; in their order as it is now. */
export function takeBackTrueUps(ledger: StockLedger, pool: number, first: number): void {
  cutTrueUps(ledger, pool, (by) => compareMovements(ledger, by, first) >= 0)
}

/** Block by block, with a mark between two where the chain is long enough to keep marks. */
function costFrom(ledger: StockLedger, state: PoolState, from: number): void {
  const { pool } = state
  const length = ledger.chains.length(pool)
  const start = ledger.chains.start(pool)
  const isMarked = keepsMarks(ledger.marks, pool, length)
  for (let position = from; position < length; ) {
    const end = Math.min(position - (position % markEvery) + markEvery, length)
    if (isMarked && position > from) putMark(ledger.marks, pool, position, state)
    state.readAhead = readAhead(ledger, start + position, start + end)
    costBlock(ledger, state, start + position, start + end)
    position = end
  }
}

/**
 * Touches the movements of a block in a loop so short that the processor fetches several at a time;
 * the costing loop is too long for that and would wait for each (a third of its time, measured).
 */
function readAhead(ledger: StockLedger, first: number, end: number): number {
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

/** The two common cases on locals; `state` is current whenever anything else looks at it. */
function costBlock(ledger: StockLedger, state: PoolState, first: number, end: number): void {
  const { quantity, value, cost, kind, basis: basisOf } = ledger.movements.columns
  const { slots } = ledger.chains
  let onHand = state.quantity
  let worth = state.value
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
