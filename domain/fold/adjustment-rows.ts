/**
 * Adjustments as rows: what a buying part says of the legs of other documents, which of it counts, from when
 * on, and what goods cost by it. Changes nothing.
 */

import { valueOf } from '#domain/ledgers/stock/change.ts'
import { shareOf } from '#domain/ledgers/stock/costing/share.ts'
import { rankMask, rankOf } from '#domain/ledgers/stock/movement.ts'
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import { coverageOfPart, coverageOfReversal } from './coverage.ts'
import type { FoldState } from './fold-state.ts'
import { partInForce } from './parts.ts'
import { momentUnder, type SealBook, sealBookOf } from './seals.ts'
import { timingOf } from './versions.ts'

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

/** When something was said that counts late: its moment, and what orders it among others. */
export interface Saying {
  /** When it takes effect, and what its record says. */
  readonly at: number
  readonly own: number
  readonly hlc: number
  readonly device: number
  /** Name of the record, in the heap. */
  readonly record: number
  /** Whose record it is. */
  readonly document: number
}

/** A row that counts: with the goods where `from` is left out, and to the end where `until` is. */
export interface CountedSpan {
  readonly row: number
  readonly from?: Saying
  readonly until?: Saying
}

/** Rows in force that speak of a document and are not taken back, −1 for one that is not here. */
export function adjustmentsFor(state: FoldState, document: number): readonly number[] {
  const { reversal } = state.documents.columns
  return rowsInForce(state, document).filter((row) => (reversal[byOf(state, row)] as number) < 0)
}

/** [SEL12] Which rows count for the goods of a document, and since when where its month was closed by then. */
export function countedSpans(state: FoldState, document: number): readonly CountedSpan[] {
  const book = sealBookOf(state, state.documents.columns.branch[document] as number)
  return rowsInForce(state, document).flatMap((row): CountedSpan[] => {
    const by = byOf(state, row)
    const from = partSaying(state, { row, by, document, book })
    const reversal = state.documents.columns.reversal[by] as number
    if (reversal < 0) return [{ row, ...(from !== undefined && { from }) }]
    if (!isSaidLate(state, document, book, coverageOfReversal(state, reversal))) return []
    const until = reversalSaying(state, reversal)
    // Taken back before it counts, it never does.
    if (from !== undefined && compareSayings(state, until, from) <= 0) return []
    return [{ row, ...(from !== undefined && { from }), until }]
  })
}

/** Whether what a seal first covers so was said when the month of the document was closed. */
export function isSaidLate(
  { documents }: FoldState,
  document: number,
  book: SealBook,
  coverage: number,
): boolean {
  const closed = book.seals[coverage - 1]?.said.until ?? 0
  return (documents.columns.effective[document] as number) < closed
}

interface Asked {
  readonly row: number
  /** The document that says it, and the one that it is said of. */
  readonly by: number
  readonly document: number
  readonly book: SealBook
}

function partSaying(state: FoldState, { row, by, document, book }: Asked): Saying | undefined {
  if (book.seals.length === 0) return undefined
  const part = state.adjustments.columns.part[row] as number
  const { lead, at } = state.documents.columns
  // It says nothing before its posting is known.
  const leading = coverageOfPart(state, lead[by] as number)
  const coverage = Math.max(coverageOfPart(state, part), leading)
  if (!isSaidLate(state, document, book, coverage)) return undefined
  const { hlc, device, record } = state.parts.columns
  const said = { at: at[by] as number, isAsserting: false }
  const own = timingOf(state, lead[by] as number, said).ownOf(said.at)
  return {
    at: momentUnder(book, coverage, own),
    ...{ own, document: by, hlc: hlc[part] as number, device: device[part] as number },
    record: record[part] as number,
  }
}

