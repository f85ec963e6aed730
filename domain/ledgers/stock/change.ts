/**
 * What changes the stock ledger: movements come, go, get a value or a link. Balances follow at once;
 * chains and costs when `settle` is called, once per batch of records.
 */

import { appendRow } from '../columns/table.ts'
import { addToBalance, noteTagged } from './add-to-balance.ts'
import { markUnsettled, positionOf } from './chain-order.ts'
import { dropCarried, dropCarriedOf } from './costing/carried.ts'
import { positionAt, takeBackTrueUps } from './costing/cost-pool.ts'
import { clearMarks, dropMarksAfter } from './costing/marks.ts'
import { forgetTrueUps } from './costing/true-up.ts'
import { correctionsOf, noteLate } from './late-movements.ts'
import { forgetQuestions } from './count-questions.ts'
import {
  countedPoolsOf,
  countPrice,
  hasCountClass,
  putCountPrice,
  takesCountPrice,
} from './counts.ts'
import { ownMoment } from './order.ts'
import { enterFlows } from './put-flow.ts'
import { joinFamily, joinsOf, leaveJoins, noteFlowMoved, readersOf, touchSource } from './joins.ts'
import { followOut, pairedIn, withLed } from './led-legs.ts'
import { linkedOrigins, linkedTo, putOrigin } from './link.ts'
import { hasValueBit, isDeadBit, isNeutralBit, rankMask, rankOf } from './movement.ts'
import { branchOfPool, poolOfGoods, poolOfLine, poolsOfSku } from './place.ts'
import { type CostPolicy, usesMonths } from './policy.ts'
import { noteCame, noteLeft } from './shift-counts.ts'
import { emptyPools, type StockLedger } from './stock-ledger.ts'
import { asksReferenceBit, isShuffledBit } from './pool-flags.ts'

export interface NewEvent {
  /** When it takes effect. */
  readonly at: number
  /** What its record says, where that is earlier. */
  readonly own?: number
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
  putOwnMoment(ledger, row, event.own ?? event.at)
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
  dropCorrectionOf(ledger, movement)
  for (const child of [...linkedTo(ledger, movement)]) linkMovement(ledger, child, -1)
  if (pairedIn(ledger, movement) >= 0) linkMovement(ledger, movement, -1)
  const { quantity, cost, kind } = ledger.movements.columns
  costReaders(ledger, movement)
  leaveChain(ledger, movement)
  forgetQuestions(ledger, movement)
  putOrigin(ledger, movement, -1)
  leaveJoins(ledger, movement)
  ledger.ledBy.delete(movement)
  ledger.stated.delete(movement)
  ledger.lateValues.delete(movement)
  addToBalance(ledger, movement, 0 - (quantity[movement] as number))
  kind[movement] = (kind[movement] as number) | isDeadBit
  quantity[movement] = 0
  cost[movement] = 0
}

/** Brings the movements of one posting back that were taken out of force, with the quantities that they had. */
export function reviveMovements(
  ledger: StockLedger,
  movements: readonly number[],
  steps: readonly number[],
): void {
  const { quantity, kind, pool, line, cell } = ledger.movements.columns
  for (const [i, movement] of movements.entries()) {
    kind[movement] = (kind[movement] as number) & ~isDeadBit
    quantity[movement] = steps[i] as number
    pool[movement] = poolOfGoods(ledger, line[movement] as number, cell[movement] as number)
    addToBalance(ledger, movement, steps[i] as number)
    enterChain(ledger, movement)
  }
  enterFlows(ledger, new Set(movements))
}

/**
 * Movements take effect at other moments, found from what their records say: they, and what is linked to
 * them, move in the order. Of movements that are not in force the moments alone change. `ownOf`: where a record
 * is to be taken as if it said another moment than it did.
 */
export function putMoments(
  ledger: StockLedger,
  movements: readonly number[],
  momentOf: (own: number) => number,
  ownOf: (own: number) => number = (own) => own,
): void {
  const { event, kind } = ledger.movements.columns
  const events = new Set(movements.map((movement) => event[movement] as number))
  const inForce = movements.filter((movement) => ((kind[movement] as number) & isDeadBit) === 0)
  const moving = new Set(inForce.flatMap((movement) => allMovingWith(ledger, movement)))
  for (const one of moving) costReaders(ledger, one)
  for (const one of moving) leaveChain(ledger, one)
  for (const one of events) {
    const own = ownMoment(ledger, one)
    ledger.events.columns.at[one] = momentOf(own)
    putOwnMoment(ledger, one, ownOf(own))
  }
  for (const one of moving) {
    enterChain(ledger, one)
    noteTagged(ledger, one)
  }
  for (const one of moving) costReaders(ledger, one)
}

