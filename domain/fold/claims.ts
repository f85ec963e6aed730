/**
 * 占用 and 在订 in the fold: claims of the postings in force come and go with them, and what became of
 * those of one SKU is settled when somebody asks, so a late record costs only the goods it touches.
 */

import { dropClaims, putClaim } from '#domain/ledgers/claims/claim-table.ts'
import {
  type ClaimEvent,
  type ClaimStamp,
  type SettledClaim,
  settleClaims,
  type StatedClaim,
} from '#domain/ledgers/claims/settle-claims.ts'
import { countOf } from '#domain/ledgers/stock/counts.ts'
import { compareMovements, ownMoment } from '#domain/ledgers/stock/order.ts'
import { cellsOfLine, detailOfCell, noCell, poolsOfSku } from '#domain/ledgers/stock/place.ts'
import { claimKinds, type StatedKind, statedKinds } from '#domain/records/claim.ts'
import type { RecordOf } from '#domain/records/kinds.ts'
import { documentRow } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'

/** The claims of a posting; they count while it is in force. */
export function putClaims(
  state: FoldState,
  document: number,
  part: number,
  { body }: RecordOf<'posted.v1'>,
): void {
  const { names, ledger } = state
  const branch = state.documents.columns.branch[document] as number
  for (const [position, claim] of (body.claims ?? []).entries()) {
    const { lineId, kind, sku, warehouse, quantity, until, of } = claim
    putClaim(state.claims, {
      position,
      ...{ document, part, quantity, kind: claimKinds.indexOf(kind) },
      name: names.texts.append(lineId),
      until: names.texts.append(until ?? ''),
      sku: names.skus.intern(sku),
      place: ledger.places.intern(names.warehouses.intern(warehouse), branch),
      target: of === undefined ? -1 : documentRow(state, of.docId, branch),
      targetName: names.texts.append(of?.lineId ?? ''),
    })
  }
  touchClaims(state, document)
}

/** The posting was only tried. */
export function dropClaimsOfPart(state: FoldState, document: number, part: number): void {
  touchClaims(state, document)
  dropClaims(state.claims, document, part)
}

/** What the document says of claims counts, or counts no more. */
export function touchClaims({ claims, touched }: FoldState, document: number): void {
  const { sku, target } = claims.table.columns
  for (const row of claims.byDocument.get(document) ?? []) {
    touched.skus.add(sku[row] as number)
    if ((target[row] as number) >= 0) touched.documents.add(target[row] as number)
  }
}

/** After a batch: what is known of the claims on goods that have moved is known no more. */
export function forgetSettledClaims(state: FoldState): void {
  for (const sku of state.touched.skus) {
    if (!state.claims.bySku.has(sku) && !state.settledClaims.has(sku)) continue
    state.settledClaims.delete(sku)
    state.touched.hasFindings = true
  }
}

/** A claim with what became of it. */
export interface ClaimOfSku extends SettledClaim {
  /** Row in the table of claims. */
  readonly row: number
  readonly kind: StatedKind
}

/** The claims on a SKU whose documents stand; kept until its goods or claims change. */
export function claimsOfSku(state: FoldState, sku: number): readonly ClaimOfSku[] {
  const known = state.settledClaims.get(sku)
  if (known !== undefined) return known
  const settled = settle(state, sku)
  state.settledClaims.set(sku, settled)
  return settled
}

function settle(state: FoldState, sku: number): readonly ClaimOfSku[] {
  const rows = (state.claims.bySku.get(sku) ?? []).filter((row) => isStanding(state, row))
  const { kind, place, target } = state.claims.table.columns
  const ofKind = (wanted: StatedKind) => rows.filter((row) => kind[row] === numberOf(wanted))
  const events = rows.filter((row) => (target[row] as number) >= 0)
  const places = new Set(ofKind('reserve').map((row) => place[row] as number))
  return statedKinds.flatMap((wanted) => {
    const own = ofKind(wanted)
    if (own.length === 0) return []
    // Only what is kept lies in a place, and is cut short by what was counted there.
    const isKept = wanted === 'reserve'
    const counts = isKept ? [...places].flatMap((at) => countsAt(state, sku, at)) : []
    const goodAt = (at: number) => (isKept ? goodIn(state, sku, at) : 0)
    const said = events.map((row) => eventOf(state, row))
    const settled = settleClaims(
      own.map((row) => statedOf(state, row)),
      [...said, ...counts],
      goodAt,
    )
    return settled.map((each, i) => ({ ...each, row: own[i] as number, kind: wanted }))
  })
}

