/** 入库 (goods entering a pool), where it is more than a stated price on top of stock. */

import { assert } from '#domain/values/assert.ts'
import { hasValueBit, isLinkedBit, rankMask, rankOf } from '../movement.ts'
import { countPrice, notePricedGoods } from '../counts.ts'
import { joinsOf } from '../joins.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { arrivalOf, inputOfArrival } from './arrival.ts'
import { basis, isProvisional, isShortBit, isTaintedBit } from './basis.ts'
import type { Layer } from './layers.ts'
import { enter, noteCover, shareCode, sourceOf, valueAlike } from './on-hand.ts'
import { takeOriginal } from './original-cost.ts'
import { piecesInto } from './parcels.ts'
import { type Estimate, estimate, type PoolState, worthAt } from './pool-state.ts'
import { limitExact, shareOf } from './share.ts'
import type { ShortageQueue } from './shortage.ts'
import { addTrueUp } from './true-up.ts'

export function stepInbound(ledger: StockLedger, state: PoolState, movement: number): void {
  const { kind } = ledger.movements.columns
  const bits = kind[movement] as number
  if (bits & isLinkedBit) return takeBack(ledger, state, movement)
  if (bits & hasValueBit) return receive(ledger, state, movement)
  if ((bits & rankMask) === rankOf.internal && arrive(ledger, state, movement)) return
  // Nobody has said yet what goods from another branch are worth.
  if ((bits & rankMask) === rankOf.internal) state.isTainted = true
  const isPending = (bits & rankMask) <= rankOf.receipt
  return isPending ? receiveUnpriced(ledger, state, movement) : gain(ledger, state, movement)
}

/**
 * [CO-07] A priced receipt first covers what is short: the issues are trued up to its price at its
 * time, and only the rest enters the pool.
 */
function receive(ledger: StockLedger, state: PoolState, movement: number): void {
  const { value, quantity, basis: basisOf } = ledger.movements.columns
  basisOf[movement] = basis['receipt-price']
  const amount = value[movement] as number
  ledger.movements.columns.cost[movement] = amount
  const goods = { source: movement, quantity: quantity[movement] as number, value: amount }
  takeIn(ledger, state, movement, goods)
}

/** Goods of an internal move: what they were worth where they left, or what a document says. */
function arrive(ledger: StockLedger, state: PoolState, movement: number): boolean {
  const arrival = arrivalOf(ledger, movement)
  if (arrival === undefined) return false
  const code = arrival.isStated ? basis['stated-arrival'] : basis.arrival
  const { value, isTainted } = arrival
  joinsOf(ledger).inputs.set(movement, inputOfArrival(ledger, movement, arrival))
  ledger.movements.columns.cost[movement] = value
  for (const piece of piecesInto(ledger, movement, value)) takeIn(ledger, state, movement, piece)
  ledger.movements.columns.basis[movement] = isTainted ? code | isTaintedBit : code
  if (isTainted && state.quantity > 0) state.isTainted = true
  return true
}

/** Goods of one price, with `movement`; what is left of them when all that is short is covered enters. */
function takeIn(ledger: StockLedger, state: PoolState, movement: number, goods: Layer): void {
  const { source, quantity: arriving, value: amount } = goods
  const covered = Math.min(arriving, Math.max(0 - state.quantity, 0))
  const coveredValue = shareOf(amount, covered, arriving)
  if (covered > 0) {
    state.rateValue = amount
    state.rateQuantity = arriving
  }
  let restQuantity = covered
  let restValue = coveredValue
  while (restQuantity > 0) {
    const piece = coverOldest(ledger, state, restQuantity)
    if (piece.coveredQuantity === 0) break
    const actual = shareOf(restValue, piece.coveredQuantity, restQuantity)
    restQuantity -= piece.coveredQuantity
    restValue -= actual
    addTrueUp(ledger, state.pool, {
      target: piece.coveredMovement,
      by: movement,
      quantity: piece.coveredQuantity,
      amount: actual - piece.coveredValue,
    })
    if (state.isLayered) noteCover(ledger, piece.coveredMovement, movement)
    closeShort(ledger, piece)
  }
  const entering = { quantity: arriving - covered, value: amount - coveredValue }
  enter(ledger, state, source, entering)
}

/** Quantity counts, the price has not come: at the last known cost, and the pool is provisional. */
function receiveUnpriced(ledger: StockLedger, state: PoolState, movement: number): void {
  const { quantity, cost, basis: basisOf } = ledger.movements.columns
  const arriving = quantity[movement] as number
  const covered = coverAtProvisional(ledger, state, movement, arriving, 'stays-short')
  const entered = enterAtAverage(ledger, state, movement, arriving - covered.quantity)
  state.isTainted = true
  cost[movement] = covered.value + entered.value
  basisOf[movement] = basis['price-pending'] | isTaintedBit
}

/**
 * Goods without a document that says what they cost: at the pool's average [policies 8, 25]; those that a
 * count has found, at its price where it states one [CNT7].
 */
