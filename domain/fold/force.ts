/**
 * [F2] In force: of several postings of one document the one whose lead part has the lower
 * (hlc, device) counts, wherever and whenever each arrives. A goods posting comes before any other,
 * so that what only goods readers see decides goods; of these, what an earlier seal covers.
 */

import { noteCount, noteRestating } from '#domain/ledgers/stock/counts.ts'
import { cellOf, lineOf, noCell } from '#domain/ledgers/stock/place.ts'
import { stockStatuses } from '#domain/records/posted-body.ts'
import { putBatchDates } from '#domain/ledgers/stock/batch-dates.ts'
import { putEvent, putMoments, putMovement } from '#domain/ledgers/stock/change.ts'
import { rankOf } from '#domain/ledgers/stock/movement.ts'
import { audiences } from '#domain/records/audience.ts'
import type { RecordOf } from '#domain/records/kinds.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import { adjustLegsOf, adjustTargetsOf, noteAdjustments } from './adjustments.ts'
import { dropClaimsOfPart, putClaims, touchClaims } from './claims.ts'
import { documentRow, movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { noteLateness } from './late.ts'
import { settleLate } from './late-values.ts'
import { claimNumber } from './numbers.ts'
import { park, parkMovements, unpark } from './parked.ts'
import {
  addPart,
  branchIn,
  compareLeads,
  isLeadPart,
  type Hashed,
  leadsOf,
  type PartRecord,
} from './parts.ts'
import { notePricing } from './pricing-findings.ts'
import { addReference, resolveReferencesTo } from './references.ts'
import { applyReversed, forgetReversal, mirror, type TakingBack, unmirror } from './reversal.ts'
import { legsIn, type PlacedLeg } from './halves.ts'
import { putFlowsOf } from './internal-moves.ts'
import { applyValues, noteValues } from './values.ts'
import { isHeldBack, nextOf, type Timing, timingOf, timingOfMovements } from './versions.ts'

/** A lead part with the legs that its branch leads. */
type LeadRecord = RecordOf<'posted.v1'> & { readonly legs: readonly PlacedLeg[] }

/** Takes a posting, or a part supplied for one, into the state. */
export function applyPosted(state: FoldState, posted: Hashed<PartRecord>): void {
  const { record } = posted
  const { body } = record
  const branch = branchIn(posted)
  const document = documentRow(state, body.docId, state.names.branches.intern(branch))
  const part = addPart(state, document, posted)
  if (part < 0) return
  state.touched.documents.add(document)
  const lead = { ...(record as RecordOf<'posted.v1'>), legs: legsIn(branch, record) }
  if (isLeadPart(state, part)) considerLead(state, document, part, lead)
  if (body.part !== 'buying') return
  noteValues(state, part, body.values ?? [])
  noteAdjustments(state, part, body.adjustments ?? [])
}

/** Takes in what takes a document back, whole or this version of it. */
export function takeBack(state: FoldState, reversed: Hashed<TakingBack>): void {
  reconsiderNext(state, applyReversed(state, reversed))
}

/** [IMP1] A reversal was only tried. */
export function forgetTakingBack(state: FoldState, document: number, rows: number): void {
  forgetReversal(state, document, rows)
  reconsiderNext(state, document)
}

function considerLead(state: FoldState, document: number, part: number, record: LeadRecord): void {
  putClaims(state, document, part, record)
  const current = state.documents.columns.lead[document] as number
  if (current >= 0 || state.laterVersions.has(document)) state.disputed.add(document)
  if (state.disputed.has(document)) state.touched.hasFindings = true
  const isLower = current >= 0 && compareLeads(state, current, part) < 0
  if (isLower || isHeldBack(state, document, part)) {
    parkNewcomer(state, document, part, record)
    if (!isLower) reconsider(state, document)
    return reconsiderNext(state, document)
  }
  if (current >= 0) leaveForce(state, document)
  putInForce(state, document, part, record)
  settleInForce(state, document)
}

/** [F2] [VRS3] Puts the posting in force that should be, of those that are known; whether it was another. */
export function reconsider(state: FoldState, document: number): boolean {
  const current = state.documents.columns.lead[document] as number
  const [first] = leadsOf(state, document)
  const isFree = first !== undefined && !isHeldBack(state, document, first)
  const chosen = isFree ? first : -1
  if (chosen === current) return false
  if (current >= 0) leaveForce(state, document)
  if (chosen < 0) {
    standAside(state, document)
    return true
  }
  unpark(state, document, chosen)
  state.inOrder.add(document)
  settleInForce(state, document)
  return true
}

/** What became of a version decides whether the next counts, and from when on. */
export function reconsiderNext(state: FoldState, document: number): void {
  const next = nextOf(state, document)
  if (next < 0) return
  state.touched.hasFindings = true
  const wasMoved = reconsider(state, next) || moveDocument(state, next)
  if (!wasMoved) return
  state.touched.documents.add(next)
  reconsiderNext(state, next)
}

/** Whether the document in force takes effect at another moment than before. */
export function moveDocument(state: FoldState, document: number): boolean {
  const { at, effective, lead } = state.documents.columns
  const part = lead[document] as number
  if (part < 0) return false
  const movements = [...movementsOf(state, document)]
  const own = at[document] as number
  const { momentOf, ownOf } = timingOfMovements(state, part, own, movements)
  if (momentOf(own) === effective[document]) return false
  effective[document] = momentOf(own)
  putMoments(state.ledger, movements, momentOf, ownOf)
  noteLateness(state, document)
  adjustTargetsOf(state, document)
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
  reconsiderNext(state, document)
}

/** No posting of it is in force by now. */
function standAside(state: FoldState, document: number): void {
  resolveReferencesTo(state, document)
  notePricing(state, document)
  adjustTargetsOf(state, document)
  touchClaims(state, document)
  noteLateness(state, document)
  reconsiderNext(state, document)
}

function putInForce(state: FoldState, document: number, part: number, record: LeadRecord): void {
  const { names, documents } = state
  const { body } = record
  const columns = documents.columns
  columns.lead[document] = part
  columns.type[document] = names.types.intern(body.type)
  columns.number[document] = claimNumber(state, document, body.number)
  columns.by[document] = names.users.intern(record.by)
  columns.at[document] = record.at
  const timing = timingOf(state, part, { at: record.at, isAsserting: isAsserting(body) })
  columns.effective[document] = timing.momentOf(record.at)
  columns.named[document] = namedParts(body)
  const first = putLegs(state, document, record, timing)
  // A leg may have spoken of a new document, and these columns grown.
  documents.columns.first[document] = first
  documents.columns.count[document] = record.legs.length
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
  reconsiderNext(state, document)
}

/** [IMP1] A posting that waits was only tried. */
export function forgetParked(state: FoldState, document: number, part: number): void {
  if (state.parked.delete(part)) dropClaimsOfPart(state, document, part)
}

/** A posting that comes second: known, and ready to take the place of the one in force. */
function parkNewcomer(state: FoldState, document: number, part: number, record: LeadRecord): void {
  const { names } = state
  const { body } = record
  const count = record.legs.length
  const first = putLegs(state, document, record, asSaid)
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
function putLegs(state: FoldState, document: number, record: LeadRecord, timing: Timing): number {
  const { names, ledger } = state
  const first = ledger.movements.rows
  const { legs } = record
  const branch = state.documents.columns.branch[document] as number
  const eventOf = eventsOf(state, document, record, timing)
  const movementByLeg = new Map<string, number>()
  for (const leg of legs) {
    const line = lineOf(
      ledger,
      names.skus.intern(leg.sku),
      names.warehouses.intern(leg.warehouse),
      leg.apart === undefined ? branch : names.branches.intern(leg.apart),
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
  record: LeadRecord,
  { momentOf, ownOf }: Timing,
): (leg: Leg) => number {
  const device = names.devices.intern(record.device)
  const eventByMoment = new Map<number, number>()
  return ({ countedAt: own = record.at }) => {
    const known = eventByMoment.get(own)
    if (known !== undefined) return known
    const moments = { at: momentOf(own), own: ownOf(own) }
    const event = putEvent(ledger, { ...moments, hlc: record.hlc, device, document })
    eventByMoment.set(own, event)
    return event
  }
}

const asSaid: Timing = { momentOf: (own) => own, ownOf: (own) => own }

/** Counts, and what restates the price of what is there. */
function isAsserting({ legs = [] }: PostedBody): boolean {
  return legs.some((leg) => leg.class === 'count' && leg.quantity === 0)
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
