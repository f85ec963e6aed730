/**
 * Postings that are not in force [F2]: their movements stay as dead rows, because a seal, or a reopening,
 * can bring one of them back long after its record went by.
 */

import { dropMovement, putMoments, reviveMovements } from '#domain/ledgers/stock/change.ts'
import type { DocumentId } from '#domain/values/ids.ts'
import { forgetBases } from './adjustments.ts'
import { movementsOf } from './document-rows.ts'
import type { FoldState, ParkedPosting } from './fold-state.ts'
import { docIdOf } from './names.ts'
import { claimNumber, releaseNumber } from './numbers.ts'
import { addReference, dropReferences, referenceOf } from './references.ts'
import { dropLate } from './late-values.ts'
import { rememberValues } from './values.ts'
import { timingOfMovements } from './versions.ts'

/** Takes the posting in force out; nothing of the document is in force then. */
export function park(state: FoldState, document: number): void {
  const { names, documents } = state
  const columns = documents.columns
  rememberValues(state, document)
  dropLate(state, document)
  parkMovements(state, columns.lead[document] as number, {
    type: columns.type[document] as number,
    number: names.numbers.text(columns.number[document] as number),
    by: columns.by[document] as number,
    at: columns.at[document] as number,
    named: columns.named[document] as number,
    movements: [...movementsOf(state, document)],
  })
  state.inOrder.remove(document)
  releaseNumber(state, document)
  columns.lead[document] = -1
  columns.count[document] = 0
}

type Leaving = Omit<ParkedPosting, 'first' | 'quantities' | 'references'> & {
  readonly movements: readonly number[]
}

/** Keeps what is needed to bring the movements of the posting with this lead back, and drops them. */
export function parkMovements(state: FoldState, part: number, leaving: Leaving): void {
  const { ledger } = state
  const { movements, ...posting } = leaving
  const { quantity } = ledger.movements.columns
  state.parked.set(part, {
    ...posting,
    first: movements[0] ?? ledger.movements.rows,
    quantities: movements.map((movement) => quantity[movement] as number),
    references: movements.flatMap((movement) => {
      const target = referenceOf(state, movement)
      return target === undefined ? [] : [{ movement, ...target }]
    }),
  })
  dropReferences(state, movements)
  forgetBases(state, movements)
  for (const movement of movements) dropMovement(ledger, movement)
}

/** Puts a parked posting back in force; its costs, its reversal and what refers to it are for who asks. */
export function unpark(state: FoldState, document: number, part: number): void {
  const { documents, ledger } = state
  const posting = state.parked.get(part)
  if (posting === undefined) return
  state.parked.delete(part)
  const columns = documents.columns
  columns.lead[document] = part
  columns.type[document] = posting.type
  columns.number[document] = claimNumber(state, document, posting.number)
  columns.by[document] = posting.by
  columns.at[document] = posting.at
  columns.named[document] = posting.named
  columns.first[document] = posting.first
  columns.count[document] = posting.quantities.length
  const movements = posting.quantities.map((_, i) => posting.first + i)
  const { momentOf, ownOf } = timingOfMovements(state, part, posting.at, movements)
  columns.effective[document] = momentOf(posting.at)
  putMoments(ledger, movements, momentOf, ownOf)
  reviveMovements(ledger, movements, posting.quantities)
  const branch = columns.branch[document] as number
  for (const { movement, document: target, leg } of posting.references) {
    addReference(state, movement, branch, {
      docId: docIdOf(state.names, target) as DocumentId,
      leg,
    })
  }
}
