/**
 * Costs all pools from nothing: after a rebuild, or to verify a checkpoint in idle time. Pools whose
 * movements arrived in order are costed in one sequential pass over the rows, which reads memory in
 * order; the others along their chains. The result is that of `costPool` on each.
 */

import { hasValueBit, isDeadBit, isLinkedBit, isNeutralBit } from '../movement.ts'
import { isAlwaysAverage } from '../policy.ts'
import { joinsOf, touchSource } from '../joins.ts'
import type { StockLedger } from '../stock-ledger.ts'
import {
  isJoinedBit,
  isLayeredBit,
  isOwnValueBit,
  isPoolTaintedBit,
  isShuffledBit,
} from '../pool-flags.ts'
import { basis } from './basis.ts'
import { costPool } from './cost-pool.ts'
import { costLayersByRows } from './fifo-rows.ts'
import { costJoined } from './joined-pools.ts'
import { clearMarks } from './marks.ts'
import { step } from './moving-average.ts'
import { loadPool, markCosted, savePool } from './pool-state.ts'
import { shareOf } from './share.ts'
import { forgetTrueUps } from './true-up.ts'

export function costEverything(ledger: StockLedger): void {
  forgetCosts(ledger)
  const { policy } = ledger
  if (isAlwaysAverage(policy)) return averageEverything(ledger)
  if (policy.method === 'fifo' && policy.changes.length === 0) return layersEverything(ledger)
  const { flags } = ledger.poolTable.columns
  const joined: number[] = []
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    if ((flags[pool] as number) & isJoinedBit) joined.push(pool)
    else costPool(ledger, pool)
  }
  if (joined.length > 0) costJoined(ledger, joined)
}

function layersEverything(ledger: StockLedger): void {
  const leftOut = notInRows | isOwnValueBit
  costLayersByRows(ledger, leftOut)
  costTheRest(ledger, leftOut)
}

function averageEverything(ledger: StockLedger): void {
  const running = openRunning(ledger)
  averageInRowOrder(ledger, running)
  closeRunning(ledger, running)
  costTheRest(ledger, notInRows)
}

/** Along their chains, what was not costed by its rows: pools with one of the bits `leftOut`. */
function costTheRest(ledger: StockLedger, leftOut: number): void {
  const { flags } = ledger.poolTable.columns
  const joined: number[] = []
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const bits = flags[pool] as number
    if (bits & isJoinedBit) joined.push(pool)
    else if (bits & leftOut) costPool(ledger, pool)
    else markCosted(ledger, pool, ledger.chains.length(pool))
  }
  if (joined.length > 0) costJoined(ledger, joined)
}

function forgetCosts(ledger: StockLedger): void {
  joinsOf(ledger).inputs.clear()
  const columns = ledger.poolTable.columns
  columns.quantity.fill(0)
  columns.value.fill(0)
  columns.rateValue.fill(0)
  columns.rateQuantity.fill(0)
  columns.costed.fill(0)
  columns.stateAt.fill(0)
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    columns.flags[pool] = (columns.flags[pool] as number) & ~(isPoolTaintedBit | isLayeredBit)
  }
  clearMarks(ledger.marks)
  ledger.layers.clearAll()
  ledger.parcels.clear()
  ledger.shortages.clear()
  ledger.differences.clear()
  forgetTrueUps(ledger)
  // What was carried on stays where it is until its true-up comes again, or does not.
  for (const { of } of ledger.carried.entries.values()) touchSource(ledger, of)
}

/** Movements of such a pool are not costed in the order of their rows. */
const notInRows = isShuffledBit | isJoinedBit

/** Quantity and value of a pool side by side, so that a movement touches one line of the cache. */
const fields = 2

/**
 * INVARIANT: a pool is costed here either by its pair in `running`, or, while that holds NaN as
 * quantity, by its columns and the full rules: NaN fails both tests of the loop without a third.
 */
function averageInRowOrder(ledger: StockLedger, running: Float64Array): void {
  const { pool, quantity, value, cost, kind, basis: basisOf } = ledger.movements.columns
  const rows = ledger.movements.rows
  for (let movement = 0; movement < rows; movement++) {
    const first = (pool[movement] as number) * fields
    const moved = quantity[movement] as number
    const bits = (kind[movement] as number) & kindBits
    const onHand = running[first] as number
    if (moved < 0 && bits === 0 && onHand + moved > 0) {
      const worth = running[first + 1] as number
      const share = shareOf(worth, 0 - moved, onHand)
      cost[movement] = 0 - share
      basisOf[movement] = average
      running[first] = onHand + moved
      running[first + 1] = worth - share
    } else if (moved > 0 && bits === hasValueBit && onHand >= 0) {
      const amount = value[movement] as number
      cost[movement] = amount
      basisOf[movement] = stated
      running[first] = onHand + moved
      running[first + 1] = (running[first + 1] as number) + amount
    } else if ((bits & (isDeadBit | isNeutralBit)) === 0) {
      costByRules(ledger, running, movement)
    }
  }
}

const stated = basis['receipt-price']
const average = basis.average
const kindBits = hasValueBit | isLinkedBit | isDeadBit | isNeutralBit

function openRunning(ledger: StockLedger): Float64Array {
  const running = new Float64Array(ledger.poolTable.rows * fields)
  const { flags } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    if ((flags[pool] as number) & notInRows) running[pool * fields] = Number.NaN
  }
  return running
}

function costByRules(ledger: StockLedger, running: Float64Array, movement: number): void {
  const pool = ledger.movements.columns.pool[movement] as number
  if ((ledger.poolTable.columns.flags[pool] as number) & notInRows) return
  const state = ledger.state
  loadPool(ledger, pool, state)
  const onHand = running[pool * fields] as number
  if (!Number.isNaN(onHand)) {
    state.quantity = onHand
    state.value = running[pool * fields + 1] as number
  }
  step(ledger, state, movement)
  savePool(ledger, state)
  running[pool * fields] = state.isTainted ? Number.NaN : state.quantity
  running[pool * fields + 1] = state.value
}

function closeRunning(ledger: StockLedger, running: Float64Array): void {
  const { quantity, value } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const onHand = running[pool * fields] as number
    if (Number.isNaN(onHand)) continue
    quantity[pool] = onHand
    value[pool] = running[pool * fields + 1] as number
  }
}