function putOwnMoment({ ownMoments, events }: StockLedger, event: number, own: number): void {
  if (events.columns.at[event] === own) ownMoments.delete(event)
  else ownMoments.set(event, own)
}

/**
 * What a document says of the value of a movement came (fen), or, undefined, is not known any more: what
 * received goods cost, the change of a movement of class value, the value at which goods of a transfer
 * arrive, the fee of an assembly; of a count the unit price, in millionths of a yuan [CNT7].
 */
export function putValue(ledger: StockLedger, movement: number, amount: number | undefined): void {
  const { value, kind, quantity } = ledger.movements.columns
  const bits = kind[movement] as number
  const rank = bits & rankMask
  if (isMoved(ledger, movement)) return putStated(ledger, movement, amount)
  if (takesCountPrice(ledger, movement)) {
    putCountPrice(ledger, movement, amount)
    return costFromMovement(ledger, movement)
  }
  if ((quantity[movement] as number) <= 0 && rank !== rankOf.value) return
  if (amount === undefined && (bits & hasValueBit) === 0) return
  value[movement] = amount ?? 0
  kind[movement] = amount === undefined ? bits & ~hasValueBit : bits | hasValueBit
  touchSource(ledger, movement)
  costFromMovement(ledger, movement)
}

/** What `putValue` was last given; undefined where nothing is known. */
export function valueOf(ledger: StockLedger, movement: number): number | undefined {
  const { value, kind, quantity } = ledger.movements.columns
  const bits = kind[movement] as number
  const rank = bits & rankMask
  if (isMoved(ledger, movement)) return ledger.stated.get(movement)
  if (takesCountPrice(ledger, movement)) return countPrice(ledger, movement)
  if ((quantity[movement] as number) <= 0 && rank !== rankOf.value) return undefined
  return (bits & hasValueBit) === 0 ? undefined : (value[movement] as number)
}

/** Whether its cost comes from another leg; what comes from another branch has only the value that is stated. */
function isMoved(ledger: StockLedger, movement: number): boolean {
  const bits = ledger.movements.columns.kind[movement] as number
  const isInternal = (bits & rankMask) === rankOf.internal
  // Inside one pool it is neutral: that may be two pools as soon as the policy is known.
  return isInternal && ((bits & isNeutralBit) !== 0 || joinsOf(ledger).flowByLeg.has(movement))
}

/** Of an in leg of an internal move. */
function putStated(ledger: StockLedger, movement: number, amount: number | undefined): void {
  if ((ledger.movements.columns.quantity[movement] as number) <= 0) return
  if (amount === undefined) ledger.stated.delete(movement)
  else ledger.stated.set(movement, amount)
  const flow = joinsOf(ledger).flowByLeg.get(movement)
  for (const out of flow?.outs ?? []) touchSource(ledger, out)
  for (const leg of flow?.ins ?? []) costFromMovement(ledger, leg.movement)
}

/** [F4] Links `movement` to its origin, a movement of the same SKU; −1 takes the link away. */
export function linkMovement(ledger: StockLedger, movement: number, origin: number): void {
  if (ledger.movements.columns.origin[movement] === origin) return
  costReaders(ledger, movement)
  const into = pairedIn(ledger, movement)
  const led = into < 0 ? [] : allMovingWith(ledger, into)
  const moving = new Set([...allMovingWith(ledger, movement), ...led])
  for (const one of moving) leaveChain(ledger, one)
  putOrigin(ledger, movement, origin)
  followOut(ledger, movement)
  for (const one of moving) {
    enterChain(ledger, one)
    noteTagged(ledger, one)
  }
  joinFamily(ledger, movement)
  costReaders(ledger, movement)
}

/** A reference price of `sku` has changed: pools that lean on it are costed anew. */
export function costAnew(ledger: StockLedger, sku: number): void {
  for (const pool of poolsOfSku(ledger, sku)) costByReference(ledger, pool)
}

/** [SEL14] A branch has closed or reopened a month: other reference prices may hold in it. */
export function costAllAnew(ledger: StockLedger): void {
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) costByReference(ledger, pool)
}

/** Of a pool that has asked for one. */
function costByReference(ledger: StockLedger, pool: number): void {
  const { flags, costed } = ledger.poolTable.columns
  if (((flags[pool] as number) & asksReferenceBit) === 0) return
  costed[pool] = 0
  markUnsettled(ledger, pool)
}

