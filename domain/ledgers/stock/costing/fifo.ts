/**
 * 先进先出 (FIFO) of one pool: goods leave from the oldest layer on, each share of a layer rounded once,
 * the last unit of a layer with its remainder [CO-02]. The loop holds the two common cases; everything
 * rarer is `inbound` and `outbound`, as for the average.
 */

import { isHeldBack } from '../joins.ts'
import { hasValueBit, isNeutralBit } from '../movement.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { basis } from './basis.ts'
import { rareBits, readAhead, step } from './moving-average.ts'
import type { PoolState } from './pool-state.ts'

const stated = basis['receipt-price']

/**
 * The movements in slots from `first` to before `end`; `state` is current when anything else looks. The
 * slot that was reached: `end`, or one whose movement waits for another pool.
 */
export function costLayers(
  ledger: StockLedger,
  state: PoolState,
  first: number,
  end: number,
): number {
  state.readAhead = readAhead(ledger, first, end)
  const { quantity, value, cost, kind, source, basis: basisOf } = ledger.movements.columns
  const { layers } = ledger
  const { slots } = ledger.chains
  const { pool } = state
  for (let slot = first; slot < end; slot++) {
    const movement = slots[slot] as number
    const moved = quantity[movement] as number
    const bits = (kind[movement] as number) & rareBits
    if (moved < 0 && bits === 0 && state.quantity + moved > 0 && !state.isTainted) {
      const taken = layers.take(pool, 0 - moved)
      source[movement] = layers.takenSource
      cost[movement] = 0 - taken
      basisOf[movement] = basis.layer
      state.value -= taken
      state.quantity += moved
    } else if (moved > 0 && bits === hasValueBit && state.quantity >= 0) {
      const amount = value[movement] as number
      cost[movement] = amount
      basisOf[movement] = stated
      layers.push(pool, movement, moved, amount)
      state.value += amount
      state.quantity += moved
    } else if (bits & isNeutralBit) {
      cost[movement] = 0
      basisOf[movement] = basis.internal
    } else if (isHeldBack(ledger, movement)) return slot
    else step(ledger, state, movement)
  }
  return end
}
