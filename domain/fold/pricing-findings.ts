/**
 * Findings about invoices and charges after a merge: a line of a receipt billed beyond what came of it, and
 * what speaks of a receipt that is taken back or not here. They change no money; each closes itself.
 */

import { adjustmentIndexOf, adjustmentsFor, isOfMovement } from './adjustment-rows.ts'
import { branchText, isPosted, movementsOf } from './document-rows.ts'
import { aboutFinding, type Finding, limitEvidence } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'

/** Notes whether the findings about what prices a document may be others now. */
export function notePricing(state: FoldState, document: number): void {
  const { mispriced } = state
  if (state.adjustments.rows === 0 || !adjustmentIndexOf(state).byTarget.has(document)) return
  const was = mispriced === undefined || mispriced.has(document)
  const is = mispriced === undefined || isMispriced(state, document)
  if (was || is) state.touched.hasFindings = true
  if (is) mispriced?.add(document)
  else mispriced?.delete(document)
}

/** [ADJ7] [ADJ8] */
export function* pricingTrouble(state: FoldState): Generator<Finding> {
  if (state.adjustments.rows === 0) return
  state.mispriced ??= new Set(
    [...adjustmentIndexOf(state).byTarget.keys()].filter((each) => isMispriced(state, each)),
  )
  for (const document of state.mispriced) {
    yield* overInvoiced(state, document)
    yield* withoutReceipt(state, document)
  }
}

function isMispriced(state: FoldState, document: number): boolean {
  const found = overInvoiced(state, document).next().done !== true
  return found || withoutReceipt(state, document).next().done !== true
}

interface BilledLine {
  readonly line: string
  readonly sku: number
  /** Steps. */
  came: number
  invoiced: number
  readonly by: Set<number>
}

function* overInvoiced(state: FoldState, document: number): Generator<Finding> {
  const docId = docIdOf(state.names, document)
  const branch = branchText(state, document)
  for (const { line, sku, came, invoiced, by } of billedLines(state, document)) {
    if (invoiced <= came) continue
    const invoices = [...by].map((each) => docIdOf(state.names, each)).sort()
    yield {
      ...{ key: `over-invoiced|${branch}|${docId}|${line}`, code: 'over-invoiced' },
      ...{ ...aboutFinding['over-invoiced'], layer: 'buying', branch },
      skuId: state.names.skus.text(sku),
      evidence: {
        ...{ docId, line, came, invoiced, quantity: invoiced - came },
        remedies: ['reverse-invoice', 'receive-rest'],
      },
      documents: [docId, ...invoices].slice(0, limitEvidence),
    }
  }
}

/** Of a receipt that stands, by its lines: pieces with serial numbers are legs of their own. */
function billedLines(state: FoldState, document: number): Iterable<BilledLine> {
  const lines = new Map<string, BilledLine>()
  if (!isPosted(state, document) || isReversed(state, document)) return []
  const rows = adjustmentsFor(state, document)
  const { isInvoice, quantity } = state.adjustments.columns
  const { quantity: moved, leg, line } = state.ledger.movements.columns
  for (const movement of movementsOf(state, document)) {
    const [name = ''] = state.names.texts.read(leg[movement] as number).split('#', 1)
    const sku = state.ledger.lines.first(line[movement] as number)
    const billed = lines.get(name) ?? { line: name, sku, came: 0, invoiced: 0, by: new Set() }
    billed.came += Math.max(moved[movement] as number, 0)
    for (const row of rows) {
      if (isInvoice[row] === 0 || !isOfMovement(state, row, movement)) continue
      billed.invoiced += quantity[row] as number
      billed.by.add(saidBy(state, row))
    }
    lines.set(name, billed)
  }
  return lines.values()
}

type Reason = 'receipt-missing' | 'receipt-reversed' | 'line-missing'

/** One for each document that prices goods of `document` which are not there. */
function* withoutReceipt(state: FoldState, document: number): Generator<Finding> {
  const reasonBy = new Map<number, Reason>()
  for (const row of adjustmentsFor(state, document)) {
    const reason = reasonOf(state, document, row)
    if (reason !== undefined) reasonBy.set(saidBy(state, row), reason)
  }
  const receipt = docIdOf(state.names, document)
  const branch = branchText(state, document)
  for (const [by, reason] of reasonBy) {
    const docId = docIdOf(state.names, by)
    const code = reason === 'receipt-reversed' ? 'priced-reversed' : 'priced-missing'
    yield {
      ...{ key: `${code}|${branch}|${docId}|${receipt}`, code, ...aboutFinding[code] },
      ...{ layer: 'buying', branch },
      evidence: {
        ...{ docId, receipt, reason },
        remedies: [reason === 'receipt-missing' ? 'wait-for-receipt' : 'reverse-invoice'],
      },
      documents: isPosted(state, document) ? [docId, receipt] : [docId],
    }
  }
}

function reasonOf(state: FoldState, document: number, row: number): Reason | undefined {
  if (!isPosted(state, document)) return 'receipt-missing'
  if (isReversed(state, document)) return 'receipt-reversed'
  for (const movement of movementsOf(state, document)) {
    if (isOfMovement(state, row, movement)) return undefined
  }
  return 'line-missing'
}

function isReversed({ documents }: FoldState, document: number): boolean {
  return (documents.columns.reversal[document] as number) >= 0
}

function saidBy({ adjustments, parts }: FoldState, row: number): number {
  return parts.columns.document[adjustments.columns.part[row] as number] as number
}
