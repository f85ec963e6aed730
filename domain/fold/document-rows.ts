/** Rows of documents: found by id, made when first spoken of, and what hangs on them. */

import { appendRow } from '#domain/ledgers/columns/table.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf, documentKey } from './names.ts'

/** The row of a document of a branch, a new one when nothing has spoken of it yet. */
export function documentRow(state: FoldState, docId: string, branch: number): number {
  const document = state.names.documents.intern(documentKey(docId, branch))
  if (document < state.documents.rows) return document
  appendRow(state.documents)
  const columns = state.documents.columns
  columns.branch[document] = branch
  columns.lead[document] = -1
  columns.parts[document] = -1
  columns.reversals[document] = -1
  columns.reversal[document] = -1
  columns.mirrors[document] = -1
  return document
}

/** The document of that id that is posted: where it was posted itself; of several branches the one whose name sorts first. */
export function findPosted(state: FoldState, docId: string): number {
  const found = halvesOf(state, docId)
  return found.find((document) => !isOfOther(state, document)) ?? found[0] ?? -1
}

/** Documents of that id that are posted, by name of their branch: two of a transfer between branches. */
export function halvesOf(state: FoldState, docId: string): readonly number[] {
  const { names, documents } = state
  const found: number[] = []
  for (let branch = 0; branch < names.branches.size; branch++) {
    const document = names.documents.find(documentKey(docId, branch))
    if (document >= 0 && (documents.columns.lead[document] as number) >= 0) found.push(document)
  }
  return found.sort((a, b) => (branchText(state, a) < branchText(state, b) ? -1 : 1))
}

/** Whether another branch has posted it, and this one only knows what it means here. */
export function isOfOther({ documents, parts }: FoldState, document: number): boolean {
  const { lead, branch } = documents.columns
  return parts.columns.home[lead[document] as number] !== branch[document]
}

/** Not what is listed already where it was posted. */
export function isListed(state: FoldState, document: number): boolean {
  return (
    !isOfOther(state, document) || findPosted(state, docIdOf(state.names, document)) === document
  )
}

export function branchText({ names, documents }: FoldState, document: number): string {
  return names.branches.text(documents.columns.branch[document] as number)
}

/** Movements of the posting in force. */
export function* movementsOf({ documents }: FoldState, document: number): Generator<number> {
  const { first, count } = documents.columns
  const start = first[document] as number
  const end = start + (count[document] as number)
  for (let movement = start; movement < end; movement++) yield movement
}

/** The movement of the posting in force whose leg has this name, −1 for none. */
export function movementOfLeg(state: FoldState, document: number, leg: string): number {
  const { leg: legs } = state.ledger.movements.columns
  for (const movement of movementsOf(state, document)) {
    if (state.names.texts.equals(legs[movement] as number, leg)) return movement
  }
  return -1
}

export function isPosted({ documents }: FoldState, document: number): boolean {
  return (documents.columns.lead[document] as number) >= 0
}

/** The document that a movement stands in. */
export function documentOf({ ledger }: FoldState, movement: number): number {
  return ledger.events.columns.document[
    ledger.movements.columns.event[movement] as number
  ] as number
}
