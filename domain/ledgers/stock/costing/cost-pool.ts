/**
 * Brings the costs of one pool up to date, from the nearest state that is known: the end, where it was
 * last, a mark, or nothing. Which of the methods does the work follows from the policy; where that
 * changes, the value of the pool stays [CST20].
 */

import { compareMovements, effectiveAt } from '../order.ts'
import { branchOfPool, policyOfPool } from '../place.ts'
import { type CostMethod, isAlwaysAverage, methodAt, runFrom, usesMonths } from '../policy.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { branchOf } from '../tag-index.ts'
import { costLayers } from './fifo.ts'
import { dropMarksAfter, keepsMarks, markBefore, markEvery, putMark, takeMark } from './marks.ts'
import { costMonth, type MonthRun } from './month-end.ts'
import { awaitsParts } from './month-levels.ts'
import { monthSpan } from './months.ts'
import { costAverage } from './moving-average.ts'
import { loadPool, markCosted, type PoolState, savePool } from './pool-state.ts'
import { cutTrueUps } from './true-up.ts'
import { unwind } from './unwind.ts'

/**
 * Brings the costs of `pool` up to the end of its chain, from its first movement without one; or up to
 * the first that waits for another pool.
 */
export function costPool(ledger: StockLedger, pool: number): void {
  const state = ledger.state
  loadPool(ledger, pool, state)
  const reached = costFrom(ledger, state, startOf(ledger, state))
  savePool(ledger, state)
  markCosted(ledger, pool, reached)
}

/** The position to cost from, with `state` as it was before it; what later movements left is undone. */
function startOf(ledger: StockLedger, state: PoolState): number {
  const { pool } = state
  const { costed, stateAt } = ledger.poolTable.columns
  const from = firstToCost(ledger, pool, costed[pool] as number)
  if (from === stateAt[pool]) return from
  const length = ledger.chains.length(pool)
  const fromMark = from - markBefore(ledger.marks, pool, from)
  const isNearEnd = length - from < fromMark
  const isAverage = isAlwaysAverage(policyOfPool(ledger, pool))
  if (isNearEnd && isAverage && unwind(ledger, state, from)) return from
  ledger.shortages.get(pool)?.clear()
  const start = takeMark(ledger, pool, from, state)
  if (start < length) takeBackTrueUps(ledger, pool, ledger.chains.at(pool, start))
  return start
}

/**
 * [CST22] A month is costed as a whole, and again when it turns out to be over: from the month of the
 * movement before `position` on.
 */
function firstToCost(ledger: StockLedger, pool: number, position: number): number {
  const policy = policyOfPool(ledger, pool)
  if (!usesMonths(policy) && policy.changes.length === 0) return position
  const first = position === 0 ? 0 : monthBefore(ledger, pool, position)
  dropMarksAfter(ledger.marks, pool, first)
  return first
}

function monthBefore(ledger: StockLedger, pool: number, position: number): number {
  const policy = policyOfPool(ledger, pool)
  const at = effectiveAt(ledger, ledger.chains.at(pool, position - 1))
  if (methodAt(policy, at) !== 'month-end') return position
  const { from } = monthSpan(at, ledger.policy.zone)
  return positionAt(ledger, pool, Math.max(from, runFrom(policy, at)))
}

/** Undoes what `first` and the movements after it have corrected; in their order as it is now. */
export function takeBackTrueUps(ledger: StockLedger, pool: number, first: number): void {
  cutTrueUps(ledger, pool, (by) => compareMovements(ledger, by, first) >= 0)
}

/** Method by method; nearly always there is one. The position that was reached. */
function costFrom(ledger: StockLedger, state: PoolState, from: number): number {
  const { pool } = state
  const policy = policyOfPool(ledger, pool)
  const length = ledger.chains.length(pool)
  const marksFrom = keepsMarks(ledger.marks, pool, length) ? from + 1 : length
  if (policy.changes.length === 0) {
    if (from === length) return length
    return costRun(ledger, state, { method: policy.method, from, until: length, marksFrom })
  }
  for (let position = from; position < length; ) {
    const at = effectiveAt(ledger, ledger.chains.at(pool, position))
    const next = policy.changes.find((change) => change.from > at)
    const until = next === undefined ? length : positionAt(ledger, pool, next.from)
    const method = methodAt(policy, at)
    // Before the method changes: a late movement may turn out to be the last of the old one.
    if (position >= marksFrom) putMark(ledger, pool, position, state)
    const reached = costRun(ledger, state, { method, from: position, until, marksFrom })
    if (reached < until) return reached
    position = until
  }
  return length
}

