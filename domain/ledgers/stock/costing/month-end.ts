/**
 * 月末一次加权平均 (month-end average) of one pool: all issues of a month cost (opening value + receipts)
 * ÷ quantity, and share what they come to by running rounding, so that nothing is lost [policies 26].
 * A month is over when its branch has closed it or a movement of a later one stands behind it; until then its issues cost the
 * average of the month before, where there was one, and may change.
 */

import { countPrice, notePricedGoods } from '../counts.ts'
import { readsAcross, touchSource } from '../joins.ts'
import { correctionsOf } from '../late-movements.ts'
import { linkedTo } from '../link.ts'
import { hasValueBit, isLinkedBit, isNeutralBit, rankMask, rankOf } from '../movement.ts'
import { compareMovements } from '../order.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { basis, isShortBit, isTaintedBit } from './basis.ts'
import { coverAtProvisional, coverOwn, gain } from './inbound.ts'
import { bringsCost } from './month-levels.ts'
import { step } from './moving-average.ts'
import { goShort, leavesAtOrigin } from './outbound.ts'
import { estimate, type PoolState } from './pool-state.ts'
import { shareOf } from './share.ts'

/** One month of a pool; slots of its chain. */
export interface MonthRun {
  readonly first: number
  readonly end: number
  readonly isOver: boolean
}

/** Fen and steps of which an issue takes its share. */
interface Rate {
  readonly value: number
  readonly quantity: number
}

interface MonthState {
  readonly ledger: StockLedger
  readonly state: PoolState
  /** The first movement of the month. */
  readonly opening: number
  /** The last one. */
  readonly closing: number
  /** All that the month had to give. */
  readonly available: Rate
  readonly rate: Rate
  readonly code: number
}

/** Costs the month and leaves `state` as it is behind it. */
export function costMonth(ledger: StockLedger, state: PoolState, run: MonthRun): void {
  const { slots } = ledger.chains
  const opening = slots[run.first] as number
  const before = { value: state.rateValue, quantity: state.rateQuantity }
  for (let slot = run.first; slot < run.end; slot++) {
    takeIn(ledger, state, slots[slot] as number, opening)
  }
  const closing = slots[run.end - 1] as number
  const month = { ledger, state, opening, closing, ...rateOf(state, before, run.isOver) }
  keepMonthRate(state, month.available)
  for (let slot = run.first; slot < run.end; slot++) {
    const movement = slots[slot] as number
    if (isShared(ledger, movement) && !followsShared(month, movement)) share(month, movement)
  }
  if (state.quantity > 0) return
  if (state.quantity === 0) state.value = 0
  state.isTainted = false
}

function rateOf(
  { value, quantity, isTainted }: PoolState,
  before: Rate,
  isOver: boolean,
): Pick<MonthState, 'available' | 'rate' | 'code'> {
  const available = quantity > 0 ? { value, quantity } : { value: 0, quantity: 0 }
  const isOwn = available.quantity > 0 && (isOver || before.quantity <= 0)
  const taint = isOver && !isTainted ? 0 : isTaintedBit
  return { available, rate: isOwn ? available : before, code: basis['month-average'] | taint }
}

/** What has a cost of its own enters or leaves now; what shares the month's is marked and waits. */
function takeIn(ledger: StockLedger, state: PoolState, movement: number, opening: number): void {
  const { kind, quantity, cost, basis: basisOf } = ledger.movements.columns
  const bits = kind[movement] as number
  basisOf[movement] = basis.none
  if (bits & isNeutralBit) {
    cost[movement] = 0
    basisOf[movement] = basis.internal
  } else if (bringsCost(ledger, movement)) step(ledger, state, movement)
  else if (sharesMonth(ledger, state, movement, opening)) {
    ledger.differences.delete(movement)
    cost[movement] = 0
    basisOf[movement] = basis['month-average']
    const isUnpriced = (quantity[movement] as number) > 0 && (bits & rankMask) <= rankOf.receipt
    if (isUnpriced) state.isTainted = true
  } else if (isArrival(ledger, movement)) gain(ledger, state, movement)
  else step(ledger, state, movement)
}

/**
 * [CST24] What comes from another pool and is not of a lower level does not bring the cost that it had there: that
 * may depend on this very pool.
 */
function isArrival(ledger: StockLedger, movement: number): boolean {
  const { kind, quantity } = ledger.movements.columns
  const bits = kind[movement] as number
  if ((quantity[movement] as number) <= 0) return false
  if (readsAcross(ledger, movement)) return true
  return (bits & rankMask) === rankOf.internal && (bits & (isLinkedBit | hasValueBit)) === 0
}

