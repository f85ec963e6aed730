/**
 * 影响预览 (impact preview): what a document would change if it were posted now, found by posting it,
 * reading the difference and taking it back. Exact, because it is the fold itself that answers, and
 * without a trace, because a movement that is taken out leaves none [CST13] [IMP1].
 */

import { settle } from '#domain/ledgers/stock/settle.ts'
import { trueUpOf } from '#domain/ledgers/stock/costing/true-up.ts'
import { isReversalBit } from '#domain/ledgers/stock/movement.ts'
import { effectiveAt } from '#domain/ledgers/stock/order.ts'
import type { KnownRecord } from '#domain/records/kinds.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { forgetAdjustments } from './adjustments.ts'
import { documentRow, isPosted } from './document-rows.ts'
import { type FoldState, nothingTouched } from './fold-state.ts'
import { applyPosted, forgetParked, forgetTakingBack, takeBack, takeOutOfForce } from './force.ts'
import { docIdOf } from './names.ts'
import { type PartRecord, partInForce } from './parts.ts'
import { type TakingBack, takenBackBy } from './reversal.ts'
import { forgetValues } from './values.ts'

/** Goods of a posted document that would cost something else. */
export interface ImpactedLeg {
  readonly docId: string
  readonly leg: string
  readonly sku: SkuId
  /** The leg of its reversal. */
  readonly isReversal: boolean
  /** When the goods moved. */
  readonly at: Instant
  /** Signed steps. */
  readonly quantity: Quantity
  /** Fen, signed as the quantity, with what was trued up since. */
  readonly costBefore: Money
  readonly costAfter: Money
}

/** Goods of one warehouse that would be below zero, or lie further below it. */
export interface ImpactedBalance {
  readonly sku: SkuId
  readonly warehouse: WarehouseId
  readonly before: Quantity
  readonly after: Quantity
}

/** What more, or less, of a cost no goods bear any more (成本尾差). */
export interface ImpactedDifference {
  readonly at: Instant
  /** Fen; more of it is less profit. */
  readonly amount: Money
}

export interface Impact {
  /** Oldest first. */
  readonly legs: readonly ImpactedLeg[]
  /** [IMP5] Oldest first. */
  readonly differences: readonly ImpactedDifference[]
  readonly negative: readonly ImpactedBalance[]
  /** What all goods together would be worth more, fen. */
  readonly valueChange: Money
}

/** A record that an act would write: parts of one posting not posted yet, one that it lacks, or what takes one back. */
export type TriedRecord = PartRecord | TakingBack

/**
 * The effect of `tried`, the records of one act, as if they came now. Nothing of it is left in the
 * state. Undefined for what is posted or supplied already: it would not be put in force.
 */
export function impactOf(state: FoldState, tried: readonly TriedRecord[]): Impact | undefined {
  const before = snapshotOf(state)
  return whileTried(state, tried, (pools) => differenceOf(state, before, pools))
}

/** What `read` says of the state while `tried` counts; undefined where it would not be put in force. */
export function whileTried<Read>(
  state: FoldState,
  tried: readonly TriedRecord[],
  read: (pools: readonly number[]) => Read,
): Read | undefined {
  if (tried.some((record) => !isTryable(state, record))) return undefined
  const { ledger } = state
  const touched = state.touched
  state.touched = nothingTouched()
  const undo = tried.map((record) => tryOne(state, record)).reverse()
  const answer = read(settle(ledger))
  for (const takeBack of undo) takeBack()
  settle(ledger)
  state.touched = touched
  return answer
}

/** What costs, values and balances were before something was tried. */
export interface Snapshot {
  readonly movements: number
  readonly costs: Float64Array
  readonly trueUps: Float64Array
  readonly values: Float64Array
  readonly differences: ReadonlyMap<number, number>
  readonly balances: Float64Array
}

export function snapshotOf({ ledger }: FoldState): Snapshot {
  const { rows, columns } = ledger.movements
  return {
    movements: rows,
    costs: columns.cost.slice(0, rows),
    trueUps: columns.value.slice(0, rows),
    values: ledger.poolTable.columns.value.slice(0, ledger.poolTable.rows),
    differences: new Map(ledger.differences),
    balances: ledger.lineTable.columns.quantity.slice(0, ledger.lineTable.rows),
  }
}

function isTryable(state: FoldState, record: TriedRecord): boolean {
  const branch = state.names.branches.find(record.branch)
  if (isTakingBack(record)) return branch >= 0
  if (branch < 0) return true
  const document = documentRow(state, record.body.docId, branch)
  if (record.kind === 'posted.v1') return !isPosted(state, document)
  return partInForce(state, document, record.body.part) < 0
}

/** Takes one record in; how to take it back. */
function tryOne(state: FoldState, record: TriedRecord): () => void {
  const branch = state.names.branches.intern(record.branch)
  if (!isTakingBack(record)) {
    return tryPart(state, documentRow(state, record.body.docId, branch), record)
  }
  return tryReversal(state, documentRow(state, takenBackBy(record), branch), record)
}

