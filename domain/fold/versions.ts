/**
 * [F3] Versions of one document: 反审核 takes one back, and the next counts from then on. A version is a document of
 * its own under an id that follows from the first one's; here is what each asks of the one before it.
 */

import { nextVersionId, previousVersionId } from '#domain/values/document-version.ts'
import { isCounted, isRestating } from '#domain/ledgers/stock/counts.ts'
import { coverageOfPart, isOpenAt } from './coverage.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf, documentKey } from './names.ts'
import { leadsOf } from './parts.ts'
import { momentUnder, sealBookOf } from './seals.ts'

/** When the legs of a posting take effect, and what their record is taken to say, by what it does say. */
export interface Timing {
  readonly momentOf: (own: number) => number
  readonly ownOf: (own: number) => number
}

/** What a posting with this lead says of its moment. */
interface Said {
  readonly at: number
  /** Of a count, which holds at the moment that was counted, whenever the version before it is taken back. */
  readonly isAsserting: boolean
}

/** [VRS2] Of a later version: as if it had been said when the one before it was taken back, if it says an earlier moment. */
export function timingOf(state: FoldState, part: number, { at, isAsserting }: Said): Timing {
  const document = state.parts.columns.document[part] as number
  const isShifted = state.laterVersions.has(document) && !isAsserting
  const from = isShifted ? Math.max(at, takenBackAt(state, document, part) ?? at) : at
  // All legs say the moment of their record, but those that assert.
  const ownOf = isShifted ? () => from : (own: number) => own
  return { ownOf, momentOf: (own) => momentBySeals(state, part, ownOf(own)) }
}

/** The timing of the movements of a posting that says `at`. */
export function timingOfMovements(
  state: FoldState,
  part: number,
  at: number,
  movements: readonly number[],
): Timing {
  const { ledger } = state
  const isAsserting = movements.some((one) => isCounted(ledger, one) || isRestating(ledger, one))
  return timingOf(state, part, { at, isAsserting })
}

/** When it takes effect by seals alone. */
export function momentBySeals(state: FoldState, part: number, at: number): number {
  const document = state.parts.columns.document[part] as number
  if (isOpenAt(state, document, at)) return at
  const book = sealBookOf(state, state.documents.columns.branch[document] as number)
  return momentUnder(book, coverageOfPart(state, part), at)
}

/** [VRS3] Whether the posting with this lead waits because the version before it stands. */
export function isHeldBack(state: FoldState, document: number, part: number): boolean {
  const previous = deciding(state, document, part)
  if (previous < 0) return false
  const { lead, reversal } = state.documents.columns
  return (lead[previous] as number) < 0 || (reversal[previous] as number) < 0
}

/** The next version, −1 where nothing has spoken of one. */
export function nextOf(state: FoldState, document: number): number {
  if (state.laterVersions.size === 0) return -1
  const next = rowOf(state, document, nextVersionId(docIdOf(state.names, document)))
  return state.laterVersions.has(next) ? next : -1
}

function takenBackAt(state: FoldState, document: number, part: number): number | undefined {
  const previous = deciding(state, document, part)
  const reversal = previous < 0 ? -1 : (state.documents.columns.reversal[previous] as number)
  return reversal < 0 ? undefined : state.reversals.columns.effective[reversal]
}

/**
 * The version before it, where that has a say; −1 where not. What came when this one was sealed moves no sealed
 * figure, and what its readers may not see moves nothing of theirs.
 */
function deciding(state: FoldState, document: number, part: number): number {
  if (!state.laterVersions.has(document)) return -1
  const id = previousVersionId(docIdOf(state.names, document))
  const previous = id === undefined ? -1 : rowOf(state, document, id)
  const [lead] = previous < 0 ? [] : leadsOf(state, previous)
  if (lead === undefined) return -1
  const { audience } = state.parts.columns
  const isSeen = audience[lead] === audience[part]
  return isSeen && coverageOfPart(state, lead) <= coverageOfPart(state, part) ? previous : -1
}

/** Of another id in the same branch. */
function rowOf({ names, documents }: FoldState, document: number, id: string): number {
  const row = names.documents.find(documentKey(id, documents.columns.branch[document] as number))
  return row < documents.rows ? row : -1
}
