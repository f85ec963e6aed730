/**
 * Goods that enter the stock of a pool and leave it, and what they are worth by its method: a share of
 * one value (移动加权平均), or layers by receipt (先进先出). What moves them knows no method.
 */

import { touchSource } from '../joins.ts'
import { compareMovements } from '../order.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { basis, isProvisional, isTaintedBit } from './basis.ts'
import { noteParcel, parcelsInto } from './parcels.ts'
import type { PoolState } from './pool-state.ts'
import { shareOf } from './share.ts'
import { spread } from './spread.ts'

export interface Goods {
  /** Steps, ≥ 0. */
  readonly quantity: number
  /** Fen. */
  readonly value: number
}

/** What has left, and how that is said: a code of `basis`, the bit for goods without a price with it. */
export interface Left extends Goods {
  readonly taint: number
}

/** Code of a share of what is on hand. */
export function shareCode(state: PoolState): number {
  return state.isLayered ? basis.layer : basis.average
}

/** Goods of the date of `source` enter. */
export function enter(
  ledger: StockLedger,
  state: PoolState,
  source: number,
  { quantity, value }: Goods,
): void {
  state.quantity += quantity
  state.value += value
  if (!state.isLayered || quantity <= 0) return
  const { layers } = ledger
  const layer = { source, quantity, value }
  layers.insert(state.pool, firstNewer(ledger, state.pool, source), layer)
}

/** [CST1] [CST15] `quantity` of more than that on hand leaves for `movement`. */
export function leave(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  quantity: number,
): Left {
  const left = state.isLayered
    ? leaveOldest(ledger, state, movement, quantity)
    : { quantity, value: shareOf(state.value, quantity, state.quantity), taint: taintOf(state) }
  state.quantity -= quantity
  state.value -= left.value
  return left
}

/** Everything on hand leaves for `movement`; nothing where nothing is. */
export function leaveAll(ledger: StockLedger, state: PoolState, movement: number): Left {
  const taint = taintOf(state)
  if (state.quantity <= 0) return { quantity: 0, value: 0, taint }
  const whole = { quantity: state.quantity, value: state.value, taint }
  if (state.isLayered) {
    if (ledger.layers.count(state.pool) > 0) {
      noteSource(ledger, movement, ledger.layers.sourceAt(state.pool, 0))
    }
    for (const layer of ledger.layers.all(state.pool)) noteParcel(ledger, movement, layer)
    ledger.layers.clear(state.pool)
  }
  state.quantity = 0
  state.value = 0
  return whole
}

/**
 * [CST18] `quantity` of more than that on hand goes back to where `origin` brought it from: its own
 * layer first, then the oldest. Without layers, `price` leaves, as far as there is value.
 */
export function leaveOwn(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  own: Goods & { readonly origin: number },
): Left {
  const { quantity } = own
  const taint = taintOf(state)
  if (!state.isLayered) {
    const value = Math.min(own.value, state.value)
    state.quantity -= quantity
    state.value -= value
    return { quantity, value, taint }
  }
  noteOwnSource(ledger, state, movement, own.origin)
  let rest = quantity
  let value = 0
  for (const source of sourcesOf(ledger, own.origin)) {
    const first = leaveSource(ledger, state, { movement, source, quantity: rest })
    state.quantity -= first.quantity
    state.value -= first.value
    rest -= first.quantity
    value += first.value
  }
  if (rest === 0) return { quantity, value, taint }
  const others = leave(ledger, state, movement, rest)
  return { quantity, value: value + others.value, taint: others.taint }
}

/** Where goods of `origin` are on hand, `movement` takes these first. */
export function noteOwnSource(
  ledger: StockLedger,
  { pool, isLayered }: PoolState,
  movement: number,
  origin: number,
): void {
  if (!isLayered) return
  const { layers } = ledger
  for (const source of sourcesOf(ledger, origin)) {
    for (let index = 0; index < layers.count(pool); index++) {
      if (layers.sourceAt(pool, index) === source) return noteSource(ledger, movement, source)
    }
  }
}

/**
 * Under which layers goods that `origin` brought lie: its own, of a return those of its delivery, of a
 * transfer those that have travelled.
 */
export function sourcesOf(ledger: StockLedger, origin: number): readonly number[] {
  const delivery = ledger.movements.columns.origin[origin] as number
  if (delivery < 0) {
    return [...parcelsInto(ledger, origin).map((parcel) => parcel.source), origin]
  }
  const source = sourceOf(ledger, delivery, origin)
  return source === origin ? [origin] : [origin, source]
}

/** What goods that come without a price are worth beside those on hand, of which there are some. */
export function valueAlike(
  ledger: StockLedger,
  state: PoolState,
  quantity: number,
  alike: 'newest' | 'average',
): number {
  const { layers } = ledger
  const last = layers.count(state.pool) - 1
  if (!state.isLayered || alike === 'average' || last < 0) {
    return shareOf(state.value, quantity, state.quantity)
  }
  const newest = layers.layer(state.pool, last)
  return shareOf(newest.value, quantity, newest.quantity)
}

