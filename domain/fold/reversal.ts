/**
 * [F3] 红冲 (reversal): mirrors whichever posting of its document is in force, at the reversal's own
 * moment and the original's cost. 反审核 (unapproval) does the same to one version of a document, as long as no
 * seal covered that first. Several of them have one effect.
 */

import { appendRow } from '#domain/ledgers/columns/table.ts'
import { dropMovement, linkMovement, putEvent, putMovement } from '#domain/ledgers/stock/change.ts'
import { isCounted, isRestating } from '#domain/ledgers/stock/counts.ts'
import { isNeutralBit, isReversalBit, rankMask, rankOf } from '#domain/ledgers/stock/movement.ts'
import { audiences } from '#domain/records/audience.ts'
import type { RecordOf, UnapprovedBody } from '#domain/records/kinds.ts'
import { idOfVersion } from '#domain/values/document-version.ts'
import { touchClaims } from './claims.ts'
import { compareStamps } from './compare-stamps.ts'
import { adjustTargetsOf } from './adjustments.ts'
import { coverageOfPart, coverageOfReversal, momentOfReversal } from './coverage.ts'
import { documentRow, movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { noteLateness } from './late.ts'
import { settleLate } from './late-values.ts'
import { branchIn, type Hashed, putPlace } from './parts.ts'
import { notePricing } from './pricing-findings.ts'

export type TakingBack = RecordOf<'reversed.v1'> | RecordOf<'unapproved.v1'>

/** The id of the version that a record takes back. */
export function takenBackBy({ kind, body }: Pick<TakingBack, 'kind' | 'body'>): string {
  return kind === 'unapproved.v1' ? idOfVersion(body as UnapprovedBody) : body.docId
}

/** The document that it speaks of. */
export function applyReversed(state: FoldState, reversed: Hashed<TakingBack>): number {
  const { record } = reversed
  const branch = state.names.branches.intern(branchIn(reversed))
  const document = documentRow(state, takenBackBy(record), branch)
  if (!addReversal(state, document, reversed)) return document
  state.touched.documents.add(document)
  state.touched.hasFindings = true
  state.disputed.add(document)
  touchClaims(state, document)
  reconsiderReversal(state, document)
  return document
}

/** Puts the reversal in effect that should be; whether it was another. */
export function reconsiderReversal(state: FoldState, document: number): boolean {
  if (state.documents.columns.reversal[document] === chosenReversal(state, document)) return false
  unmirror(state, document)
  mirrorAnew(state, document)
  return true
}

/** [IMP1] A reversal was only tried: of the rows the first `rows` are left, and what hung on it is as it was. */
export function forgetReversal(state: FoldState, document: number, rows: number): void {
  const { reversals, documents } = state
  const { reversals: first, reversal } = documents.columns
  const wasChosen = reversal[document] === rows
  if (wasChosen) unmirror(state, document)
  first[document] = reversals.columns.next[rows] as number
  reversals.rows = rows
  if (wasChosen) mirrorAnew(state, document)
}

function mirrorAnew(state: FoldState, document: number): void {
  mirror(state, document)
  settleLate(state, document)
  notePricing(state, document)
  adjustTargetsOf(state, document)
  noteLateness(state, document)
}

/** Puts the mirrors of the posting in force beside it, if anybody has reversed it. */
export function mirror(state: FoldState, document: number): void {
  const { documents, reversals, ledger } = state
  const reversal = chosenReversal(state, document)
  documents.columns.reversal[document] = reversal
  if (reversal < 0) return
  const { at: own, hlc, device, effective } = reversals.columns
  effective[reversal] = momentOfReversal(state, reversal)
  const event = putEvent(ledger, {
    at: effective[reversal] as number,
    own: own[reversal] as number,
    hlc: hlc[reversal] as number,
    device: device[reversal] as number,
    document,
  })
  documents.columns.mirrors[document] = ledger.movements.rows
  for (const movement of movementsOf(state, document)) putMirror(state, movement, event)
}

/** Takes the mirrors away again. */
export function unmirror(state: FoldState, document: number): void {
  const { mirrors, count, reversal } = state.documents.columns
  const first = mirrors[document] as number
  if (first >= 0) {
    const end = first + (count[document] as number)
    for (let movement = first; movement < end; movement++) dropMovement(state.ledger, movement)
  }
  mirrors[document] = -1
  reversal[document] = -1
}

/** What takes the document's lead back, the record with effect first. */
export function reversalsOf(state: FoldState, document: number): number[] {
  return takingBack(state, document).filter((row) => !isTooLate(state, document, row))
}

/** [VRS4] Unapprovals without effect: a seal covered the version first. */
export function lateUnapprovalsOf(state: FoldState, document: number): number[] {
  return takingBack(state, document).filter((row) => isTooLate(state, document, row))
}

export function isUnapproval({ reversals }: FoldState, row: number): boolean {
  return reversals.columns.isUnapproval[row] === 1
}

function isTooLate(state: FoldState, document: number, row: number): boolean {
  const lead = state.documents.columns.lead[document] as number
  if (lead < 0 || !isUnapproval(state, row)) return false
  return coverageOfPart(state, lead) < coverageOfReversal(state, row)
}

function takingBack(state: FoldState, document: number): number[] {
  const { documents, parts, reversals } = state
  const lead = documents.columns.lead[document] as number
  const { next, audience, home } = reversals.columns
  const found: number[] = []
  let reversal = documents.columns.reversals[document] as number
  for (; reversal >= 0; reversal = next[reversal] as number) {
    // A reversal that readers of the lead cannot see must not move their figures, nor one of another branch.
    const isSeen = lead < 0 || audience[reversal] === parts.columns.audience[lead]
    if (isSeen && (lead < 0 || home[reversal] === parts.columns.home[lead])) found.push(reversal)
  }
  const columns = state.reversals.columns
  return found.sort(
    (a, b) =>
      coverageOfReversal(state, a) - coverageOfReversal(state, b) ||
      compareStamps(state.names, columns, a, b),
  )
}

function chosenReversal(state: FoldState, document: number): number {
  if ((state.documents.columns.lead[document] as number) < 0) return -1
  return reversalsOf(state, document)[0] ?? -1
}

function putMirror(state: FoldState, movement: number, event: number): void {
  const { ledger } = state
  const { line, cell, leg, quantity, kind } = ledger.movements.columns
  const bits = kind[movement] as number
  // [CNT4] What a count moved is derived, and so is what its mirror moves back.
  const rank =
    isCounted(ledger, movement) || isRestating(ledger, movement)
      ? rankOf.count
      : mirroredRank(bits, quantity[movement] as number)
  const mirrored = putMovement(ledger, {
    event,
    line: line[movement] as number,
    cell: cell[movement] as number,
    leg: leg[movement] as number,
    quantity: 0 - (quantity[movement] as number),
    kind: rank | (bits & isNeutralBit) | isReversalBit,
  })
  linkMovement(ledger, mirrored, movement)
}

/** What came in goes out among the issues; what went out comes back among the returns. */
function mirroredRank(bits: number, quantity: number): number {
  const rank = bits & rankMask
  if (rank === rankOf.internal || rank === rankOf.value) return rank
  return quantity < 0 ? rankOf['return-in'] : rankOf.issue
}

function addReversal(state: FoldState, document: number, reversed: Hashed<TakingBack>): boolean {
  const { record, hash } = reversed
  const { names, reversals, documents } = state
  const columns = reversals.columns
  let known = documents.columns.reversals[document] as number
  for (; known >= 0; known = columns.next[known] as number) {
    const isSame = columns.hash[known] === hash
    if (isSame && names.texts.equals(columns.record[known] as number, record.id)) return false
  }
  const row = appendRow(reversals)
  const added = reversals.columns
  added.document[row] = document
  added.audience[row] = audiences.indexOf(record.audience)
  added.record[row] = names.texts.append(record.id)
  added.hash[row] = hash
  const isReversal = record.kind === 'reversed.v1'
  added.isUnapproval[row] = Number(!isReversal)
  // What is unapproved keeps its own number.
  added.number[row] = names.texts.append(isReversal ? record.body.number : '')
  added.reason[row] = names.texts.append(record.body.reason)
  added.at[row] = record.at
  added.effective[row] = record.at
  added.hlc[row] = record.hlc
  added.device[row] = names.devices.intern(record.device)
  added.home[row] = names.branches.intern(record.branch)
  putPlace(state, added, row, reversed)
  added.by[row] = names.users.intern(record.by)
  added.next[row] = documents.columns.reversals[document] as number
  documents.columns.reversals[document] = row
  return true
}