function costRun(ledger: StockLedger, state: PoolState, run: MethodRun): number {
  return run.method === 'month-end'
    ? costMonths(ledger, state, run)
    : costBlocks(ledger, state, run)
}

interface MethodRun {
  readonly method: CostMethod
  /** Positions in the chain. */
  readonly from: number
  readonly until: number
  /** Marks before this position stand, or are not kept. */
  readonly marksFrom: number
}

/**
 * Block by block, with a mark between two where the chain is long enough to keep marks. The position
 * that was reached.
 */
function costBlocks(ledger: StockLedger, state: PoolState, run: MethodRun): number {
  const { pool } = state
  const start = ledger.chains.start(pool)
  const isLayered = run.method === 'fifo'
  if (state.isLayered !== isLayered) convert(ledger, state, run)
  for (let position = run.from; position < run.until; ) {
    const end = Math.min(position - (position % markEvery) + markEvery, run.until)
    if (position > run.from && position >= run.marksFrom && position % markEvery === 0) {
      putMark(ledger, pool, position, state)
    }
    if (!isLayered && ledger.policy.changes.length > 0) {
      forgetSources(ledger, start + position, start + end)
    }
    const cost = isLayered ? costLayers : costAverage
    const reached = cost(ledger, state, start + position, start + end) - start
    if (reached < end) return reached
    position = end
  }
  return run.until
}

/** What goods without layers had taken first was said when other goods stood before them. */
function forgetSources({ chains, movements }: StockLedger, first: number, end: number): void {
  const { source } = movements.columns
  const { slots } = chains
  for (let slot = first; slot < end; slot++) source[slots[slot] as number] = -1
}

/** Month by month. */
function costMonths(ledger: StockLedger, state: PoolState, run: MethodRun): number {
  const { pool } = state
  const length = ledger.chains.length(pool)
  const start = ledger.chains.start(pool)
  if (state.isLayered) convert(ledger, state, run)
  for (let position = run.from; position < run.until; ) {
    const { until } = monthSpan(
      effectiveAt(ledger, ledger.chains.at(pool, position)),
      ledger.policy.zone,
    )
    const end = Math.min(positionAt(ledger, pool, until), run.until)
    const month = { first: start + position, end: start + end, until }
    if (awaitsParts(ledger, month)) return position
    if (position > run.from && position >= run.marksFrom) putMark(ledger, pool, position, state)
    const isOver = end < length || isClosed(ledger, pool, month, until)
    costMonth(ledger, state, { ...month, isOver })
    position = end
  }
  return run.until
}

/** [CST22] Whether every branch whose goods moved in the month has closed it. */
function isClosed(
  ledger: StockLedger,
  pool: number,
  { first, end }: Pick<MonthRun, 'first' | 'end'>,
  until: number,
): boolean {
  const branch = branchOfPool(ledger, pool)
  if (branch >= 0) return until <= ledger.closedUntil(branch)
  const branches = new Set(
    Array.from(ledger.chains.slots.subarray(first, end), (movement) => branchOf(ledger, movement)),
  )
  return [...branches].every((one) => until <= ledger.closedUntil(one))
}

/** The first position of the chain that is not before the moment. */
export function positionAt(ledger: StockLedger, pool: number, moment: number): number {
  let low = 0
  let high = ledger.chains.length(pool)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (effectiveAt(ledger, ledger.chains.at(pool, middle)) < moment) low = middle + 1
    else high = middle
  }
  return low
}

/** [CST20] What is on hand becomes one layer, or its layers one value; nothing is gained or lost. */
function convert(ledger: StockLedger, state: PoolState, { method, from }: MethodRun): void {
  const { pool, quantity, value } = state
  ledger.layers.clear(pool)
  state.isLayered = method === 'fifo'
  if (!state.isLayered || quantity <= 0) return
  const source = ledger.chains.at(pool, Math.max(from - 1, 0))
  ledger.layers.push(pool, source, quantity, value)
}