/** [CST22] A branch has closed or reopened a month: where the last one of a pool ends with it, its issues cost something else. */
export function followClosing(ledger: StockLedger, branch: number): void {
  if (!usesMonths(ledger.policy)) return
  const { sorted, costed } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const own = branchOfPool(ledger, pool)
    if ((own >= 0 && own !== branch) || (sorted[pool] as number) === 0) continue
    costed[pool] = Math.min(costed[pool] as number, (sorted[pool] as number) - 1)
    markUnsettled(ledger, pool)
  }
}

/** The policy has become known: which goods share a value is decided anew, for all of them. */
export function repool(ledger: StockLedger, policy: CostPolicy): void {
  forgetTrueUps(ledger)
  dropCarried(ledger)
  clearMarks(ledger.marks)
  ledger.shortages.clear()
  ledger.differences.clear()
  ledger.parcels.clear()
  ledger.unsettled.length = 0
  ledger.settledRows = 0
  Object.assign(ledger, { policy, joins: undefined, ...emptyPools() })
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
  ledger.countsByPool.clear()
  for (const each of ledger.countedPools) ledger.countWork.set(each, 'all')
  enterFlows(ledger)
  for (const origin of linkedOrigins(ledger)) joinFamily(ledger, origin)
}

/** The method is another one from a moment on: what stands there or later is costed anew, nothing before it. */
export function costByMethod(ledger: StockLedger, policy: CostPolicy, from: number): void {
  ledger.policy = policy
  if (ledger.joins !== undefined) ledger.joins.bringers = undefined
  const { costed, stateAt } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const position = positionAt(ledger, pool, from)
    if (position === ledger.chains.length(pool)) continue
    dropMarksAfter(ledger.marks, pool, position)
    costed[pool] = Math.min(costed[pool] as number, position)
    stateAt[pool] = -1
    markUnsettled(ledger, pool)
  }
}

/** Takes the correction of a late movement out again. */
export function dropCorrectionOf(ledger: StockLedger, movement: number): void {
  const correction = ledger.corrections.get(movement)
  if (correction === undefined) return
  // Before it is no correction any more, which its place in the order does not depend on.
  dropMovement(ledger, correction)
  ledger.corrections.delete(movement)
}

/** Those whose place in the order depends on that of `movement`. */
function allMovingWith(ledger: StockLedger, movement: number): number[] {
  const moving = withLed(ledger, movement)
  return moving.flatMap((one) => [one, ...correctionsOf(ledger, one)])
}

export function poolOfMovement(ledger: StockLedger, movement: number): number {
  return ledger.movements.columns.pool[movement] as number
}

function enterChain(ledger: StockLedger, movement: number): void {
  const pool = poolOfMovement(ledger, movement)
  ledger.chains.push(pool, movement)
  markUnsettled(ledger, pool)
  noteLate(ledger, movement)
  // One that comes back into force may lie in a pool of a later policy.
  if (hasCountClass(ledger, movement)) ledger.countedPools.add(pool)
  if (ledger.countedPools.has(pool)) noteCame(ledger, pool, movement)
  if (movement + 1 === ledger.movements.rows) return
  const { flags } = ledger.poolTable.columns
  flags[pool] = (flags[pool] as number) | isShuffledBit
}

function leaveChain(ledger: StockLedger, movement: number): void {
  noteFlowMoved(ledger, movement)
  dropCarriedOf(ledger, movement)
  const pool = poolOfMovement(ledger, movement)
  const position = positionOf(ledger, pool, movement)
  if (position < 0) return
  const { sorted, costed, stateAt } = ledger.poolTable.columns
  if (ledger.countedPools.has(pool)) {
    noteLeft(ledger, pool, { movement, wasNew: position >= (sorted[pool] as number) })
  }
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
  ledger.parcels.delete(movement)
}

/** What in other pools takes its cost from `movement` or shares an origin with it is costed again. */
function costReaders(ledger: StockLedger, movement: number): void {
  if ((ledger.joins?.reads.size ?? 0) === 0) return
  for (const reader of readersOf(ledger, movement)) costFromMovement(ledger, reader)
}

function costFromMovement(ledger: StockLedger, movement: number): void {
  if (movement >= ledger.settledRows) return
  const pool = poolOfMovement(ledger, movement)
  const position = positionOf(ledger, pool, movement)
  if (position < 0) return
  const { costed } = ledger.poolTable.columns
  costed[pool] = Math.min(costed[pool] as number, position)
  markUnsettled(ledger, pool)
}
