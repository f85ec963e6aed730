/** The state that costing carries along one pool: taken from its columns and put back. */

import type { Instant } from '#domain/values/instant.ts'
import { effectiveAt } from '../order.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { asksReferenceBit, isLayeredBit, isPoolTaintedBit } from '../pool-flags.ts'
import { basis } from './basis.ts'
import type { CostState } from './marks.ts'
import { branchOf } from '../tag-index.ts'
import { shareOf } from './share.ts'

export interface PoolState extends CostState {
  pool: number
  /** Keeps what was read ahead from being left out as unused; means nothing. */
  readAhead: number
}

/** Room for one pool's state: costing goes pool by pool and uses it again and again. */
export function openPoolState(): PoolState {
  const amounts = { quantity: 0, value: 0, rateValue: 0, rateQuantity: 0 }
  return { pool: -1, readAhead: 0, ...amounts, isTainted: false, isLayered: false }
}

export function loadPool(ledger: StockLedger, pool: number, state: PoolState): void {
  const { quantity, value, rateValue, rateQuantity, flags } = ledger.poolTable.columns
  state.pool = pool
  state.quantity = quantity[pool] as number
  state.value = value[pool] as number
  state.rateValue = rateValue[pool] as number
  state.rateQuantity = rateQuantity[pool] as number
  state.isTainted = ((flags[pool] as number) & isPoolTaintedBit) !== 0
  state.isLayered = ((flags[pool] as number) & isLayeredBit) !== 0
}

export function savePool(ledger: StockLedger, state: PoolState): void {
  const { pool } = state
  const columns = ledger.poolTable.columns
  const flags = (columns.flags[pool] as number) & ~(isPoolTaintedBit | isLayeredBit)
  columns.quantity[pool] = state.quantity
  columns.value[pool] = state.value
  columns.rateValue[pool] = state.rateValue
  columns.rateQuantity[pool] = state.rateQuantity
  columns.flags[pool] =
    flags | (state.isTainted ? isPoolTaintedBit : 0) | (state.isLayered ? isLayeredBit : 0)
}

/** The costs of the pool stand up to the position `reached`, and its state is the one before it. */
export function markCosted(ledger: StockLedger, pool: number, reached: number): void {
  const { costed, stateAt } = ledger.poolTable.columns
  costed[pool] = reached
  stateAt[pool] = reached
}

/** Steps of quantity × millionths of a yuan in one fen. */
const productPerFen = 100_000_000

/** Fen that `quantity` steps are worth at a unit price in millionths of a yuan. */
export function worthAt(price: number, quantity: number): number {
  return shareOf(price, quantity, productPerFen)
}

export interface Estimate {
  /** Fen, ≥ 0. */
  readonly value: number
  /** Code of `basis`. */
  readonly code: number
}

/**
 * [CO-07] What `quantity` steps are taken to be worth where nothing is on hand: last known unit cost,
 * else the reference price, else nothing (成本待定).
 */
export function estimate(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  quantity: number,
): Estimate {
  if (state.rateQuantity > 0) {
    return {
      value: shareOf(state.rateValue, quantity, state.rateQuantity),
      code: basis['last-known'],
    }
  }
  const columns = ledger.poolTable.columns
  columns.flags[state.pool] = (columns.flags[state.pool] as number) | asksReferenceBit
  const at = effectiveAt(ledger, movement) as Instant
  const branch = branchOf(ledger, movement)
  const price = ledger.referencePrice(ledger.pools.first(state.pool), at, branch)
  if (price === undefined) return { value: 0, code: basis.unknown }
  return { value: worthAt(price, quantity), code: basis['reference-price'] }
}