function isTakingBack(record: TriedRecord): record is TakingBack {
  return record.kind === 'reversed.v1' || record.kind === 'unapproved.v1'
}

/** Never the hash of a record that came. */
const noHash = -1

function tryPart(state: FoldState, document: number, record: PartRecord): () => void {
  const { parts, documents } = state
  const first = documents.columns.parts[document] as number
  const rows = parts.rows
  const adjusted = state.adjustments.rows
  const wasDisputed = state.disputed.has(document)
  const wasLater = state.laterVersions.has(document)
  applyPosted(state, { record, hash: noHash } as Parameters<typeof applyPosted>[1])
  return () => {
    if (documents.columns.lead[document] === rows) takeOutOfForce(state, document)
    else forgetParked(state, document, rows)
    state.waitingValues.delete(rows)
    documents.columns.parts[document] = first
    parts.rows = rows
    forgetAdjustments(state, adjusted)
    if (record.kind === 'part-supplied.v1') forgetValues(state, document)
    if (!wasDisputed) state.disputed.delete(document)
    if (!wasLater) state.laterVersions.delete(document)
  }
}

function tryReversal(state: FoldState, document: number, record: TakingBack): () => void {
  const rows = state.reversals.rows
  const wasDisputed = state.disputed.has(document)
  takeBack(state, { record, hash: noHash } as Parameters<typeof takeBack>[1])
  return () => {
    if (state.reversals.rows > rows) forgetTakingBack(state, document, rows)
    if (!wasDisputed) state.disputed.delete(document)
  }
}

/** What costs something else in these pools, all that have changed. */
export function differenceOf(state: FoldState, before: Snapshot, pools: readonly number[]): Impact {
  const { ledger } = state
  const { value } = ledger.poolTable.columns
  let valueChange = 0
  const legs: ImpactedLeg[] = []
  const differences: ImpactedDifference[] = []
  for (const pool of pools) {
    valueChange += (value[pool] as number) - (before.values[pool] ?? 0)
    for (const movement of ledger.chains.view(pool)) {
      const leg = changedLeg(state, before, movement)
      if (leg !== undefined) legs.push(leg)
      const { differences: now } = ledger
      const amount = (now.get(movement) ?? 0) - (before.differences.get(movement) ?? 0)
      const at = effectiveAt(ledger, movement) as Instant
      if (amount !== 0) differences.push({ at, amount: amount as Money })
    }
  }
  legs.sort((a, b) => a.at - b.at)
  differences.sort((a, b) => a.at - b.at)
  const negative = newlyNegative(state, before)
  return { legs, differences, negative, valueChange: valueChange as Money }
}

function changedLeg(
  { names, ledger }: FoldState,
  before: Snapshot,
  movement: number,
): ImpactedLeg | undefined {
  if (movement >= before.movements) return undefined
  const { cost, quantity, leg, line, event, kind } = ledger.movements.columns
  const moved = quantity[movement] as number
  const trueUpBefore = moved < 0 ? (before.trueUps[movement] as number) : 0
  const costBefore = (before.costs[movement] as number) - trueUpBefore
  const costAfter = (cost[movement] as number) - trueUpOf(ledger, movement)
  if (costBefore === costAfter) return undefined
  const document = ledger.events.columns.document[event[movement] as number] as number
  return {
    docId: docIdOf(names, document),
    leg: names.texts.read(leg[movement] as number),
    sku: names.skus.text(ledger.lines.first(line[movement] as number)) as SkuId,
    isReversal: ((kind[movement] as number) & isReversalBit) !== 0,
    at: effectiveAt(ledger, movement) as Instant,
    quantity: moved as Quantity,
    costBefore: costBefore as Money,
    costAfter: costAfter as Money,
  }
}

function newlyNegative({ names, ledger }: FoldState, before: Snapshot): ImpactedBalance[] {
  const found: ImpactedBalance[] = []
  for (const line of ledger.negativeLines) {
    const was = before.balances[line] ?? 0
    const is = ledger.lineTable.columns.quantity[line] as number
    if (is >= was) continue
    found.push({
      sku: names.skus.text(ledger.lines.first(line)) as SkuId,
      warehouse: names.warehouses.text(
        ledger.places.first(ledger.lines.second(line)),
      ) as WarehouseId,
      before: was as Quantity,
      after: is as Quantity,
    })
  }
  return found
}

/** The records of an act that can be tried; others change no stock. */
export function tryable(records: readonly KnownRecord[]): readonly TriedRecord[] {
  return records.filter(
    (record): record is TriedRecord =>
      record.kind === 'posted.v1' ||
      record.kind === 'part-supplied.v1' ||
      record.kind === 'reversed.v1' ||
      record.kind === 'unapproved.v1',
  )
}
