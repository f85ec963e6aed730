/**
 * [F2] In force: of several postings of one document the one whose lead part has the lower
 * (hlc, device) counts, wherever and whenever each arrives. A goods posting comes before any other,
 * so that what only goods readers see decides goods.
 */

import { noteCount } from '#domain/ledgers/stock/counts.ts'
import { cellOf, lineOf, noCell } from '#domain/ledgers/stock/place.ts'
import { stockStatuses } from '#domain/records/posted-body.ts'
import { putBatchDates } from '#domain/ledgers/stock/batch-dates.ts'
import {
  dropMovement,
  putEvent,
  putMovement,
  putValue,
  valueOf,
} from '#domain/ledgers/stock/change.ts'
import { rankOf } from '#domain/ledgers/stock/movement.ts'
import { audiences } from '#domain/records/audience.ts'
import type { RecordOf } from '#domain/records/kinds.ts'
import type { Leg, PostedBody } from '#domain/records/posted-body.ts'
import { compareStamps } from './compare-stamps.ts'
import { documentRow, movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { claimNumber, releaseNumber } from './numbers.ts'
import {
  addPart,
  applyValues,
  isLeadPart,
  isOfPosting,
  noteValues,
  type Hashed,
  type PartRecord,
  partsOf,
} from './parts.ts'
import { addReference, dropReferences, resolveReferencesTo } from './references.ts'
import { mirror, unmirror } from './reversal.ts'
import { putFlowsOf } from './internal-moves.ts'

/** Takes a posting, or a part supplied for one, into the state. */
export function applyPosted(state: FoldState, posted: Hashed<PartRecord>): void {
  const { record } = posted
  const { body } = record
  const document = documentRow(state, body.docId, state.names.branches.intern(record.branch))
  const part = addPart(state, document, posted)
  if (part < 0) return
  state.touched.documents.add(document)
  if (isLeadPart(state, part)) considerLead(state, document, part, record as RecordOf<'posted.v1'>)
  if (body.part === 'buying') noteValues(state, part, body.values ?? [])
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
  const current = state.documents.columns.lead[document] as number
  if (current >= 0) state.disputed.add(document)
  if (state.disputed.has(document)) state.touched.hasFindings = true
  if (current < 0) return putInForce(state, document, part, record)
  if (compareLeads(state, current, part) < 0) return
  // The same posting, written again by a clone: what its movements were said to cost is said once.
  const stated = isOfPosting(state, part, current) ? statedValues(state, document) : []
  takeOutOfForce(state, document)
  putInForce(state, document, part, record)
  const movements = [...movementsOf(state, document)]
  for (const [i, movement] of movements.entries()) {
    if (stated[i] !== undefined) putValue(state.ledger, movement, stated[i])
  }
}

/** Of each movement in force, fen; undefined where none is known. */
function statedValues(state: FoldState, document: number): readonly (number | undefined)[] {
  return [...movementsOf(state, document)].map((movement) => valueOf(state.ledger, movement))
}

function compareLeads(state: FoldState, a: number, b: number): number {
  const { names, parts } = state
  const { audience } = parts.columns
  return (
    (audience[a] as number) - (audience[b] as number) || compareStamps(names, parts.columns, a, b)
  )
}

function putInForce(
  state: FoldState,
  document: number,
  part: number,
  record: RecordOf<'posted.v1'>,
): void {
  const { names, documents, ledger } = state
  const { body } = record
  const columns = documents.columns
  columns.lead[document] = part
  columns.type[document] = names.types.intern(body.type)
  columns.number[document] = claimNumber(state, document, body.number)
  columns.by[document] = names.users.intern(record.by)
  columns.at[document] = record.at
  columns.named[document] = namedParts(body)
  columns.first[document] = ledger.movements.rows
  columns.count[document] = body.legs?.length ?? 0
  putLegs(state, document, record)
  state.inOrder.add(document)
  resolveReferencesTo(state, document)
  applyValues(state, document)
  mirror(state, document)
}

/** The posting in force counts no more; what referred to it stands by itself. */
export function takeOutOfForce(state: FoldState, document: number): void {
  const { lead, count } = state.documents.columns
  unmirror(state, document)
  const movements = [...movementsOf(state, document)]
  dropReferences(state, movements)
  for (const movement of movements) dropMovement(state.ledger, movement)
  state.inOrder.remove(document)
  releaseNumber(state, document)
  lead[document] = -1
  count[document] = 0
}

/** Legs move goods where the goods part leads; a goods part behind another lead is only read. */
function putLegs(state: FoldState, document: number, record: RecordOf<'posted.v1'>): void {
  const { names, ledger } = state
  const legs = record.body.legs ?? []
  const branch = state.documents.columns.branch[document] as number
  const eventOf = eventsOf(state, document, record)
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
}

/** One event for all legs; one more per moment at which something was counted. */
function eventsOf(
  { names, ledger }: FoldState,
  document: number,
  record: RecordOf<'posted.v1'>,
): (leg: Leg) => number {
  const device = names.devices.intern(record.device)
  const eventByMoment = new Map<number, number>()
  return ({ countedAt: at = record.at }) => {
    const known = eventByMoment.get(at)
    if (known !== undefined) return known
    const event = putEvent(ledger, { at, hlc: record.hlc, device, document })
    eventByMoment.set(at, event)
    return event
  }
}

function noteCounted({ ledger }: FoldState, movement: number, leg: Leg): void {
  const { counted, book, countedFrom: since } = leg
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
