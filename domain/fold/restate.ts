/**
 * [F8] What a seal, or a reopening, changes: which records take effect when, which of several is in force,
 * what may lean on what. Only documents that some changed seal decides about are looked at.
 */

import { costAllAnew, followClosing, putMoments } from '#domain/ledgers/stock/change.ts'
import { isServerDevice } from '#domain/records/journal-name.ts'
import type { RecordOf } from '#domain/records/kinds.ts'
import { adjustTargetsOf } from './adjustments.ts'
import { coverageOfPart, momentOfReversal } from './coverage.ts'
import type { FoldState } from './fold-state.ts'
import { moveDocument, reconsider, reconsiderNext } from './force.ts'
import { noteLateness } from './late.ts'
import { partsOf } from './parts.ts'
import { resolveReferencesTo } from './references.ts'
import { reconsiderReversal } from './reversal.ts'
import { bookOf, sealBookOf, sharedSeals } from './seals.ts'
import { applyValues } from './values.ts'

/** False when anybody but the server speaks, or not in the branch's goods journal: it counts for nothing. */
export function applySealing(
  state: FoldState,
  record: RecordOf<'sealed.v1'> | RecordOf<'reopened.v1'>,
): boolean {
  const isPlaced = record.audience === 'goods' && record.branch !== 'all'
  if (!isPlaced || !isServerDevice(record.device)) return false
  const { id, branch, hlc, device, at, by, body } = record
  if (state.sealNotes.has(id)) return true
  state.sealNotes.set(id, { branch, record: id, hlc, device, at, by, said: body })
  restate(state, branch)
  return true
}

function restate(state: FoldState, branchId: string): void {
  const branch = state.names.branches.intern(branchId)
  const before = sealBookOf(state, branch)
  const after = bookOf(state.sealNotes.values(), branchId, (device) =>
    state.names.devices.intern(device),
  )
  state.sealBooks.set(branch, after)
  const shared = sharedSeals(before, after)
  if (shared === before.seals.length && shared === after.seals.length) return
  state.touched.entities.add('seal')
  state.touched.hasFindings = true
  followClosing(state.ledger, branch)
  costAllAnew(state.ledger)
  const closed = after.seals[shared - 1]?.said.until ?? 0
  const { branch: branches, lead, effective } = state.documents.columns
  for (let document = 0; document < state.documents.rows; document++) {
    if (branches[document] !== branch) continue
    if ((lead[document] as number) < 0) reconsiderWaiting(state, document)
    else restateDocument(state, document, shared)
    // Open or closed, or back: what a document shows of itself has changed.
    if ((lead[document] as number) >= 0 && (effective[document] as number) >= closed) {
      state.touched.documents.add(document)
    }
  }
}

/** [VRS3] A version that waits may not have to any more. */
function reconsiderWaiting(state: FoldState, document: number): void {
  const isFreed = state.laterVersions.has(document) && reconsider(state, document)
  if (isFreed) state.touched.documents.add(document)
}

function restateDocument(state: FoldState, document: number, shared: number): void {
  const isDisputed = state.disputed.has(document)
  const isDecided = coverageOfPart(state, leadOf(state, document)) < shared
  const isLate = state.late.has(document) || state.lateValues.has(document)
  if (isDecided && !isDisputed && !isLate && !hasUndecidedPart(state, document, shared)) return
  if (isDisputed && reconsider(state, document)) state.touched.documents.add(document)
  if ((state.documents.columns.lead[document] as number) < 0) return
  if (isDisputed) reconsiderReversal(state, document)
  if (moveDocument(state, document)) state.touched.documents.add(document)
  moveReversal(state, document)
  noteLateness(state, document)
  resolveReferencesTo(state, document)
  applyValues(state, document)
  adjustTargetsOf(state, document)
  reconsiderNext(state, document)
}

/** Whether some part of it came later than the document itself. */
function hasUndecidedPart(state: FoldState, document: number, shared: number): boolean {
  for (const part of partsOf(state, document)) {
    if (coverageOfPart(state, part) >= shared) return true
  }
  return false
}

function moveReversal(state: FoldState, document: number): void {
  const { reversal, mirrors, count } = state.documents.columns
  const reversed = reversal[document] as number
  if (reversed < 0) return
  const { effective } = state.reversals.columns
  const moment = momentOfReversal(state, reversed)
  if (moment === effective[reversed]) return
  effective[reversed] = moment
  const first = mirrors[document] as number
  const length = count[document] as number
  const movements = Array.from({ length }, (_, i) => first + i)
  putMoments(state.ledger, movements, () => moment)
  state.touched.documents.add(document)
}

function leadOf({ documents }: FoldState, document: number): number {
  return documents.columns.lead[document] as number
}
