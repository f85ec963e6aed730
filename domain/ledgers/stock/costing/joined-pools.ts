/**
 * Costs pools between which value flows, together and in the one order: a pool is costed up to the
 * first movement that reads another pool which is not costed so far. So every movement finds what it
 * reads as it will stay, each pool is replayed only from where something has changed, and it ends
 * whatever goes to and fro [F4] [F7].
 */

import { sortedPositionOf } from '../chain-order.ts'
import { type Flow, isPairFlow } from '../flow.ts'
import { type Joins, joinsOf, readersOf } from '../joins.ts'
import { isLinkedBit } from '../movement.ts'
import { compareMovements, effectiveAt } from '../order.ts'
import { methodAt, usesMonths } from '../policy.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { arrivalOf, inputOfArrival, shareIn } from './arrival.ts'
import { carriedBy, changeCarried, dropCarriedEntry, putCarried } from './carried.ts'
import { costPool } from './cost-pool.ts'
import { inputOfLinked } from './original-cost.ts'
import { trueUpsOf } from './true-up.ts'

/** The pools are in order and unsettled. Answers all that were costed anew. */
export function costJoined(ledger: StockLedger, pools: readonly number[]): number[] {
  const joins = joinsOf(ledger)
  const costed = new Set<number>()
  const waiting: number[] = []
  for (const pool of pools) enqueue(ledger, waiting, pool)
  passOn(ledger, joins, waiting)
  for (let first = takeFirst(ledger, waiting); first >= 0; first = takeFirst(ledger, waiting)) {
    const pool = ledger.movements.columns.pool[first] as number
    if (nextOf(ledger, pool) !== first) continue
    joins.limit = waiting[0] ?? -1
    costPool(ledger, pool)
    joins.limit = -1
    costed.add(pool)
    passOn(ledger, joins, waiting)
    enqueue(ledger, waiting, pool)
  }
  return [...costed]
}

/** What the in leg, or the linked movement, reads of others now. */
export function inputOf(ledger: StockLedger, reader: number): string {
  const isLinked = ((ledger.movements.columns.kind[reader] as number) & isLinkedBit) !== 0
  if (isLinked) return inputOfLinked(ledger, reader)
  const arrival = arrivalOf(ledger, reader)
  return arrival === undefined ? '' : inputOfArrival(ledger, reader, arrival)
}

/**
 * Readers of what was costed are costed again where that changes them. What its own pool has still to cost
 * stays touched until then: what it is now may be neither what it was nor what it will be.
 */
function passOn(ledger: StockLedger, joins: Joins, waiting: number[]): void {
  const touched = [...joins.touched]
  joins.touched.clear()
  for (const source of touched) {
    if (isStillToCost(ledger, source)) {
      joins.touched.add(source)
      continue
    }
    const flow = joins.flowByLeg.get(source)
    if (flow?.outs.includes(source)) carryOn(ledger, joins, source, flow, waiting)
    for (const reader of readersOf(ledger, source)) {
      if (!readsTheSame(ledger, joins, reader)) costAgain(ledger, reader, waiting)
    }
  }
}

function isStillToCost(ledger: StockLedger, movement: number): boolean {
  const pool = poolOf(ledger, movement)
  const position = sortedPositionOf(ledger, pool, movement)
  return position >= (ledger.poolTable.columns.costed[pool] as number)
}

function costAgain(ledger: StockLedger, movement: number, waiting: number[]): void {
  const pool = poolOf(ledger, movement)
  const { costed, stateAt } = ledger.poolTable.columns
  const position = sortedPositionOf(ledger, pool, movement)
  if (position < 0 || position >= (costed[pool] as number)) return
  costed[pool] = position
  stateAt[pool] = -1
  enqueue(ledger, waiting, pool)
}

/** As when it was last costed. */
function readsTheSame(ledger: StockLedger, joins: Joins, reader: number): boolean {
  if (readsNothing(ledger, reader)) return true
  return joins.inputs.get(reader) === inputOf(ledger, reader)
}

/** [CST24] Under the month-end average nothing reads another pool. */
function readsNothing(ledger: StockLedger, reader: number): boolean {
  const { policy } = ledger
  if (!usesMonths(policy)) return false
  return methodAt(policy, effectiveAt(ledger, reader)) === 'month-end'
}

