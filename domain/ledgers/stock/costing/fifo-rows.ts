/**
 * 先进先出 (FIFO) of all pools whose movements arrived in order, in one pass over the rows. While a pool
 * has seen nothing but priced receipts and issues, its layers are what is left of the oldest one, beside
 * its quantity and value in half a line of the cache, and the receipts after it: these lie in its chain
 * and are written down as layers when something rarer asks, or at the end.
 */

import { hasValueBit, isDeadBit, isLinkedBit, isNeutralBit } from '../movement.ts'
import { isLayeredBit } from '../pool-flags.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { basis } from './basis.ts'
import { step } from './moving-average.ts'
import { loadPool, savePool } from './pool-state.ts'
import { shareOf } from './share.ts'

/** Quantity and value of a pool; quantity and value of its oldest layer, 0 where there is none. */
const fields = 4
const kindBits = hasValueBit | isLinkedBit | isDeadBit | isNeutralBit
const stated = basis['receipt-price']
const layered = basis.layer
/** Rows whose pools are fetched together: so many at a time wait for memory at once. */
const blockRows = 64
/** Stands for the oldest layer of a pool of which none is left to be written down. */
const lastRow = 2 ** 31 - 1

interface Running {
  readonly ledger: StockLedger
  /** Pools with one of these bits are passed over. */
  readonly leftOut: number
  /** INVARIANT: while a pool's quantity here is NaN, its columns and layers hold its state. */
  readonly amounts: Float64Array
  /** Source of the oldest layer, by pool. */
  readonly sources: Int32Array
  /** A position of the pool's chain that is not behind that source. */
  readonly cursors: Int32Array
  /** 1 where the layers of the pool are written down, but for what was taken of the oldest. */
  readonly written: Uint8Array
  /** Keeps what was read ahead from being left out as unused; means nothing. */
  readAhead: number
}

/** Pools with one of the bits `leftOut` are passed over. */
export function costLayersByRows(ledger: StockLedger, leftOut: number): void {
  const running = openRunning(ledger, leftOut)
  const { rows, columns } = ledger.movements
  for (let from = 0; from < rows; from += blockRows) {
    const end = Math.min(from + blockRows, rows)
    running.readAhead += readAhead(running.amounts, columns.pool, from, end)
    costRows(running, from, end)
  }
  closeRunning(running)
}

function openRunning(ledger: StockLedger, leftOut: number): Running {
  const pools = ledger.poolTable.rows
  const amounts = new Float64Array(pools * fields)
  const { flags } = ledger.poolTable.columns
  for (let pool = 0; pool < pools; pool++) {
    const bits = flags[pool] as number
    flags[pool] = bits | isLayeredBit
    if (bits & leftOut) amounts[pool * fields] = Number.NaN
  }
  return {
    ...{ ledger, leftOut, amounts, readAhead: 0 },
    sources: new Int32Array(pools),
    cursors: new Int32Array(pools),
    written: new Uint8Array(pools),
  }
}

function readAhead(amounts: Float64Array, pool: Int32Array, from: number, end: number): number {
  let read = 0
  for (let movement = from; movement < end; movement++) {
    read += amounts[(pool[movement] as number) * fields] as number
  }
  return read
}

function costRows(running: Running, from: number, end: number): void {
  const { ledger, amounts, sources } = running
  const { pool, quantity, value, cost, kind, source, basis: basisOf } = ledger.movements.columns
  for (let movement = from; movement < end; movement++) {
    const own = pool[movement] as number
    const first = own * fields
    const moved = quantity[movement] as number
    const bits = (kind[movement] as number) & kindBits
    const onHand = amounts[first] as number
    if (moved < 0 && bits === 0 && onHand + moved > 0) {
      source[movement] = sources[own] as number
      const taken = takeOldest(running, own, 0 - moved)
      cost[movement] = 0 - taken
      basisOf[movement] = layered
      amounts[first] = onHand + moved
      amounts[first + 1] = (amounts[first + 1] as number) - taken
    } else if (moved > 0 && bits === hasValueBit && onHand >= 0) {
      const amount = value[movement] as number
      cost[movement] = amount
      basisOf[movement] = stated
      putNewest(running, own, movement)
      amounts[first] = onHand + moved
      amounts[first + 1] = (amounts[first + 1] as number) + amount
    } else if ((bits & (isDeadBit | isNeutralBit)) === 0) costByRules(running, movement)
  }
}

/** The goods of a priced receipt stand behind those that are there, if there are any. */
function putNewest(running: Running, pool: number, movement: number): void {
  const { ledger, amounts, sources, written } = running
  const { quantity, value } = ledger.movements.columns
  const first = pool * fields
  const moved = quantity[movement] as number
  const amount = value[movement] as number
  if (written[pool] === 1) ledger.layers.push(pool, movement, moved, amount)
  if (amounts[first] !== 0) return
  amounts[first + 2] = moved
  amounts[first + 3] = amount
  sources[pool] = movement
}