/** When a reversal takes effect. */
export function reversalSaying(state: FoldState, reversal: number): Saying {
  const { document, at, hlc, device, record } = state.reversals.columns
  const book = sealBookOf(
    state,
    state.documents.columns.branch[document[reversal] as number] as number,
  )
  const own = at[reversal] as number
  return {
    ...{ at: momentUnder(book, coverageOfReversal(state, reversal), own), own },
    ...{ hlc: hlc[reversal] as number, device: device[reversal] as number },
    ...{ record: record[reversal] as number, document: document[reversal] as number },
  }
}

export function compareSayings({ names }: FoldState, a: Saying, b: Saying): number {
  return (
    a.at - b.at ||
    a.hlc - b.hlc ||
    compareTexts(names.devices.text(a.device), names.devices.text(b.device)) ||
    compareTexts(names.texts.read(a.record), names.texts.read(b.record))
  )
}

/** Of the postings in force, by the parts in force. */
function rowsInForce(state: FoldState, document: number): readonly number[] {
  if (state.adjustments.rows === 0 || document < 0) return []
  const rows = adjustmentIndexOf(state).byTarget.get(document) ?? []
  const { part } = state.adjustments.columns
  return rows.filter((row) => partInForce(state, byOf(state, row), 'buying') === part[row])
}

function byOf({ adjustments, parts }: FoldState, row: number): number {
  return parts.columns.document[adjustments.columns.part[row] as number] as number
}

/** Whether a row speaks of this movement of goods in. */
export function isOfMovement(state: FoldState, row: number, movement: number): boolean {
  const { kind, quantity, leg } = state.ledger.movements.columns
  if ((quantity[movement] as number) <= 0) return false
  if (((kind[movement] as number) & rankMask) > rankOf.receipt) return false
  const name = state.names.texts.read(state.adjustments.columns.leg[row] as number)
  return state.names.texts.equals(leg[movement] as number, name)
}

/** What the document of a movement says it is worth, before any adjustment; undefined where it is not known. */
export function baseOf({ baseValues, ledger }: FoldState, movement: number): number | undefined {
  return baseValues.has(movement) ? baseValues.get(movement) : valueOf(ledger, movement)
}

/**
 * The invoiced part at what the invoices say, the rest at the estimate; without an estimate, and where
 * more was invoiced than came, at the invoices' own price. Landed cost on top.
 */
export function ratedBy(
  state: FoldState,
  movement: number,
  base: number | undefined,
  rows: Iterable<number>,
): number | undefined {
  const { isInvoice, quantity, amount } = state.adjustments.columns
  const came = state.ledger.movements.columns.quantity[movement] as number
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

export function adjustmentIndexOf(state: FoldState): AdjustmentIndex {
  if (state.adjustmentIndex !== undefined) return state.adjustmentIndex
  const index: AdjustmentIndex = { byPart: new Map(), byTarget: new Map() }
  state.adjustmentIndex = index
  for (let row = 0; row < state.adjustments.rows; row++) addToIndex(state, row)
  return index
}

/** Nothing while nobody has asked for the index: it is made with all rows then. */
export function addToIndex({ adjustments, adjustmentIndex }: FoldState, row: number): void {
  if (adjustmentIndex === undefined) return
  const { part, document } = adjustments.columns
  addTo(adjustmentIndex.byPart, part[row] as number, row)
  addTo(adjustmentIndex.byTarget, document[row] as number, row)
}

/** The rows that came last are there no more, down to the first `rows`; what they spoke of stays a key. */
export function cutFromIndex({ adjustments, adjustmentIndex }: FoldState, rows: number): void {
  if (adjustmentIndex === undefined) return
  const { part, document } = adjustments.columns
  for (let row = adjustments.rows - 1; row >= rows; row--) {
    adjustmentIndex.byPart.get(part[row] as number)?.pop()
    // A document without a key was never adjusted, and would not be rated back.
    adjustmentIndex.byTarget.get(document[row] as number)?.pop()
  }
}

function addTo(rowsByKey: Map<number, number[]>, key: number, row: number): void {
  const known = rowsByKey.get(key)
  if (known === undefined) rowsByKey.set(key, [row])
  else known.push(row)
}
