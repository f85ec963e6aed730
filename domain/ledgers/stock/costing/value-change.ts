/** 成本调整 (change of value): what a pool is worth becomes more or less, and no goods move [CO-08]. */

import { countPrice, heldAt, notePricedGoods, pricedGoods } from '../counts.ts'
import { isPairFlow } from '../flow.ts'
import { isLinkedBit, rankMask, rankOf } from '../movement.ts'
import type { LateLeg, StockLedger } from '../stock-ledger.ts'
import { basis } from './basis.ts'
import { quantityLeft } from './left-on-hand.ts'
import { revalue, valueEvenly } from './on-hand.ts'
import { type PoolState, worthAt } from './pool-state.ts'
import { shareOf } from './share.ts'
import { joinsOf } from '../joins.ts'

/** A stated change, or, of a count, goods restated at a price; a reversal takes either back. */
export function stepValue(ledger: StockLedger, state: PoolState, movement: number): void {
  const bits = ledger.movements.columns.kind[movement] as number
  const isCount = (bits & rankMask) === rankOf.count && (bits & isLinkedBit) === 0
  if (isCount) restate(ledger, state, movement)
  else changeValue(ledger, state, movement)
}

/**
 * The pool takes the change as far as it holds goods, and never becomes worth less than nothing; what
 * it cannot take is 成本尾差. A reversal takes back what the pool took.
 */
function changeValue(ledger: StockLedger, state: PoolState, movement: number): void {
  const { value, cost, kind, origin, basis: basisOf } = ledger.movements.columns
  const { differences } = ledger
  const isMirror = ((kind[movement] as number) & isLinkedBit) !== 0
  const of = origin[movement] as number
  const late = ledger.lateValues.get(movement)
  const stated =
    late === undefined ? (value[movement] as number) : statedLate(ledger, movement, late)
  const amount = isMirror ? 0 - (cost[of] as number) : stated
  const wanted = isMirror
    ? amount + (differences.get(of) ?? 0)
    : wantedOf(ledger, state, movement, stated)
  const taken = state.quantity <= 0 ? 0 : Math.max(wanted, 0 - state.value)
  const into =
    ledger.carried.entries.get(movement)?.into ??
    ledger.lateValues.get(isMirror ? of : movement)?.of
  if (taken !== 0) revalue(ledger, state, taken, into ?? -1)
  cost[movement] = amount
  basisOf[movement] = basis['value-change']
  if (taken === amount) differences.delete(movement)
  else differences.set(movement, amount - taken)
}

/** What sealed goods turn out to be worth more; of a count by the unit price that has come [SEL15]. */
function statedLate(
  ledger: StockLedger,
  movement: number,
  { of, provisional, price }: LateLeg,
): number {
  const { value, cost } = ledger.movements.columns
  if (price === undefined) {
    return (value[movement] as number) - provisional * (cost[of] as number)
  }
  const goods = pricedGoods(ledger, of)
  return worthAt(price, goods.quantity) - goods.value
}

/**
 * [CNT8] The goods of the movement are worth what it states, each of them as much as the others; what else
 * the pool holds keeps its share of the value.
 */
function restate(ledger: StockLedger, state: PoolState, movement: number): void {
  const { cost, basis: basisOf } = ledger.movements.columns
  const price = countPrice(ledger, movement)
  const goods = Math.min(heldAt(ledger, movement), state.quantity)
  ledger.differences.delete(movement)
  basisOf[movement] = basis['value-change']
  cost[movement] = 0
  notePricedGoods(ledger, movement, { quantity: 0, value: 0 })
  if (goods <= 0) return
  const isAll = goods === state.quantity
  const before = isAll ? state.value : shareOf(state.value, goods, state.quantity)
  notePricedGoods(ledger, movement, { quantity: goods, value: before })
  if (price === undefined) return
  const change = worthAt(price, goods) - before
  revalue(ledger, state, change, -1)
  if (isAll) valueEvenly(ledger, state)
  cost[movement] = change
}

/**
 * Of a true-up that follows parts into a product, and of a price that came when the receipt was sealed, only
 * what has not been sold [policies 1, 9].
 */
function wantedOf(ledger: StockLedger, state: PoolState, movement: number, amount: number): number {
  const late = ledger.lateValues.get(movement)
  if (late !== undefined) {
    const { of, price } = late
    const came = price === undefined ? cameWith(ledger, of) : pricedGoods(ledger, of).quantity
    return shareLeft(ledger, state, { of, came, before: movement, amount })
  }
  const entry = ledger.carried.entries.get(movement)
  const flow = entry && joinsOf(ledger).flowByLeg.get(entry.into)
  if (entry === undefined || flow === undefined || isPairFlow(flow)) return amount
  const came = cameWith(ledger, entry.into)
  return shareLeft(ledger, state, { of: entry.into, came, before: movement, amount })
}

function cameWith({ movements }: StockLedger, movement: number): number {
  return movements.columns.quantity[movement] as number
}

interface Parted {
  readonly of: number
  readonly came: number
  readonly before: number
  readonly amount: number
}

/** The part of `amount` that belongs to those goods of a movement that are still here. */
function shareLeft(
  ledger: StockLedger,
  state: PoolState,
  { of, came, before, amount }: Parted,
): number {
  if (came <= 0) return amount
  const left = quantityLeft(ledger, { of, came, before, onHand: state.quantity })
  return shareOf(amount, left, came)
}
