/**
 * Costs pools between which value flows, together and in the one order: a pool is costed up to the
 * first movement that reads another pool which is not costed so far. So every movement finds what it
 * reads as it will stay, each pool is replayed only from where something has changed, and it ends
 * whatever goes to and fro [F4] [F7].
 */

import { sortedPositionOf } from '../chain-order.ts'
import { type Flow, isPairFlow } from '../flow.ts'
import { type Joins, joinsOf, readersOf } from '../joins.ts'
import { isLinkedBit, isNeutralBit } from '../movement.ts'
import { compareMovements, effectiveAt } from '../order.ts'
import { policyOfPool } from '../place.ts'
import { methodAt, usesMonths } from '../policy.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { arrivalOf, inputOfArrival, shareIn } from './arrival.ts'
import { carriedBy, changeCarried, dropCarriedEntry, putCarried } from './carried.ts'
import { costPool } from './cost-pool.ts'
import { bringsCost, followLevels } from './month-levels.ts'
import { MovementHeap } from './movement-heap.ts'
import { inputOfLinked } from './original-cost.ts'
import { trueUpsOf } from './true-up.ts'

/** The pools are in order and unsettled. Answers all that were costed anew. */
export function costJoined(ledger: StockLedger, pools: readonly number[]): number[] {
  const joins = joinsOf(ledger)
  const again = followLevels(ledger)
  const waiting = new MovementHeap(ledger)
  const run: Run = { ledger, joins, waiting, asleep: new Map(), held: new Set() }
  const costed = new Set<number>()
  for (const pool of [...pools, ...again]) enqueue(run, pool)
  passOn(run)
  for (let next = run.waiting.takeFirst(); next !== undefined; next = run.waiting.takeFirst()) {
    const { movement, item: pool } = next
    // Overtaken by an earlier one of the same pool.
    if (nextOf(ledger, pool) !== movement) continue
    joins.limit = run.waiting.first?.movement ?? -1
    costPool(ledger, pool)
    joins.limit = -1
    costed.add(pool)
    wakeIn(run, pool)
    passOn(run)
    if (nextOf(ledger, pool) === movement) {
      run.held.add(pool)
      continue
    }
    enqueue(run, pool)
    releaseHeld(run)
  }
  return [...costed]
}

interface Run {
  readonly ledger: StockLedger
  readonly joins: Joins
  /** Pools, by their first movement without a cost. */
  readonly waiting: MovementHeap
  /** By pool: touched sources of it that wait until that is costed beyond a movement. */
  readonly asleep: Map<number, MovementHeap>
  /** Pools with a month that waits for its parts: they are asked again when other pools are costed. */
  readonly held: Set<number>
}

/** What waited for parts may go on now that some other pool has. */
function releaseHeld(run: Run): void {
  const held = [...run.held]
  run.held.clear()
  for (const pool of held) enqueue(run, pool)
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
 * sleeps until then: what it is now may be neither what it was nor what it will be.
 */
function passOn(run: Run): void {
  const { ledger, joins } = run
  const touched = [...joins.touched]
  joins.touched.clear()
  for (const source of touched) {
    if (isStillToCost(ledger, poolOf(ledger, source), source)) {
      sleepUntil(run, source, source)
      continue
    }
    const flow = joins.flowByLeg.get(source)
    if (flow?.outs.includes(source)) carryOn(run, source, flow)
    for (const reader of readersOf(ledger, source)) {
      if (!readsTheSame(ledger, joins, reader)) costAgain(run, reader)
    }
  }
}

/** The source is asked again when its pool is costed beyond `movement`. */
function sleepUntil({ ledger, asleep }: Run, source: number, movement: number): void {
  const pool = poolOf(ledger, source)
  const sleeping = asleep.get(pool) ?? new MovementHeap(ledger)
  asleep.set(pool, sleeping)
  sleeping.push({ movement, item: source })
}

function wakeIn({ ledger, joins, asleep }: Run, pool: number): void {
  const sleeping = asleep.get(pool)
  while (sleeping?.first !== undefined) {
    if (isStillToCost(ledger, pool, sleeping.first.movement)) return
    joins.touched.add(sleeping.first.item)
    sleeping.takeFirst()
  }
}

/** Of a movement of `pool`. */
function isStillToCost(ledger: StockLedger, pool: number, movement: number): boolean {
  const next = nextOf(ledger, pool)
  return next >= 0 && compareMovements(ledger, movement, next) >= 0
}

function costAgain(run: Run, movement: number): void {
  const { ledger } = run
  const pool = poolOf(ledger, movement)
  const { costed, stateAt } = ledger.poolTable.columns
  const position = sortedPositionOf(ledger, pool, movement)
  if (position < 0 || position >= (costed[pool] as number)) return
  costed[pool] = position
  stateAt[pool] = -1
  enqueue(run, pool)
}

/** As when it was last costed. */
function readsTheSame(ledger: StockLedger, joins: Joins, reader: number): boolean {
  if (readsNothing(ledger, reader)) return true
  return joins.inputs.get(reader) === inputOf(ledger, reader)
}

/**
 * What moves inside its pool reads no other, whatever it is linked to; under the month-end average only what
 * brings its cost does [CST24] [CST25].
 */
function readsNothing(ledger: StockLedger, reader: number): boolean {
  if (bringsCost(ledger, reader)) return false
  return takesNoTrueUp(ledger, reader, reader)
}

/**
 * [CST24] Of a month that makes an average nothing is trued up, and in one nothing is: it would wait for months of
 * goods that wait for it.
 */
function takesNoTrueUp(ledger: StockLedger, into: number, by: number): boolean {
  const { kind } = ledger.movements.columns
  if ((kind[into] as number) & isNeutralBit) return true
  const policy = policyOfPool(ledger, poolOf(ledger, into))
  if (!usesMonths(policy)) return false
  return [into, by].some((each) => methodAt(policy, effectiveAt(ledger, each)) === 'month-end')
}

/** Brings what the true-ups of an out leg add to other pools up to date. */
function carryOn(run: Run, of: number, flow: Flow): void {
  const { ledger } = run
  const wanted = wantedOf(ledger, of, flow)
  const { value } = ledger.movements.columns
  for (const entry of carriedBy(ledger, of)) {
    const key = `${entry.by}|${entry.into}`
    const amount = wanted.get(key)?.amount
    wanted.delete(key)
    if (amount === value[entry.movement]) continue
    // What caused it is still to be costed again: then its amount is known.
    if (amount === undefined && isStillToCost(ledger, poolOf(ledger, of), entry.by)) {
      sleepUntil(run, of, entry.by)
      continue
    }
    if (amount === undefined) dropCarriedEntry(ledger, entry)
    else changeCarried(ledger, entry.movement, amount)
    enqueue(run, poolOf(ledger, entry.into))
  }
  for (const { by, into, amount } of wanted.values()) {
    putCarried(ledger, { by, of, into }, amount)
    enqueue(run, poolOf(ledger, into))
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
      if (takesNoTrueUp(ledger, into, by)) continue
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

/** What the pool held after its last movement is not known where that one has left it. */
function giveEnd(ledger: StockLedger, pool: number): void {
  const { costed, stateAt } = ledger.poolTable.columns
  const length = ledger.chains.length(pool)
  if (costed[pool] !== length || stateAt[pool] === length) return
  if (length === 0) costPool(ledger, pool)
  else costed[pool] = length - 1
}

function enqueue({ ledger, waiting }: Run, pool: number): void {
  giveEnd(ledger, pool)
  const movement = nextOf(ledger, pool)
  if (movement >= 0) waiting.push({ movement, item: pool })
}
