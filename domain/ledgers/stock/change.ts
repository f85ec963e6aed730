/**
 * What changes the stock ledger: movements come, go, get a value or a link. Balances follow at once;
 * chains and costs when `settle` is called, once per batch of records, whatever the batch held.
 */

import { firstAfter, mergeTail, type Run } from '../columns/merge-tail.ts'
import { appendRow } from '../columns/table.ts'
import { addToBalance, noteTagged } from './add-to-balance.ts'
import { costPool, takeBackTrueUps } from './costing/cost-pool.ts'
import { clearMarks } from './costing/marks.ts'
import { forgetTrueUps } from './costing/true-up.ts'
import { countedPoolsOf, deriveCounts } from './counts.ts'
import { linkedTo, putOrigin, withFollowers } from './link.ts'
import { hasValueBit, isDeadBit } from './movement.ts'
import { compareMovements } from './order.ts'
import { poolOfGoods, poolOfLine, poolsOfSku } from './place.ts'
import type { CostPolicy } from './policy.ts'
import { emptyPools, type StockLedger } from './stock-ledger.ts'
import { asksReferenceBit, isShuffledBit, isUnsettledBit } from './pool-flags.ts'

export interface NewEvent {
  readonly at: number
  readonly hlc: number
  readonly device: number
  readonly document: number
}

export interface NewMovement {
  readonly event: number
  readonly line: number
  /** Of `cellOf`; `noCell` for goods that nothing tells apart. */
  readonly cell: number
  /** Text of the leg's name in the heap. */
  readonly leg: number
  readonly quantity: number
  /** Rank of the class with `isReversalBit` and `isNeutralBit` where they apply. */
  readonly kind: number
}

export function putEvent(ledger: StockLedger, event: NewEvent): number {
  const row = appendRow(ledger.events)
  const { at, hlc, device, document } = ledger.events.columns
  at[row] = event.at
  hlc[row] = event.hlc
  device[row] = event.device
  document[row] = event.document
  return row
}

/** [STK1] Adds to the balance at once; the chain and the cost follow in `settle`. */
export function putMovement(ledger: StockLedger, movement: NewMovement): number {
  const row = appendRow(ledger.movements)
  const { event, line, cell, pool, leg, origin, source, quantity, value, cost, kind, basis } =
    ledger.movements.columns
  event[row] = movement.event
  line[row] = movement.line
  cell[row] = movement.cell
  pool[row] = poolOfGoods(ledger, movement.line, movement.cell)
  leg[row] = movement.leg
  origin[row] = -1
  source[row] = -1
  quantity[row] = movement.quantity
  value[row] = 0
  cost[row] = 0
  kind[row] = movement.kind
  basis[row] = 0
  addToBalance(ledger, row, movement.quantity)
  enterChain(ledger, row)
  return row
}

/** Takes a movement out of force; what is linked to it stands by itself again. */
export function dropMovement(ledger: StockLedger, movement: number): void {
  for (const child of [...linkedTo(ledger, movement)]) linkMovement(ledger, child, -1)
  const { quantity, cost, kind } = ledger.movements.columns
  leaveChain(ledger, movement)
  putOrigin(ledger, movement, -1)
  addToBalance(ledger, movement, 0 - (quantity[movement] as number))
  kind[movement] = (kind[movement] as number) | isDeadBit
  quantity[movement] = 0
  cost[movement] = 0
}

/** The stated value of an inbound movement came (fen), or, undefined, is not known any more. */
export function putValue(ledger: StockLedger, movement: number, amount: number | undefined): void {
  const { value, kind, quantity } = ledger.movements.columns
  if ((quantity[movement] as number) <= 0) return
  const bits = kind[movement] as number
  if (amount === undefined && (bits & hasValueBit) === 0) return
  value[movement] = amount ?? 0
  kind[movement] = amount === undefined ? bits & ~hasValueBit : bits | hasValueBit
  costFromMovement(ledger, movement)
}

/** [F4] Links `movement` to its origin, a movement of the same pool; −1 takes the link away. */
export function linkMovement(ledger: StockLedger, movement: number, origin: number): void {
  if (ledger.movements.columns.origin[movement] === origin) return
  const moving = withFollowers(ledger, movement)
  for (const one of moving) leaveChain(ledger, one)
  putOrigin(ledger, movement, origin)
  for (const one of moving) {
    enterChain(ledger, one)
    noteTagged(ledger, one)
  }
}

/** A reference price of `sku` has changed: pools that lean on it are costed anew. */
export function costAnew(ledger: StockLedger, sku: number): void {
  const { flags, costed } = ledger.poolTable.columns
  for (const pool of poolsOfSku(ledger, sku)) {
    if (((flags[pool] as number) & asksReferenceBit) === 0) continue
    costed[pool] = 0
    markUnsettled(ledger, pool)
  }
}