/** Of more than `quantity` on hand; its fen. */
function takeOldest(running: Running, pool: number, quantity: number): number {
  const { amounts } = running
  const first = pool * fields
  let rest = quantity
  let value = 0
  while (rest >= (amounts[first + 2] as number)) {
    rest -= amounts[first + 2] as number
    value += amounts[first + 3] as number
    if (running.written[pool] === 1)
      loadOldest(running, pool, running.ledger.layers.dropFirst(pool))
    else loadNext(running, pool)
  }
  const held = amounts[first + 2] as number
  const worth = amounts[first + 3] as number
  const share = shareOf(worth, rest, held)
  amounts[first + 2] = held - rest
  amounts[first + 3] = worth - share
  return value + share
}

function loadOldest({ ledger, amounts, sources }: Running, pool: number, slot: number): void {
  const { slots } = ledger.layers
  amounts[pool * fields + 2] = slots[slot] as number
  amounts[pool * fields + 3] = slots[slot + 1] as number
  sources[pool] = slots[slot + 2] as number
}

/** The next receipt in the chain of the pool; there is one. */
function loadNext({ ledger, amounts, sources, cursors }: Running, pool: number): void {
  const { quantity, value } = ledger.movements.columns
  const { slots } = ledger.chains
  const start = ledger.chains.start(pool)
  const before = sources[pool] as number
  let slot = start + (cursors[pool] as number)
  while ((slots[slot] as number) <= before || !isReceipt(ledger, slots[slot] as number)) slot++
  const next = slots[slot] as number
  cursors[pool] = slot - start
  sources[pool] = next
  amounts[pool * fields + 2] = quantity[next] as number
  amounts[pool * fields + 3] = value[next] as number
}

function isReceipt({ movements }: StockLedger, movement: number): boolean {
  const { quantity, kind } = movements.columns
  if ((quantity[movement] as number) <= 0) return false
  return ((kind[movement] as number) & kindBits) === hasValueBit
}

function costByRules(running: Running, movement: number): void {
  const { ledger, leftOut, amounts, written } = running
  const pool = ledger.movements.columns.pool[movement] as number
  if ((ledger.poolTable.columns.flags[pool] as number) & leftOut) return
  const first = pool * fields
  const { state, layers } = ledger
  loadPool(ledger, pool, state)
  if (!Number.isNaN(amounts[first])) {
    state.quantity = amounts[first] as number
    state.value = amounts[first + 1] as number
    writeLayers(running, pool, movement)
  }
  step(ledger, state, movement)
  savePool(ledger, state)
  amounts[first] = state.isTainted ? Number.NaN : state.quantity
  amounts[first + 1] = state.value
  const hasLayers = layers.count(pool) > 0
  written[pool] = Number(hasLayers)
  if (hasLayers) loadOldest(running, pool, layers.firstSlot(pool))
}

/** Writes the layers of the pool down as they are before the movement `until`. */
function writeLayers(running: Running, pool: number, until: number): void {
  const { ledger, amounts, sources, cursors, written } = running
  if ((amounts[pool * fields] as number) <= 0) return
  if (written[pool] === 1) return writeOldest(running, pool)
  const { quantity, value } = ledger.movements.columns
  const { chains, layers } = ledger
  const oldest = sources[pool] as number
  layers.push(
    pool,
    oldest,
    amounts[pool * fields + 2] as number,
    amounts[pool * fields + 3] as number,
  )
  for (let at = cursors[pool] as number; ; at++) {
    const movement = chains.at(pool, at)
    if (movement >= until) return
    if (movement <= oldest || !isReceipt(ledger, movement)) continue
    layers.push(pool, movement, quantity[movement] as number, value[movement] as number)
  }
}

function writeOldest({ ledger, amounts }: Running, pool: number): void {
  const { layers } = ledger
  if (layers.count(pool) === 0) return
  const slot = layers.firstSlot(pool)
  layers.slots[slot] = amounts[pool * fields + 2] as number
  layers.slots[slot + 1] = amounts[pool * fields + 3] as number
}

function closeRunning(running: Running): void {
  const { ledger, amounts, sources, written } = running
  const { quantity, value } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const first = pool * fields
    const onHand = amounts[first] as number
    const isWritten = written[pool] === 1 || !(onHand > 0)
    const oldest = sources[pool] as number
    if (isWritten) sources[pool] = lastRow
    if (Number.isNaN(onHand)) continue
    quantity[pool] = onHand
    value[pool] = amounts[first + 1] as number
    if (isWritten) {
      writeOldest(running, pool)
      continue
    }
    const [held, worth] = [amounts[first + 2] as number, amounts[first + 3] as number]
    ledger.layers.push(pool, oldest, held, worth)
  }
  writeYounger(running)
}

/** Row by row, which reads memory in order; nothing is younger than `lastRow`. */
function writeYounger({ ledger, sources }: Running): void {
  const { layers } = ledger
  const { rows } = ledger.movements
  const { pool, quantity, value, kind } = ledger.movements.columns
  for (let movement = 0; movement < rows; movement++) {
    const moved = quantity[movement] as number
    if (moved <= 0 || ((kind[movement] as number) & kindBits) !== hasValueBit) continue
    const own = pool[movement] as number
    if (movement <= (sources[own] as number)) continue
    layers.push(own, movement, moved, value[movement] as number)
  }
}