/** What is on hand becomes worth more or less; of layers those of `source`, where there are any. */
export function revalue(
  ledger: StockLedger,
  state: PoolState,
  amount: number,
  source: number,
): void {
  state.value += amount
  if (!state.isLayered) return
  const { pool } = state
  const all = ledger.layers.all(pool).map((layer, index) => ({ ...layer, index }))
  const own = all.filter((layer) => layer.source === source)
  const isOwnEnough = own.length > 0 && own.reduce((sum, { value }) => sum + value, amount) >= 0
  const changed = isOwnEnough ? own : all
  // Less by value, so that no layer becomes worth less than nothing.
  const weights = changed.map(({ quantity, value }) => (amount < 0 ? value : quantity))
  const shares = spread(amount, weights)
  for (const [i, { index }] of changed.entries()) {
    ledger.layers.addValue(pool, index, shares[i] ?? 0)
  }
}

/** All goods on hand become worth the same, in all as much as before. */
export function valueEvenly({ layers }: StockLedger, { pool, value, isLayered }: PoolState): void {
  if (!isLayered) return
  const all = layers.all(pool)
  const shares = spread(
    value,
    all.map(({ quantity }) => quantity),
  )
  for (const [index, layer] of all.entries()) {
    layers.addValue(pool, index, (shares[index] ?? 0) - layer.value)
  }
}

/** Before the last of the stock leaves: its unit cost is what a later shortage is valued at. */
export function keepRate(ledger: StockLedger, state: PoolState): void {
  if (state.quantity <= 0) return
  const last = state.isLayered ? ledger.layers.count(state.pool) - 1 : -1
  const rate = last < 0 ? state : ledger.layers.layer(state.pool, last)
  state.rateValue = rate.value
  state.rateQuantity = rate.quantity
}

/**
 * The receipt whose goods `movement` was the first to take, for `reader`; that itself where none is known.
 * What was short and is covered after `reader`, in another pool, was not known there.
 */
export function sourceOf(ledger: StockLedger, movement: number, reader: number): number {
  const source = ledger.movements.columns.source[movement] as number
  return source < 0 || compareMovements(ledger, source, reader) > 0 ? reader : source
}

/** What is short of `movement` came with `source`, unless some of it was there before. */
export function noteCover(ledger: StockLedger, movement: number, source: number): void {
  noteSource(ledger, movement, source)
}

/** What it took first stays, whatever it takes beside that. */
function noteSource(ledger: StockLedger, movement: number, source: number): void {
  const { source: sources } = ledger.movements.columns
  if ((sources[movement] as number) >= 0) return
  sources[movement] = source
  touchSource(ledger, movement)
}

function leaveOldest(
  ledger: StockLedger,
  state: PoolState,
  movement: number,
  quantity: number,
): Left {
  const { pool, isTainted } = state
  const { layers } = ledger
  const layersBefore = layers.count(pool)
  let rest = quantity
  let value = 0
  let taint = 0
  while (rest > 0 && layers.count(pool) > 0) {
    takeUpTo(ledger, pool, 0, rest)
    if (rest === quantity) noteSource(ledger, movement, layers.takenSource)
    if (isTainted) taint |= taintOfSource(ledger, layers.takenSource)
    rest -= layers.takenQuantity
    value += layers.takenValue
    noteParcel(ledger, movement, {
      source: layers.takenSource,
      quantity: layers.takenQuantity,
      value: layers.takenValue,
    })
  }
  if (isTainted && layers.count(pool) < layersBefore) checkTaint(ledger, state)
  return { quantity, value, taint }
}

function leaveSource(
  ledger: StockLedger,
  { pool }: PoolState,
  wanted: { readonly movement: number; readonly source: number; readonly quantity: number },
): Goods {
  const { layers } = ledger
  const { movement, source, quantity } = wanted
  let rest = quantity
  let value = 0
  for (let index = 0; rest > 0 && index < layers.count(pool); ) {
    if (layers.sourceAt(pool, index) !== source) {
      index++
      continue
    }
    takeUpTo(ledger, pool, index, rest)
    rest -= layers.takenQuantity
    value += layers.takenValue
    noteParcel(ledger, movement, {
      source,
      quantity: layers.takenQuantity,
      value: layers.takenValue,
    })
  }
  return { quantity: quantity - rest, value }
}

/** [CST15] The last unit of a layer takes its remainder. */
function takeUpTo({ layers }: StockLedger, pool: number, index: number, quantity: number): void {
  const layer = layers.layer(pool, index)
  if (quantity >= layer.quantity) return layers.takeAt(pool, index)
  layers.takePart(pool, index, quantity, shareOf(layer.value, quantity, layer.quantity))
}

/** The first layer of the pool that is newer than `source`. */
function firstNewer(ledger: StockLedger, pool: number, source: number): number {
  const { layers } = ledger
  let low = 0
  let high = layers.count(pool)
  // Nearly always the newest of all.
  if (high === 0 || !isNewer(ledger, layers.sourceAt(pool, high - 1), source)) return high
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isNewer(ledger, layers.sourceAt(pool, middle), source)) high = middle
    else low = middle + 1
  }
  return low
}

function isNewer(ledger: StockLedger, one: number, other: number): boolean {
  return compareMovements(ledger, one, other) > 0
}

/** A pool of layers is provisional for as long as it holds goods without a price. */
function checkTaint(ledger: StockLedger, state: PoolState): void {
  const { layers } = ledger
  for (let index = layers.count(state.pool) - 1; index >= 0; index--) {
    if (taintOfSource(ledger, layers.sourceAt(state.pool, index)) !== 0) return
  }
  state.isTainted = false
}

function taintOfSource({ movements }: StockLedger, source: number): number {
  return isProvisional(movements.columns.basis[source] as number) ? isTaintedBit : 0
}

function taintOf(state: PoolState): number {
  return state.isTainted ? isTaintedBit : 0
}
