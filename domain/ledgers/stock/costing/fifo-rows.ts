/**
 * 先进先出 (FIFO) of all pools whose movements arrived in order, in one pass over the rows. The oldest
 * layer of a pool lies beside its quantity and value, in one line of the cache, so that most issues
 * touch nothing else.
 */

import { hasValueBit, isDeadBit, isLinkedBit, isNeutralBit } from '../movement.ts'
import { isLayeredBit } from '../pool-flags.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { basis } from './basis.ts'
import { step } from './moving-average.ts'
import { loadPool, savePool } from './pool-state.ts'
import { shareOf } from './share.ts'

/** Quantity and value of a pool; quantity, value and source of its oldest layer; the rest is room. */
const fields = 8
const kindBits = hasValueBit | isLinkedBit | isDeadBit | isNeutralBit
const stated = basis['receipt-price']

/** Pools with one of the bits `leftOut` are passed over. */
export function costLayersByRows(ledger: StockLedger, leftOut: number): void {
  const running = new Float64Array(ledger.poolTable.rows * fields)
  const { flags } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const bits = flags[pool] as number
    flags[pool] = bits | isLayeredBit
    if (bits & leftOut) running[pool * fields] = Number.NaN
  }
  costRows(ledger, running, leftOut)
  const { quantity, value } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const onHand = running[pool * fields] as number
    if (Number.isNaN(onHand)) continue
    putBack(ledger, running, pool)
    quantity[pool] = onHand
    value[pool] = running[pool * fields + 1] as number
  }
}

/** INVARIANT: while a pool's quantity here is NaN, its columns and layers hold its state. */
function costRows(ledger: StockLedger, running: Float64Array, leftOut: number): void {
  const { pool, quantity, value, cost, kind, source, basis: basisOf } = ledger.movements.columns
  const { flags } = ledger.poolTable.columns
  const rows = ledger.movements.rows
  for (let movement = 0; movement < rows; movement++) {
    const own = pool[movement] as number
    const first = own * fields
    const moved = quantity[movement] as number
    const bits = (kind[movement] as number) & kindBits
    const onHand = running[first] as number
    if (moved < 0 && bits === 0 && onHand + moved > 0) {
      const taken = takeFirst(ledger, running, own, 0 - moved)
      source[movement] = ledger.layers.takenSource
      cost[movement] = 0 - taken
      basisOf[movement] = basis.layer
      running[first] = onHand + moved
      running[first + 1] = (running[first + 1] as number) - taken
    } else if (moved > 0 && bits === hasValueBit && onHand >= 0) {
      const amount = value[movement] as number
      cost[movement] = amount
      basisOf[movement] = stated
      putLast(ledger, running, own, movement)
      running[first] = onHand + moved
      running[first + 1] = (running[first + 1] as number) + amount
    } else if ((bits & (isDeadBit | isNeutralBit)) === 0 && !((flags[own] as number) & leftOut)) {
      costByRules(ledger, running, movement)
    }
  }
}

function takeFirst(
  { layers }: StockLedger,
  running: Float64Array,
  pool: number,
  quantity: number,
): number {
  const first = pool * fields
  const source = running[first + 4] as number
  let held = running[first + 2] as number
  let worth = running[first + 3] as number
  let rest = quantity
  let value = 0
  while (rest >= held && layers.count(pool) > 0) {
    rest -= held
    value += worth
    layers.takeFirst(pool)
    held = layers.takenQuantity
    worth = layers.takenValue
    running[first + 4] = layers.takenSource
  }
  const share = shareOf(worth, Math.min(rest, held), held)
  running[first + 2] = held - rest
  running[first + 3] = worth - share
  layers.takenSource = source
  return value + share
}

function putLast(
  { layers, movements }: StockLedger,
  running: Float64Array,
  pool: number,
  movement: number,
): void {
  const first = pool * fields
  const quantity = movements.columns.quantity[movement] as number
  const value = movements.columns.value[movement] as number
  if ((running[first + 2] as number) > 0) return layers.push(pool, movement, quantity, value)
  running[first + 2] = quantity
  running[first + 3] = value
  running[first + 4] = movement
}

function costByRules(ledger: StockLedger, running: Float64Array, movement: number): void {
  const pool = ledger.movements.columns.pool[movement] as number
  const first = pool * fields
  const { state, layers } = ledger
  loadPool(ledger, pool, state)
  if (!Number.isNaN(running[first])) {
    state.quantity = running[first] as number
    state.value = running[first + 1] as number
    putBack(ledger, running, pool)
  }
  step(ledger, state, movement)
  savePool(ledger, state)
  running[first] = state.isTainted ? Number.NaN : state.quantity
  running[first + 1] = state.value
  running[first + 2] = 0
  if (state.isTainted || layers.count(pool) === 0) return
  layers.takeFirst(pool)
  running[first + 2] = layers.takenQuantity
  running[first + 3] = layers.takenValue
  running[first + 4] = layers.takenSource
}

/** The oldest layer goes back before the others. */
function putBack({ layers }: StockLedger, running: Float64Array, pool: number): void {
  const first = pool * fields
  const quantity = running[first + 2] as number
  if (quantity <= 0) return
  const value = running[first + 3] as number
  layers.unshift(pool, running[first + 4] as number, quantity, value)
}