/** Issues, what takes them back in the same month, and goods that come without a price. */
function sharesMonth(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  opening: number,
): boolean {
  const { kind, quantity, origin } = ledger.movements.columns
  const bits = kind[movement] as number
  const moved = quantity[movement] as number
  if (moved !== 0 && readsAcross(ledger, movement)) return moved < 0 || state.quantity > 0
  if (bits & isLinkedBit && isSharedSince(ledger, origin[movement] as number, movement, opening)) {
    return true
  }
  if (moved < 0) return !leavesAtOrigin(ledger, movement)
  if (moved === 0 || bits & (isLinkedBit | hasValueBit)) return false
  if (countPrice(ledger, movement) !== undefined) return false
  return state.quantity > 0
}

/** Whether `origin` shares the average of the month that `movement` stands in. */
function isSharedSince(
  ledger: StockLedger,
  origin: number,
  movement: number,
  opening: number,
): boolean {
  const { pool } = ledger.movements.columns
  if (pool[origin] !== pool[movement] || !isShared(ledger, origin)) return false
  return compareMovements(ledger, origin, opening) >= 0
}

function isShared({ movements }: StockLedger, movement: number): boolean {
  const codeMask = ~(isShortBit | isTaintedBit)
  return ((movements.columns.basis[movement] as number) & codeMask) === basis['month-average']
}

/** Whether the movement takes its share directly after its origin, so that a full return nets to nothing. */
function followsShared({ ledger, opening }: MonthState, movement: number): boolean {
  const { kind, origin } = ledger.movements.columns
  if (((kind[movement] as number) & isLinkedBit) === 0) return false
  return isSharedSince(ledger, origin[movement] as number, movement, opening)
}

function share(month: MonthState, movement: number): void {
  const { ledger } = month
  const moved = ledger.movements.columns.quantity[movement] as number
  if (moved < 0) giveShare(month, movement, 0 - moved)
  else takeShare(month, movement, moved)
  touchSource(ledger, movement)
  for (const child of followersOf(month, movement)) share(month, child)
}

/** Those of the same month, in the one order. */
function followersOf(
  { ledger, opening, closing }: MonthState,
  movement: number,
): readonly number[] {
  // What corrects counts for a late movement is no link of it and goes at its cost all the same.
  const linked = [...linkedTo(ledger, movement), ...correctionsOf(ledger, movement)]
  if (linked.length === 0) return linked
  return linked
    .filter((one) => isShared(ledger, one) && isSharedSince(ledger, movement, one, opening))
    .filter((one) => compareMovements(ledger, one, closing) <= 0)
    .sort((a, b) => compareMovements(ledger, a, b))
}

function giveShare(month: MonthState, movement: number, leaving: number): void {
  const { ledger, state, available, code } = month
  const { cost, source, basis: basisOf } = ledger.movements.columns
  source[movement] = -1
  ledger.parcels.delete(movement)
  const here = Math.min(leaving, Math.max(state.quantity, 0))
  const value = moveShare(month, here)
  basisOf[movement] = code
  cost[movement] = 0 - value
  const short = leaving - here
  if (short === 0) return
  const provisional = estimate(ledger, state, movement, short)
  goShort(ledger, state, { movement, quantity: short, value: provisional.value })
  cost[movement] = 0 - value - provisional.value
  basisOf[movement] = (available.quantity > 0 ? code : provisional.code) | isShortBit
}

function takeShare(month: MonthState, movement: number, arriving: number): void {
  const { ledger, state, code } = month
  const { cost, kind, origin, basis: basisOf } = ledger.movements.columns
  const isLinked = ((kind[movement] as number) & isLinkedBit) !== 0
  const own = isLinked
    ? coverOwn(ledger, state, origin[movement] as number, arriving)
    : { quantity: 0, value: 0 }
  const other = coverAtProvisional(ledger, state, movement, arriving - own.quantity, 'covered')
  const rest = arriving - own.quantity - other.quantity
  const entered = 0 - moveShare(month, 0 - rest)
  notePricedGoods(ledger, movement, { quantity: rest, value: entered })
  cost[movement] = own.value + other.value + entered
  basisOf[movement] = code
}

/** Takes `quantity` of what the month has out of `state`, or, below zero, puts it back; its fen. */
function moveShare({ state, available, rate }: MonthState, quantity: number): number {
  if (quantity === 0) return 0
  const given = available.quantity - Math.max(state.quantity, 0)
  const value = worthOf(given + quantity) - worthOf(given)
  state.quantity -= quantity
  state.value -= value
  return value

  /** Of the first `given` steps; the last of them takes the rest. */
  function worthOf(steps: number): number {
    if (steps === available.quantity) return available.value
    if (rate.quantity <= 0) return 0
    if (steps < 0) return 0 - shareOf(rate.value, 0 - steps, rate.quantity)
    return Math.min(shareOf(rate.value, steps, rate.quantity), Math.max(available.value, 0))
  }
}

/** What a shortage, and the next month until it is over, are valued at. */
function keepMonthRate(state: PoolState, { value, quantity }: Rate): void {
  if (quantity <= 0) return
  state.rateValue = value
  state.rateQuantity = quantity
}
