/** 出库 (goods leaving a pool), where it is more than a share of what is on hand. */

import { joinsOf, readsAcross } from '../joins.ts'
import { isLinkedBit, isNeutralBit, isReversalBit, rankMask, rankOf } from '../movement.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { basis, isProvisional, isShortBit, isTaintedBit } from './basis.ts'
import { keepRate, leave, leaveAll, leaveOwn, noteOwnSource, shareCode } from './on-hand.ts'
import { inputOfLinked, type OriginalCost, takeOriginal } from './original-cost.ts'
import { openParcels } from './parcels.ts'
import { estimate, type PoolState } from './pool-state.ts'
import { shareOf } from './share.ts'

interface Taken {
  /** Fen that the goods were worth, ≥ 0. */
  readonly value: number
  /** Code of `basis` with its bits. */
  readonly code: number
}

export function stepOutbound(ledger: StockLedger, state: PoolState, movement: number): void {
  const { quantity, cost, source, basis: basisOf } = ledger.movements.columns
  const leaving = 0 - (quantity[movement] as number)
  ledger.differences.delete(movement)
  source[movement] = -1
  openParcels(ledger, movement, state.isLayered)
  const isOwn = leavesAtOrigin(ledger, movement)
  // What leaves like any issue was costed with what its origin is now, and waits for nothing of it.
  if (!isOwn && readsAcross(ledger, movement)) {
    joinsOf(ledger).inputs.set(movement, inputOfLinked(ledger, movement))
  }
  const taken = isOwn
    ? giveBack(ledger, state, movement, leaving)
    : issue(ledger, state, movement, leaving)
  cost[movement] = 0 - taken.value
  basisOf[movement] = taken.code
}

/**
 * [CST19] What is reversed always does, and what leaves transit ([CST27]); what goes back to its supplier by the
 * policy. Goods that never left their pool on the way leave it like any others.
 */
export function leavesAtOrigin(ledger: StockLedger, movement: number): boolean {
  const { policy, movements } = ledger
  const { kind, origin } = movements.columns
  const bits = kind[movement] as number
  if ((bits & isLinkedBit) === 0) return false
  if ((bits & isReversalBit) !== 0) return true
  const of = kind[origin[movement] as number] as number
  if ((of & rankMask) === rankOf.internal)
    return (of & isNeutralBit) === 0 && !sharesTransit(ledger, movement)
  return policy.purchaseReturn === 'receipt'
}

/** What another branch has sent is among the goods of its pool while it is under way, unless warehouses have their own. */
function sharesTransit(ledger: StockLedger, movement: number): boolean {
  if (ledger.policy.scope === 'warehouse') return false
  const origin = ledger.movements.columns.origin[movement] as number
  // Goods that an assembly has made lie in a group, and were sent by nobody.
  return !joinsOf(ledger).flowByLeg.has(origin)
}

/** [CO-01] The share of the value; the whole value with the last unit; the rest as a shortage. */
function issue(ledger: StockLedger, state: PoolState, movement: number, leaving: number): Taken {
  if (state.quantity > leaving) {
    const { value, taint } = leave(ledger, state, movement, leaving)
    return { value, code: shareCode(state) | taint }
  }
  keepRate(ledger, state)
  const { taint, ...whole } = leaveAll(ledger, state, movement)
  const short = leaving - whole.quantity
  if (short === 0) {
    const code = state.isLayered ? basis.layer : basis['last-unit']
    return { value: whole.value, code: code | taint }
  }
  const provisional = estimate(ledger, state, movement, short)
  goShort(ledger, state, { movement, quantity: short, value: provisional.value })
  return { value: whole.value + provisional.value, code: provisional.code | isShortBit | taint }
}

/**
 * [CO-05] Goods going back to where they came from leave at the price they came at. What the pool
 * cannot give, or keeps without goods, is 成本尾差: a difference beside the movement's cost.
 */
function giveBack(ledger: StockLedger, state: PoolState, movement: number, leaving: number): Taken {
  const original = takeOriginal(ledger, movement, leaving)
  const short = original.quantity > Math.max(state.quantity, 0) ? isShortBit : 0
  const lost = loseOriginal(ledger, state, movement, original)
  const value = leavesTransit(ledger, movement) ? lost : original.value
  if (lost !== value) ledger.differences.set(movement, lost - value)
  const code =
    basis['origin-price'] | short | (isProvisional(original.originBasis) ? isTaintedBit : 0)
  if (original.excess === 0) return { value, code }
  // More goes back than came: the rest leaves like any issue, and a finding says so.
  const rest = issue(ledger, state, movement, original.excess)
  return { value: value + rest.value, code: code | (rest.code & isShortBit) }
}

/** [CST27] What comes from transit is worth what transit gave for it: nothing is lost on the way. */
function leavesTransit({ movements }: StockLedger, movement: number): boolean {
  const { kind, origin } = movements.columns
  if ((kind[movement] as number) & isReversalBit) return false
  return ((kind[origin[movement] as number] as number) & rankMask) === rankOf.internal
}

/** Takes the original quantity out; the fen that the pool lost by it. */
function loseOriginal(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  original: OriginalCost,
): number {
  if (state.quantity > original.quantity) {
    return leaveOwn(ledger, state, movement, original).value
  }
  keepRate(ledger, state)
  noteOwnSource(ledger, state, movement, original.origin)
  const whole = leaveAll(ledger, state, movement)
  const short = original.quantity - whole.quantity
  if (short === 0) return whole.value
  const value = shareOf(original.value, short, original.quantity)
  goShort(ledger, state, { movement, quantity: short, value })
  return whole.value + value
}

/** The goods are not here: owed, at a provisional value, to what comes later. */
export function goShort(
  ledger: StockLedger,
  state: PoolState,
  short: { readonly movement: number; readonly quantity: number; readonly value: number },
): void {
  state.quantity -= short.quantity
  state.value -= short.value
  ledger.shortages.of(state.pool).add(short.movement, short.quantity, short.value)
}
