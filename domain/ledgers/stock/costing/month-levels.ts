/**
 * 低层码 (low-level codes) under the month-end average: what is made of other goods comes in at what these
 * cost, so in each month parts are costed before what is made of them, level by level. Of goods that are
 * made of each other in one month none comes first: what closes such a circle, or leads from one to
 * another, shares the average of its own month, and so it ends [CST25].
 */

import type { Flow } from '../flow.ts'
import { joinsOf } from '../joins.ts'
import { isLinkedBit } from '../movement.ts'
import { effectiveAt } from '../order.ts'
import { policyOfPool } from '../place.ts'
import { methodAt, usesMonths } from '../policy.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { sortedPositionOf } from '../chain-order.ts'
import { basis, isShortBit, isTaintedBit } from './basis.ts'
import { type MonthSpan, monthSpan } from './months.ts'

/** In legs that bring a cost into a pool kept by months, with their moves. */
export type Bringers = ReadonlyMap<number, Flow>

const noBringers: Bringers = new Map()

/** Whether the goods of an in leg come in at what those that they were made of cost. */
export function bringsCost({ joins }: StockLedger, movement: number): boolean {
  return joins?.bringers?.has(movement) === true
}

/** Whether a month, slots of a chain, has goods of others to take in that are not costed up to its end. */
export function awaitsParts(
  ledger: StockLedger,
  { first, end, until }: { readonly first: number; readonly end: number; readonly until: number },
): boolean {
  const bringers = ledger.joins?.bringers ?? noBringers
  if (bringers.size === 0) return false
  const { slots } = ledger.chains
  for (let slot = first; slot < end; slot++) {
    const flow = bringers.get(slots[slot] as number)
    if (flow?.outs.some((out) => isToCost(ledger, poolOf(ledger, out), until))) return true
  }
  return false
}

/**
 * Moves have come, gone or changed their month: which goods bring their cost is decided anew. Answers the pools of
 * those for which that is another answer than they were costed with; they are to be costed from there.
 */
export function followLevels(ledger: StockLedger): readonly number[] {
  const joins = joinsOf(ledger)
  if (!usesMonths(ledger.policy) || joins.bringers !== undefined) return []
  const candidates = monthlyArrivals(ledger)
  joins.bringers = bringersAmong(ledger, candidates)
  const { basis: basisOf } = ledger.movements.columns
  const { costed, stateAt } = ledger.poolTable.columns
  const changed = new Set<number>()
  for (const movement of candidates.keys()) {
    const code = (basisOf[movement] as number) & ~(isShortBit | isTaintedBit)
    if ((code === basis.arrival) === joins.bringers.has(movement)) continue
    const pool = poolOf(ledger, movement)
    const position = sortedPositionOf(ledger, pool, movement)
    if (position < 0 || position >= (costed[pool] as number)) continue
    costed[pool] = position
    stateAt[pool] = -1
    changed.add(pool)
  }
  return [...changed]
}

/** In legs of moves between pools that are kept by months. */
function monthlyArrivals(ledger: StockLedger): Map<number, Flow> {
  const found = new Map<number, Flow>()
  const { kind } = ledger.movements.columns
  for (const flow of new Set(joinsOf(ledger).flowByLeg.values())) {
    if (!flow.outs.every((out) => isMonthly(ledger, out))) continue
    for (const { movement } of flow.ins) {
      const isLinked = ((kind[movement] as number) & isLinkedBit) !== 0
      if (!isLinked && isMonthly(ledger, movement)) found.set(movement, flow)
    }
  }
  return found
}

function bringersAmong(ledger: StockLedger, candidates: ReadonlyMap<number, Flow>): Bringers {
  const months = new Map<number, Month>()
  const edges: Edge[] = []
  for (const [movement, flow] of candidates) {
    const { from } = monthOf(ledger, movement)
    const month = months.get(from) ?? { next: new Map(), before: new Map() }
    months.set(from, month)
    for (const out of flow.outs) {
      const edge = { movement, month, of: poolOf(ledger, out), into: poolOf(ledger, movement) }
      edges.push(edge)
      connect(month.next, edge.of, edge.into)
      connect(month.before, edge.into, edge.of)
    }
  }
  const circular = new Map([...months.values()].map((month) => [month, circularIn(month)]))
  const closing = edges.filter(({ month, of, into }) => {
    const among = circular.get(month)
    return among?.has(of) === true && among.has(into)
  })
  const bringers = new Map(candidates)
  for (const { movement } of closing) bringers.delete(movement)
  return bringers
}

/** Which pools went into which in one month, and the other way round. */
interface Month {
  readonly next: Map<number, Set<number>>
  readonly before: Map<number, Set<number>>
}

interface Edge {
  readonly movement: number
  readonly month: Month
  readonly of: number
  readonly into: number
}

/** Pools of circles and between two of them: what is left when ends are taken off until there are none. */
function circularIn({ next, before }: Month): ReadonlySet<number> {
  const left = new Set([...next.keys(), ...before.keys()])
  takeEndsOff(left, next, before)
  takeEndsOff(left, before, next)
  return left
}

/** Takes off what nothing leads into; `ways` leads on from a pool, `back` into it. */
function takeEndsOff(left: Set<number>, ways: Month['next'], back: Month['next']): void {
  const into = new Map<number, number>()
  for (const pool of left)
    into.set(pool, [...(back.get(pool) ?? [])].filter((one) => left.has(one)).length)
  const ends = [...left].filter((pool) => into.get(pool) === 0)
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    left.delete(end)
    for (const pool of ways.get(end) ?? []) {
      const rest = (into.get(pool) ?? 0) - 1
      into.set(pool, rest)
      if (rest === 0 && left.has(pool)) ends.push(pool)
    }
  }
}

function connect(ways: Month['next'], from: number, to: number): void {
  const known = ways.get(from)
  if (known === undefined) ways.set(from, new Set([to]))
  else known.add(to)
}

function isMonthly(ledger: StockLedger, movement: number): boolean {
  const policy = policyOfPool(ledger, poolOf(ledger, movement))
  return methodAt(policy, effectiveAt(ledger, movement)) === 'month-end'
}

function monthOf(ledger: StockLedger, movement: number): MonthSpan {
  return monthSpan(effectiveAt(ledger, movement), ledger.policy.zone)
}

/** Whether the pool has something to cost before the moment. */
function isToCost(ledger: StockLedger, pool: number, until: number): boolean {
  const { chains, poolTable } = ledger
  const position = poolTable.columns.costed[pool] as number
  if (position >= chains.length(pool)) return false
  return effectiveAt(ledger, chains.at(pool, position)) < until
}

function poolOf({ movements }: StockLedger, movement: number): number {
  return movements.columns.pool[movement] as number
}
