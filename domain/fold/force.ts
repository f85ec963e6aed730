/**
 * [F2] In force: of several postings of one document the one whose lead part has the lower
 * (hlc, device) counts, wherever and whenever each arrives. A goods posting comes before any other,
 * so that what only goods readers see decides goods; of these, what an earlier seal covers.
 */

import { noteCount, noteRestating } from '#domain/ledgers/stock/counts.ts'
import { cellOf, lineOf, noCell } from '#domain/ledgers/stock/place.ts'
import { stockStatuses } from '#domain/records/posted-body.ts'
import { putBatchDates } from '#domain/ledgers/stock/batch-dates.ts'
import { putEvent, putMovement } from '#domain/ledgers/stock/change.ts'
import { rankOf } from '#domain/ledgers/stock/movement.ts'
import { audiences } from '#domain/records/audience.ts'
import type { RecordOf } from '#domain/records/kinds.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import { adjustLegsOf, adjustTargetsOf, noteAdjustments } from './adjustments.ts'
import { dropClaimsOfPart, putClaims, touchClaims } from './claims.ts'
import { compareStamps } from './compare-stamps.ts'
import { coverageOfPart, momentOfPart } from './coverage.ts'
import { documentRow } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { noteLateness } from './late.ts'
import { settleLate } from './late-values.ts'
import { claimNumber } from './numbers.ts'
import { park, parkMovements, unpark } from './parked.ts'
import { addPart, isLeadPart, type Hashed, type PartRecord, partsOf } from './parts.ts'
import { notePricing } from './pricing-findings.ts'
import { addReference, resolveReferencesTo } from './references.ts'
import { mirror, unmirror } from './reversal.ts'
import { putFlowsOf } from './internal-moves.ts'
import { applyValues, noteValues } from './values.ts'

/** Takes a posting, or a part supplied for one, into the state. */
export function applyPosted(state: FoldState, posted: Hashed<PartRecord>): void {
  const { record } = posted
  const { body } = record
  const document = documentRow(state, body.docId, state.names.branches.intern(record.branch))
  const part = addPart(state, document, posted)
  if (part < 0) return
  state.touched.documents.add(document)
  if (isLeadPart(state, part)) considerLead(state, document, part, record as RecordOf<'posted.v1'>)
  if (body.part !== 'buying') return
  noteValues(state, part, body.values ?? [])
  noteAdjustments(state, part, body.adjustments ?? [])
}

/** Leads of different postings of one document, in force first; one alone in good order. */
export function leadsOf(state: FoldState, document: number): number[] {
  return [...partsOf(state, document)]
    .filter((part) => isLeadPart(state, part))
    .sort((a, b) => compareLeads(state, a, b))
}

function considerLead(
  state: FoldState,
  document: number,
  part: number,
  record: RecordOf<'posted.v1'>,
): void {
  putClaims(state, document, part, record)
  const current = state.documents.columns.lead[document] as number
  if (current >= 0) state.disputed.add(document)
  if (state.disputed.has(document)) state.touched.hasFindings = true
  if (current >= 0 && compareLeads(state, current, part) < 0) {
    return parkNewcomer(state, document, part, record)
  }
  if (current >= 0) leaveForce(state, document)
  putInForce(state, document, part, record)
  settleInForce(state, document)
}

/** [F2] Puts the posting in force that should be, of several that are known; whether it was another. */
export function reconsider(state: FoldState, document: number): boolean {
  const current = state.documents.columns.lead[document] as number
  const [chosen] = leadsOf(state, document)
  if (current < 0 || chosen === undefined || chosen === current) return false
  leaveForce(state, document)
  unpark(state, document, chosen)
  state.inOrder.add(document)
  settleInForce(state, document)
  return true
}

function leaveForce(state: FoldState, document: number): void {
  unmirror(state, document)
  park(state, document)
}

/** What depends on which posting is in force. */
function settleInForce(state: FoldState, document: number): void {
  resolveReferencesTo(state, document)
  applyValues(state, document)
  adjustLegsOf(state, document)
  mirror(state, document)
  settleLate(state, document)
  notePricing(state, document)
  adjustTargetsOf(state, document)
  touchClaims(state, document)
  noteLateness(state, document)
}

function compareLeads(state: FoldState, a: number, b: number): number {
  const { names, parts } = state
  const { audience } = parts.columns
  return (
    (audience[a] as number) - (audience[b] as number) ||
    coverageOfPart(state, a) - coverageOfPart(state, b) ||
    compareStamps(names, parts.columns, a, b)
  )
}

