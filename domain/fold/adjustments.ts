/**
 * What later documents say of the cost of a receipt: its invoice (采购发票) instead of the estimate,
 * landed cost (费用分摊) on top. In an open month the receipt is re-rated by replay, as if it had
 * always cost that [policies 9, 10]; so it does not matter which of the two comes first, and what is
 * reversed or loses force is as if it had never been said.
 */

import { appendRow } from '#domain/ledgers/columns/table.ts'
import { putValue, valueOf } from '#domain/ledgers/stock/change.ts'
import { shareOf } from '#domain/ledgers/stock/costing/share.ts'
import { rankMask, rankOf } from '#domain/ledgers/stock/movement.ts'
import type { CostAdjustment } from '#domain/records/posted-body.ts'
import { documentRow, movementOfLeg, movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { partInForce } from './parts.ts'

/** A row per adjustment that a buying part holds. */
export const adjustmentSchema = {
  part: 'i32',
  /** Document whose leg it speaks of. */
  document: 'i32',
  /** Name of the leg there. */
  leg: 'i32',
  /** 1 of an invoice, 0 of landed cost. */
  isInvoice: 'u8',
  /** Steps of an invoice. */
  quantity: 'f64',
  /** Fen. */
  amount: 'f64',
} as const

/** Rows as they are looked up; made from their table when first needed. */
export interface AdjustmentIndex {
  readonly byPart: Map<number, number[]>
  readonly byTarget: Map<number, number[]>
}

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
    const known = state.adjustmentIndex
    if (known !== undefined) addToIndex(known, row, part, columns.document[row] as number)
  }
  adjustTargetsOf(state, by)
}

/** What counts of the parts of `by` may have changed: its force, a part of it, its reversal. */
export function adjustTargetsOf(state: FoldState, by: number): void {
  if (state.adjustments.rows === 0) return
  const { byPart } = indexOf(state)
  const targets = new Set<number>()
  for (const part of partRows(state, by)) {
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
  if (state.adjustments.rows === 0) return
  const rows = indexOf(state).byTarget.get(document)
  if (rows === undefined) return
  const inForce = rowsByMovement(
    state,
    document,
    rows.filter((row) => counts(state, row)),
  )
  for (const movement of movementsOf(state, document)) {
    const said = inForce.get(movement)
    if (said === undefined && !state.baseValues.has(movement)) continue
    const base = baseOf(state, movement)
    if (said === undefined) state.baseValues.delete(movement)
    else state.baseValues.set(movement, base)
    putValue(state.ledger, movement, said === undefined ? base : ratedBy(state, movement, said))
  }
}

/** Rows in force that speak of a document, −1 for one that is not here. */
export function adjustmentsFor(state: FoldState, document: number): readonly number[] {
  if (state.adjustments.rows === 0 || document < 0) return []
  const rows = indexOf(state).byTarget.get(document) ?? []
  return rows.filter((row) => counts(state, row))
}

/** What the document of `movement` says it is worth, before any adjustment. */
export function putBase(state: FoldState, movement: number, amount: number | undefined): void {
  if (!state.baseValues.has(movement)) return putValue(state.ledger, movement, amount)
  state.baseValues.set(movement, amount)
  const { event } = state.ledger.movements.columns
  const { document } = state.ledger.events.columns
  adjustLegsOf(state, document[event[movement] as number] as number)
}

/** Undefined where it is not known. */
export function baseOf({ baseValues, ledger }: FoldState, movement: number): number | undefined {
  return baseValues.has(movement) ? baseValues.get(movement) : valueOf(ledger, movement)
}

/** Its movements are not in force any more. */
export function forgetBases(state: FoldState, movements: readonly number[]): void {
  for (const movement of movements) state.baseValues.delete(movement)
}

/** Whether the posting that says it is in force, with this part, and not reversed. */
function counts(state: FoldState, row: number): boolean {
  const part = state.adjustments.columns.part[row] as number
  const by = state.parts.columns.document[part] as number
  const isReversed = (state.documents.columns.reversal[by] as number) >= 0
  return !isReversed && partInForce(state, by, 'buying') === part
}

function rowsByMovement(
  state: FoldState,
  document: number,
  rows: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const { kind, quantity } = state.ledger.movements.columns
  const found = new Map<number, number[]>()
  for (const row of rows) {
    const leg = state.names.texts.read(state.adjustments.columns.leg[row] as number)
    const movement = movementOfLeg(state, document, leg)
    if (movement < 0 || (quantity[movement] as number) <= 0) continue
    if (((kind[movement] as number) & rankMask) > rankOf.receipt) continue
    const known = found.get(movement)
    if (known === undefined) found.set(movement, [row])
    else known.push(row)
  }
  return found
}

/**
 * The invoiced part at what the invoices say, the rest at the estimate; without an estimate, and where
 * more was invoiced than came, at the invoices' own price. Landed cost on top.
 */
function ratedBy(state: FoldState, movement: number, rows: readonly number[]): number | undefined {
  const { isInvoice, quantity, amount } = state.adjustments.columns
  const came = state.ledger.movements.columns.quantity[movement] as number
  const base = baseOf(state, movement)
  let invoiced = 0
  let billed = 0
  let landed = 0
  for (const row of rows) {
    if (isInvoice[row] === 1) {
      invoiced += quantity[row] as number
      billed += amount[row] as number
    } else landed += amount[row] as number
  }
  const isAll = invoiced > 0 && (invoiced >= came || base === undefined)
  const own = isAll ? shareOf(billed, came, invoiced) : base
  if (own === undefined) return undefined
  const rest = isAll || invoiced === 0 ? own : billed + own - shareOf(own, invoiced, came)
  return Math.max(rest + landed, 0)
}

function partRows({ documents, parts }: FoldState, document: number): number[] {
  const found: number[] = []
  let part = documents.columns.parts[document] as number
  for (; part >= 0; part = parts.columns.next[part] as number) found.push(part)
  return found
}

function indexOf(state: FoldState): AdjustmentIndex {
  if (state.adjustmentIndex !== undefined) return state.adjustmentIndex
  const index: AdjustmentIndex = { byPart: new Map(), byTarget: new Map() }
  const { part, document } = state.adjustments.columns
  for (let row = 0; row < state.adjustments.rows; row++) {
    addToIndex(index, row, part[row] as number, document[row] as number)
  }
  state.adjustmentIndex = index
  return index
}

function addToIndex(
  { byPart, byTarget }: AdjustmentIndex,
  row: number,
  part: number,
  target: number,
): void {
  for (const [rows, key] of [[byPart, part] as const, [byTarget, target] as const]) {
    const known = rows.get(key)
    if (known === undefined) rows.set(key, [row])
    else known.push(row)
  }
}