/** The policy has become known: which goods share a value is decided anew, for all of them. */
export function repool(ledger: StockLedger, policy: CostPolicy): void {
  forgetTrueUps(ledger)
  clearMarks(ledger.marks)
  ledger.shortages.clear()
  ledger.differences.clear()
  ledger.unsettled.length = 0
  ledger.settledRows = 0
  Object.assign(ledger, { policy, ...emptyPools() })
  const lines = ledger.lineTable.columns
  for (let line = 0; line < ledger.lines.size; line++) lines.pool[line] = poolOfLine(ledger, line)
  const { pool, line, cell, kind, source } = ledger.movements.columns
  source.fill(-1)
  for (let row = 0; row < ledger.movements.rows; row++) {
    if ((kind[row] as number) & isDeadBit) continue
    pool[row] = poolOfGoods(ledger, line[row] as number, cell[row] as number)
    ledger.chains.push(pool[row] as number, row)
    markUnsettled(ledger, pool[row] as number)
  }
  ledger.countedPools = countedPoolsOf(ledger)
}

/** Puts chains in order and costs up to date; the pools that had to be touched. */
export function settle(ledger: StockLedger): readonly number[] {
  const pools = ledger.unsettled.splice(0)
  const { flags } = ledger.poolTable.columns
  for (const pool of pools) {
    flags[pool] = (flags[pool] as number) & ~isUnsettledBit
    sortChain(ledger, pool)
    if (ledger.countedPools.has(pool)) deriveCounts(ledger, pool)
    costPool(ledger, pool)
  }
  ledger.settledRows = ledger.movements.rows
  return pools
}

export function poolOfMovement(ledger: StockLedger, movement: number): number {
  return ledger.movements.columns.pool[movement] as number
}

/** Position of a movement in its pool's chain, −1 when it is in none. */
export function positionOf(ledger: StockLedger, pool: number, movement: number): number {
  if (movement >= ledger.settledRows) return ledger.chains.view(pool).lastIndexOf(movement)
  const compare = (a: number, b: number) => compareMovements(ledger, a, b)
  const position = firstAfter(runOf(ledger, pool), movement, compare) - 1
  if (position >= 0 && ledger.chains.at(pool, position) === movement) return position
  return ledger.chains.view(pool).indexOf(movement)
}

function enterChain(ledger: StockLedger, movement: number): void {
  const pool = poolOfMovement(ledger, movement)
  ledger.chains.push(pool, movement)
  markUnsettled(ledger, pool)
  if (movement + 1 === ledger.movements.rows) return
  const { flags } = ledger.poolTable.columns
  flags[pool] = (flags[pool] as number) | isShuffledBit
}

function leaveChain(ledger: StockLedger, movement: number): void {
  const pool = poolOfMovement(ledger, movement)
  const position = positionOf(ledger, pool, movement)
  if (position < 0) return
  const { sorted, costed, stateAt } = ledger.poolTable.columns
  if (position < (sorted[pool] as number)) {
    // While its place is known: what it and those after it have corrected is costed again.
    takeBackTrueUps(ledger, pool, movement)
    sorted[pool] = (sorted[pool] as number) - 1
    costed[pool] = Math.min(costed[pool] as number, position)
    // The state at the end still counts it: it can be replayed, not walked back.
    stateAt[pool] = -1
  }
  ledger.chains.removeAt(pool, position)
  markUnsettled(ledger, pool)
  // What was a return may be an issue now: nothing of its old cost may stay.
  ledger.differences.delete(movement)
  ledger.movements.columns.source[movement] = -1
}

function costFromMovement(ledger: StockLedger, movement: number): void {
  if (movement >= ledger.settledRows) return
  const pool = poolOfMovement(ledger, movement)
  const position = positionOf(ledger, pool, movement)
  const { costed } = ledger.poolTable.columns
  costed[pool] = Math.min(costed[pool] as number, position)
  markUnsettled(ledger, pool)
}

function markUnsettled(ledger: StockLedger, pool: number): void {
  const { flags } = ledger.poolTable.columns
  if ((flags[pool] as number) & isUnsettledBit) return
  flags[pool] = (flags[pool] as number) | isUnsettledBit
  ledger.unsettled.push(pool)
}

/** Sorts what was pushed since the last time in; costs stand up to where the chain has changed. */
function sortChain(ledger: StockLedger, pool: number): void {
  const { sorted, costed, flags } = ledger.poolTable.columns
  const run = runOf(ledger, pool)
  const changed = mergeTail(run, (a, b) => compareMovements(ledger, a, b))
  sorted[pool] = run.length
  if (changed === run.length) return
  flags[pool] = (flags[pool] as number) | isShuffledBit
  costed[pool] = Math.min(costed[pool] as number, changed)
}

function runOf(ledger: StockLedger, pool: number): Run {
  return {
    rows: ledger.chains.slots,
    start: ledger.chains.start(pool),
    sorted: ledger.poolTable.columns.sorted[pool] as number,
    length: ledger.chains.length(pool),
  }
}
