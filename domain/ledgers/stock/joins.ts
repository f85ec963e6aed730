/**
 * Which pools depend on each other, and by which movements: the legs of a flow, and returns into
 * another pool than the one that their goods left. A ledger in which no value crosses pools has none
 * of this, and its pools are costed each by itself.
 */

import type { Bringers } from './costing/month-levels.ts'
import { type Flow, flowsOf } from './flow.ts'
import { linkedOrigins, withFollowers } from './link.ts'
import { feedsBit, isNeutralBit } from './movement.ts'
import { compareMovements } from './order.ts'
import { isJoinedBit } from './pool-flags.ts'
import type { StockLedger } from './stock-ledger.ts'

export interface Joins {
  /** By each of its legs. */
  readonly flowByLeg: Map<number, Flow>
  /** Movements that take their cost from another pool: they wait until what is before them is costed. */
  readonly reads: Set<number>
  /** Movements whose cost others read. */
  readonly sources: Set<number>
  /** What a reading movement read when it was last costed. */
  readonly inputs: Map<number, string>
  /** Sources that were costed since their readers were last asked whether that changes them. */
  readonly touched: Set<number>
  /** The earliest movement that another pool has still to cost, −1 for none: nobody reads beyond it. */
  limit: number
  /** [CST25] Under the month-end average, in legs that bring a cost; undefined when that is to be found anew. */
  bringers: Bringers | undefined
}

/** Those of `ledger`; made from its flows and links when first needed. */
export function joinsOf(ledger: StockLedger): Joins {
  if (ledger.joins !== undefined) return ledger.joins
  const joins: Joins = {
    flowByLeg: new Map(),
    reads: new Set(),
    sources: new Set(),
    inputs: new Map(),
    touched: new Set(),
    limit: -1,
    bringers: undefined,
  }
  ledger.joins = joins
  if (!hasJoinedPools(ledger)) return joins
  const { kind } = ledger.movements.columns
  for (const flow of flowsOf(ledger)) {
    const [out] = flow.outs
    if (out === undefined || ((kind[out] as number) & isNeutralBit) === 0) addFlow(joins, flow)
  }
  for (const origin of linkedOrigins(ledger)) joinFamily(ledger, origin)
  return joins
}

/** The flow carries value. */
export function markJoined(ledger: StockLedger, flow: Flow): void {
  addFlow(joinsOf(ledger), flow)
  for (const movement of flow.outs) flagPool(ledger, movement)
  for (const { movement } of flow.ins) flagPool(ledger, movement)
}

/** Where `movement` or what is linked to it lies in several pools, each of them reads of the others. */
export function joinFamily(ledger: StockLedger, movement: number): void {
  const { pool, kind, quantity } = ledger.movements.columns
  const root = rootOf(ledger, movement)
  const family = withFollowers(ledger, root)
  if (family.every((one) => pool[one] === pool[root])) return
  const { sources, reads } = joinsOf(ledger)
  for (const one of family) {
    sources.add(one)
    if (one !== root) reads.add(one)
    flagPool(ledger, one)
  }
  if ((quantity[root] as number) < 0) kind[root] = (kind[root] as number) | feedsBit
}

/** Those whose cost depends on that of `source`. */
export function readersOf(ledger: StockLedger, source: number): readonly number[] {
  const { flowByLeg, reads } = joinsOf(ledger)
  const ins = flowByLeg.get(source)?.ins.map(({ movement }) => movement) ?? []
  const family = withFollowers(ledger, rootOf(ledger, source))
  return [...ins, ...family].filter((one) => one !== source && reads.has(one))
}

/** The movement is not in force any more. */
export function leaveJoins(ledger: StockLedger, movement: number): void {
  const { joins } = ledger
  if (joins === undefined) return
  for (const known of [joins.reads, joins.sources, joins.touched]) known.delete(movement)
  noteFlowMoved(ledger, movement)
  joins.flowByLeg.delete(movement)
  joins.inputs.delete(movement)
}

/** Whether `movement` reads another pool, and one of them is not costed up to it. */
export function isHeldBack(ledger: StockLedger, movement: number): boolean {
  const { joins } = ledger
  if (joins === undefined || joins.limit < 0 || !joins.reads.has(movement)) return false
  return compareMovements(ledger, movement, joins.limit) > 0
}

/** Whether `movement` is linked to others that lie in another pool. */
export function readsAcross({ joins }: StockLedger, movement: number): boolean {
  return joins?.reads.has(movement) === true
}

/** The cost of `movement` may have become another one. */
export function touchSource({ joins }: StockLedger, movement: number): void {
  if (joins?.sources.has(movement)) joins.touched.add(movement)
}

/** A leg of a flow has come, gone or changed its place in time. */
export function noteFlowMoved({ joins }: StockLedger, movement: number): void {
  if (joins?.flowByLeg.has(movement)) joins.bringers = undefined
}

function addFlow(joins: Joins, flow: Flow): void {
  const { flowByLeg, reads, sources } = joins
  joins.bringers = undefined
  for (const movement of flow.outs) {
    flowByLeg.set(movement, flow)
    sources.add(movement)
  }
  for (const { movement } of flow.ins) {
    flowByLeg.set(movement, flow)
    reads.add(movement)
  }
}

function rootOf({ movements }: StockLedger, movement: number): number {
  const { origin } = movements.columns
  let root = movement
  while ((origin[root] as number) >= 0) root = origin[root] as number
  return root
}

function flagPool({ movements, poolTable }: StockLedger, movement: number): void {
  const pool = movements.columns.pool[movement] as number
  const { flags } = poolTable.columns
  flags[pool] = (flags[pool] as number) | isJoinedBit
}

function hasJoinedPools({ poolTable }: StockLedger): boolean {
  const { flags } = poolTable.columns
  for (let pool = 0; pool < poolTable.rows; pool++) {
    if ((flags[pool] as number) & isJoinedBit) return true
  }
  return false
}