/** Brings what the true-ups of an out leg add to other pools up to date. */
function carryOn(
  ledger: StockLedger,
  joins: Joins,
  of: number,
  flow: Flow,
  waiting: number[],
): void {
  const wanted = wantedOf(ledger, of, flow)
  const { pool, value } = ledger.movements.columns
  const frontier = nextOf(ledger, pool[of] as number)
  for (const entry of carriedBy(ledger, of)) {
    const key = `${entry.by}|${entry.into}`
    const amount = wanted.get(key)?.amount
    wanted.delete(key)
    if (amount === value[entry.movement]) continue
    // What caused it is still to be costed again: then its amount is known.
    if (amount === undefined && frontier >= 0 && !isBefore(ledger, entry.by, frontier)) {
      joins.touched.add(of)
      continue
    }
    if (amount === undefined) dropCarriedEntry(ledger, entry)
    else changeCarried(ledger, entry.movement, amount)
    enqueue(ledger, waiting, pool[entry.into] as number)
  }
  for (const { by, into, amount } of wanted.values()) {
    putCarried(ledger, { by, of, into }, amount)
    enqueue(ledger, waiting, ledger.movements.columns.pool[into] as number)
  }
}

interface Wanted {
  readonly by: number
  readonly into: number
  readonly amount: number
}

/** True-ups of `of`, parted among the in legs. What arrives at a stated value carries none on. */
function wantedOf(ledger: StockLedger, of: number, flow: Flow): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>()
  if (isPairFlow(flow) && ledger.stated.has(flow.ins[0]?.movement ?? -1)) return wanted
  for (const [by, whole] of trueUpsByReceipt(ledger, of)) {
    for (const { movement: into } of flow.ins) {
      if (readsNothing(ledger, into)) continue
      const amount = shareIn(flow, into, whole)
      if (amount !== 0) wanted.set(`${by}|${into}`, { by, into, amount })
    }
  }
  return wanted
}

function trueUpsByReceipt(ledger: StockLedger, of: number): Map<number, number> {
  const amounts = new Map<number, number>()
  for (const { target, by, amount } of trueUpsOf(ledger, poolOf(ledger, of))) {
    if (target === of) amounts.set(by, (amounts.get(by) ?? 0) + amount)
  }
  return amounts
}

function poolOf({ movements }: StockLedger, movement: number): number {
  return movements.columns.pool[movement] as number
}

/** The first movement of the pool without a cost, −1 where there is none. */
function nextOf({ chains, poolTable }: StockLedger, pool: number): number {
  const position = poolTable.columns.costed[pool] as number
  return position < chains.length(pool) ? chains.at(pool, position) : -1
}

function isBefore(ledger: StockLedger, a: number, b: number): boolean {
  return compareMovements(ledger, a, b) < 0
}

/** What the pool held after its last movement is not known where that one has left it. */
function giveEnd(ledger: StockLedger, pool: number): void {
  const { costed, stateAt } = ledger.poolTable.columns
  const length = ledger.chains.length(pool)
  if (costed[pool] !== length || stateAt[pool] === length) return
  if (length === 0) costPool(ledger, pool)
  else costed[pool] = length - 1
}

/** A heap of movements to cost from, the earliest first; one that has been overtaken is passed over. */
function enqueue(ledger: StockLedger, waiting: number[], pool: number): void {
  giveEnd(ledger, pool)
  const movement = nextOf(ledger, pool)
  if (movement < 0) return
  let at = waiting.push(movement) - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    if (!isBefore(ledger, movement, waiting[above] as number)) break
    waiting[at] = waiting[above] as number
    at = above
  }
  waiting[at] = movement
}

function takeFirst(ledger: StockLedger, waiting: number[]): number {
  const first = waiting[0]
  const last = waiting.pop()
  if (first === undefined || last === undefined) return -1
  if (waiting.length === 0) return first
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    if (below >= waiting.length) break
    const right = below + 1
    if (
      right < waiting.length &&
      isBefore(ledger, waiting[right] as number, waiting[below] as number)
    )
      below = right
    if (!isBefore(ledger, waiting[below] as number, last)) break
    waiting[at] = waiting[below] as number
    at = below
  }
  waiting[at] = last
  return first
}