function numberOf(kind: (typeof claimKinds)[number]): number {
  return claimKinds.indexOf(kind)
}

/** Of the posting in force of a document that is not reversed. */
export function isStanding({ claims, documents }: FoldState, row: number): boolean {
  const { document: ofRow, part } = claims.table.columns
  const document = ofRow[row] as number
  if (documents.columns.lead[document] !== part[row]) return false
  return (documents.columns.reversal[document] as number) < 0
}

function statedOf(state: FoldState, row: number): StatedClaim {
  const { document, name, place, quantity } = state.claims.table.columns
  return {
    key: keyOf(state, document[row] as number, name[row] as number),
    place: place[row] as number,
    quantity: quantity[row] as number,
    stamp: stampOf(state, row),
  }
}

function eventOf(state: FoldState, row: number): ClaimEvent {
  const { kind, target, targetName, quantity } = state.claims.table.columns
  return {
    kind: kind[row] === numberOf('change') ? 'change' : 'take',
    key: keyOf(state, target[row] as number, targetName[row] as number),
    quantity: quantity[row] as number,
    stamp: stampOf(state, row),
  }
}

function keyOf({ names }: FoldState, document: number, name: number): string {
  return `${document}|${names.texts.read(name)}`
}

function stampOf(state: FoldState, row: number): ClaimStamp {
  const { names, documents, parts, claims } = state
  const document = claims.table.columns.document[row] as number
  const lead = documents.columns.lead[document] as number
  return {
    at: documents.columns.at[document] as number,
    hlc: parts.columns.hlc[lead] as number,
    device: names.devices.text(parts.columns.device[lead] as number),
    id: docIdOf(names, document),
    position: claims.table.columns.position[row] as number,
  }
}

function goodIn({ ledger }: FoldState, sku: number, place: number): number {
  const line = ledger.lines.find(sku, place)
  if (line < 0) return 0
  const { quantity } = ledger.cellTable.columns
  return cellsOfLine(ledger, line)
    .filter((cell) => !isGood(ledger, cell))
    .reduce(
      (good, cell) => good - (quantity[cell] as number),
      ledger.lineTable.columns.quantity[line] as number,
    )
}

function isGood(ledger: FoldState['ledger'], cell: number): boolean {
  return cell === noCell || detailOfCell(ledger, cell).status === 0
}

/** What each standing count of the place left there, good goods alone. */
function countsAt(state: FoldState, sku: number, place: number): ClaimEvent[] {
  const { ledger } = state
  const line = ledger.lines.find(sku, place)
  if (line < 0 || ledger.counts.rows === 0) return []
  const { line: lines, quantity, cell, event } = ledger.movements.columns
  const moved = poolsOfSku(ledger, sku)
    .flatMap((pool) => [...ledger.chains.view(pool)])
    .filter((movement) => lines[movement] === line)
    .sort((a, b) => compareMovements(ledger, a, b))
  const found = new Map<number, ClaimEvent>()
  let good = 0
  for (const movement of moved) {
    if (isGood(ledger, cell[movement] as number)) good += quantity[movement] as number
    if (!isStandingCount(state, movement)) continue
    // Several cells counted at one moment are one count of the place.
    found.set(event[movement] as number, {
      ...{ kind: 'count', place, good },
      stamp: stampOfEvent(state, event[movement] as number),
    })
  }
  return [...found.values()]
}

function isStandingCount({ ledger, documents }: FoldState, movement: number): boolean {
  if (countOf(ledger, movement) === undefined) return false
  const event = ledger.movements.columns.event[movement] as number
  const document = ledger.events.columns.document[event] as number
  return (documents.columns.reversal[document] as number) < 0
}

function stampOfEvent({ names, ledger }: FoldState, event: number): ClaimStamp {
  const { hlc, device, document } = ledger.events.columns
  return {
    at: ownMoment(ledger, event),
    hlc: hlc[event] as number,
    device: names.devices.text(device[event] as number),
    id: docIdOf(names, document[event] as number),
    position: 0,
  }
}
