/**
 * What later documents say of the cost of a receipt: its invoice (采购发票) instead of the estimate,
 * landed cost (费用分摊) on top. In an open month the receipt is re-rated by replay, as if it had
 * always cost that; what is said when its month is closed changes the value at its own date
 * [policies 9, 10]. So it does not matter which of them comes first, and what is reversed or loses
 * force is as if it had never been said.
 */

import { appendRow } from '#domain/ledgers/columns/table.ts'
import { putValue } from '#domain/ledgers/stock/change.ts'
import type { CostAdjustment } from '#domain/records/posted-body.ts'
import {
  addToIndex,
  adjustmentIndexOf,
  baseOf,
  countedSpans,
  cutFromIndex,
  isOfMovement,
  ratedBy,
} from './adjustment-rows.ts'
import { documentRow, movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { settleLate } from './late-values.ts'
import { partsOf } from './parts.ts'
import { notePricing } from './pricing-findings.ts'

/** Takes in what a buying part says of other documents of its branch. */
export function noteAdjustments(
  state: FoldState,
  part: number,
  adjustments: readonly CostAdjustment[],
): void {
  const by = state.parts.columns.document[part] as number
  const branch = state.documents.columns.branch[by] as number
  for (const { docId, leg, kind, quantity, amount } of adjustments) {
    const row = appendRow(state.adjustments)
    const columns = state.adjustments.columns
    columns.part[row] = part
    columns.document[row] = documentRow(state, docId, branch)
    columns.leg[row] = state.names.texts.append(leg)
    columns.isInvoice[row] = Number(kind === 'invoice')
    columns.quantity[row] = quantity ?? 0
    columns.amount[row] = amount
    addToIndex(state, row)
  }
  adjustTargetsOf(state, by)
}

/** What was taken in last was only tried: of the rows the first `rows` are left, and nothing of the others. */
export function forgetAdjustments(state: FoldState, rows: number): void {
  const { adjustments } = state
  const targets = new Set(adjustments.columns.document.subarray(rows, adjustments.rows))
  cutFromIndex(state, rows)
  adjustments.rows = rows
  for (const target of targets) adjustLegsOf(state, target)
}

/** What counts of the parts of `by` may have changed: its force, a part of it, its reversal. */
export function adjustTargetsOf(state: FoldState, by: number): void {
  if (state.adjustments.rows === 0) return
  const { byPart } = adjustmentIndexOf(state)
  const targets = new Set<number>()
  for (const part of partsOf(state, by)) {
    for (const row of byPart.get(part) ?? []) {
      targets.add(state.adjustments.columns.document[row] as number)
    }
  }
  for (const target of targets) {
    state.touched.documents.add(target)
    adjustLegsOf(state, target)
  }
}

/** Re-rates the receipts in force of `document` by all that is said of them. */
export function adjustLegsOf(state: FoldState, document: number): void {
  rateLegs(state, document)
  settleLate(state, document)
  notePricing(state, document)
}

/** By what was said before their month was closed. */
function rateLegs(state: FoldState, document: number): void {
  if (!adjustmentIndexOf(state).byTarget.has(document)) return
  const onTime = countedSpans(state, document).filter(({ from }) => from === undefined)
  for (const movement of movementsOf(state, document)) {
    const rows = onTime.map(({ row }) => row).filter((row) => isOfMovement(state, row, movement))
    if (rows.length === 0 && !state.baseValues.has(movement)) continue
    const base = baseOf(state, movement)
    if (rows.length === 0) state.baseValues.delete(movement)
    else state.baseValues.set(movement, base)
    putValue(
      state.ledger,
      movement,
      rows.length === 0 ? base : ratedBy(state, movement, base, rows),
    )
  }
}

/** What the document of `movement` says it is worth, before any adjustment. */
export function putBase(state: FoldState, movement: number, amount: number | undefined): void {
  if (!state.baseValues.has(movement)) return putValue(state.ledger, movement, amount)
  state.baseValues.set(movement, amount)
  const { event } = state.ledger.movements.columns
  const { document } = state.ledger.events.columns
  rateLegs(state, document[event[movement] as number] as number)
}

/** Its movements are not in force any more. */
export function forgetBases(state: FoldState, movements: readonly number[]): void {
  for (const movement of movements) state.baseValues.delete(movement)
}