function putInForce(
  state: FoldState,
  document: number,
  part: number,
  record: RecordOf<'posted.v1'>,
): void {
  const { names, documents } = state
  const { body } = record
  const columns = documents.columns
  columns.lead[document] = part
  columns.type[document] = names.types.intern(body.type)
  columns.number[document] = claimNumber(state, document, body.number)
  columns.by[document] = names.users.intern(record.by)
  columns.at[document] = record.at
  columns.effective[document] = momentOfPart(state, part, record.at)
  columns.named[document] = namedParts(body)
  const first = putLegs(state, document, record, (own) => momentOfPart(state, part, own))
  // A leg may have spoken of a new document, and these columns grown.
  documents.columns.first[document] = first
  documents.columns.count[document] = body.legs?.length ?? 0
  state.inOrder.add(document)
}

/** The posting in force counts no more, nor can it come back; what referred to it stands by itself. */
export function takeOutOfForce(state: FoldState, document: number): void {
  const part = state.documents.columns.lead[document] as number
  leaveForce(state, document)
  state.parked.delete(part)
  notePricing(state, document)
  adjustTargetsOf(state, document)
  dropClaimsOfPart(state, document, part)
  noteLateness(state, document)
}

/** A posting that comes second: known, and ready to take the place of the one in force. */
function parkNewcomer(
  state: FoldState,
  document: number,
  part: number,
  record: RecordOf<'posted.v1'>,
): void {
  const { names } = state
  const { body } = record
  const count = body.legs?.length ?? 0
  const first = putLegs(state, document, record, (own) => own)
  parkMovements(state, part, {
    type: names.types.intern(body.type),
    number: body.number,
    by: names.users.intern(record.by),
    at: record.at,
    named: namedParts(body),
    movements: Array.from({ length: count }, (_, i) => first + i),
  })
}

/**
 * Legs move goods where the goods part leads; a goods part behind another lead is only read. The first
 * movement of them.
 */
function putLegs(
  state: FoldState,
  document: number,
  record: RecordOf<'posted.v1'>,
  momentOf: (own: number) => number,
): number {
  const { names, ledger } = state
  const first = ledger.movements.rows
  const legs = record.body.legs ?? []
  const branch = state.documents.columns.branch[document] as number
  const eventOf = eventsOf(state, document, record, momentOf)
  const movementByLeg = new Map<string, number>()
  for (const leg of legs) {
    const line = lineOf(
      ledger,
      names.skus.intern(leg.sku),
      names.warehouses.intern(leg.warehouse),
      branch,
    )
    const movement = putMovement(ledger, {
      ...{ event: eventOf(leg), line, cell: cellOfLeg(state, line, leg) },
      leg: names.texts.append(leg.leg),
      quantity: leg.quantity,
      kind: rankOf[leg.class],
    })
    noteCounted(state, movement, leg)
    if (leg.batch !== undefined) putBatchDates(ledger, movement, leg)
    movementByLeg.set(leg.leg, movement)
    if (leg.origin !== undefined) addReference(state, movement, branch, leg.origin)
  }
  putFlowsOf(ledger, legs, movementByLeg)
  return first
}

/** One event for all legs; one more per moment at which something was counted. */
function eventsOf(
  { names, ledger }: FoldState,
  document: number,
  record: RecordOf<'posted.v1'>,
  momentOf: (own: number) => number,
): (leg: Leg) => number {
  const device = names.devices.intern(record.device)
  const eventByMoment = new Map<number, number>()
  return ({ countedAt: own = record.at }) => {
    const known = eventByMoment.get(own)
    if (known !== undefined) return known
    const event = putEvent(ledger, { at: momentOf(own), own, hlc: record.hlc, device, document })
    eventByMoment.set(own, event)
    return event
  }
}

function noteCounted({ ledger }: FoldState, movement: number, leg: Leg): void {
  const { counted, book, countedFrom: since } = leg
  if (leg.class === 'count' && counted === undefined && leg.quantity === 0) {
    return noteRestating(ledger, movement)
  }
  if (counted === undefined) return
  noteCount(ledger, movement, {
    counted,
    ...(book !== undefined && { book }),
    ...(since !== undefined && { since }),
  })
}

function cellOfLeg({ names, ledger }: FoldState, line: number, leg: Leg): number {
  const { batch = '', serial = '', bin = '', status } = leg
  if (batch === '' && serial === '' && bin === '' && status === undefined) return noCell
  return cellOf(ledger, line, {
    batch: names.batches.intern(batch),
    serial: names.serials.intern(serial),
    bin: names.bins.intern(bin),
    status: status === undefined ? 0 : 1 + stockStatuses.indexOf(status),
  })
}

function namedParts(body: PostedBody): number {
  return audiences.reduce(
    (bits, audience, index) => (Object.hasOwn(body.parts, audience) ? bits | (1 << index) : bits),
    0,
  )
}