export function gain(ledger: StockLedger, state: PoolState, movement: number): void {
  const { quantity, cost, basis: basisOf } = ledger.movements.columns
  const arriving = quantity[movement] as number
  const covered = coverAtProvisional(ledger, state, movement, arriving, 'covered')
  const price = countPrice(ledger, movement)
  const entered =
    price === undefined
      ? enterAtAverage(ledger, state, movement, arriving - covered.quantity)
      : enterAtPrice(ledger, state, movement, arriving - covered.quantity, price)
  notePricedGoods(ledger, movement, {
    quantity: arriving - covered.quantity,
    value: entered.value,
  })
  cost[movement] = covered.value + entered.value
  basisOf[movement] = entered.code | (state.isTainted ? isTaintedBit : 0)
}

function enterAtPrice(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  quantity: number,
  price: number,
): Estimate {
  const value = worthAt(price, quantity)
  enter(ledger, state, movement, { quantity, value })
  return { value, code: basis['count-price'] }
}

/**
 * [CO-04] Returned or reversed goods come back at what they cost when they left. They close their own
 * shortage first, and any other at its provisional value: no true-up [policies 1].
 */
function takeBack(ledger: StockLedger, state: PoolState, movement: number): void {
  const { quantity, cost, basis: basisOf } = ledger.movements.columns
  const arriving = quantity[movement] as number
  const original = takeOriginal(ledger, movement, arriving)
  const own = coverOwn(ledger, state, original.origin, arriving)
  const other = coverAtProvisional(ledger, state, movement, arriving - own.quantity, 'covered')
  const covered = own.quantity + other.quantity
  const rest = arriving - covered
  const restOriginal = Math.max(original.quantity - covered, 0)
  const originalValue = worthBeside(original.left, own, restOriginal)
  const entered = enterAtAverage(ledger, state, movement, rest - restOriginal)
  const source = sourceOf(ledger, original.origin, movement)
  enter(ledger, state, source, { quantity: restOriginal, value: originalValue })
  // Its own shortage is closed by now: what is provisional still is for another reason.
  const originBasis = original.originBasis & (basisOf[original.origin] as number)
  if (restOriginal > 0 && isProvisional(originBasis)) state.isTainted = true
  cost[movement] = own.value + other.value + originalValue + entered.value
  basisOf[movement] = basis['origin-cost'] | (state.isTainted ? isTaintedBit : 0)
}

interface Piece {
  readonly quantity: number
  readonly value: number
}

/** Fen of `quantity` of what is left of a delivery beside what was short of it. */
function worthBeside(left: Piece, short: Piece, quantity: number): number {
  if (quantity === 0) return 0
  return shareOf(Math.max(left.value - short.value, 0), quantity, left.quantity - short.quantity)
}

function enterAtAverage(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  arriving: number,
): Estimate {
  if (arriving === 0) return { value: 0, code: basis['last-known'] }
  const entered: Estimate =
    state.quantity > 0
      ? {
          value: valueAlike(ledger, state, arriving, likeWhat(ledger, movement)),
          code: shareCode(state),
        }
      : estimate(ledger, state, movement, arriving)
  enter(ledger, state, movement, { quantity: arriving, value: entered.value })
  if (entered.code === basis.unknown) state.isTainted = true
  return entered
}

/** [CST4] [CST11] Under FIFO a surplus is worth what the newest goods are, a free return the average. */
function likeWhat({ movements }: StockLedger, movement: number): 'newest' | 'average' {
  const rank = (movements.columns.kind[movement] as number) & rankMask
  return rank === rankOf['return-in'] || rank === rankOf.internal ? 'average' : 'newest'
}

/** Closes shortages with up to `arriving` at the value they left at. */
export function coverAtProvisional(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  arriving: number,
  after: 'covered' | 'stays-short',
): Piece {
  let rest = Math.min(arriving, Math.max(0 - state.quantity, 0))
  const covered = rest
  let value = 0
  while (rest > 0) {
    const piece = coverOldest(ledger, state, rest)
    if (piece.coveredQuantity === 0) break
    rest -= piece.coveredQuantity
    value += piece.coveredValue
    if (after === 'covered') closeShort(ledger, piece)
    else if (state.isLayered) noteCover(ledger, piece.coveredMovement, movement)
  }
  return { quantity: covered, value }
}

function coverOldest(ledger: StockLedger, state: PoolState, quantity: number): ShortageQueue {
  const queue = ledger.shortages.of(state.pool)
  queue.coverOldest(quantity)
  // INVARIANT: a pool is below zero by exactly what its shortages hold open, while integers are exact.
  assert(
    queue.coveredQuantity > 0 || state.quantity <= 0 - limitExact,
    'a negative pool has an open shortage',
  )
  state.quantity += queue.coveredQuantity
  state.value += queue.coveredValue
  return queue
}

/** Closes what is short of the returned movement itself. */
export function coverOwn(
  ledger: StockLedger,
  state: PoolState,
  origin: number,
  arriving: number,
): Piece {
  const queue = ledger.shortages.get(state.pool)
  if (queue === undefined) return { quantity: 0, value: 0 }
  queue.coverOf(origin, arriving)
  state.quantity += queue.coveredQuantity
  state.value += queue.coveredValue
  closeShort(ledger, queue)
  return { quantity: queue.coveredQuantity, value: queue.coveredValue }
}

/** The cost of a short issue stands once nothing of it is open. */
function closeShort(
  ledger: StockLedger,
  { isCoveredClosed, coveredMovement }: ShortageQueue,
): void {
  if (!isCoveredClosed) return
  const { basis: basisOf } = ledger.movements.columns
  basisOf[coveredMovement] = (basisOf[coveredMovement] as number) & ~isShortBit
}
