/** 单据编号 (document numbers): which document in force bears one, and where two do. */

import { appendRow } from '#domain/ledgers/columns/table.ts'
import type { FoldState } from './fold-state.ts'

/** Notes that `document` bears `number`; the number's own number. */
export function claimNumber(state: FoldState, document: number, number: string): number {
  const claimed = state.names.numbers.intern(number)
  const { numbers, sharedNumbers } = state
  if (claimed === numbers.rows) {
    appendRow(numbers)
    numbers.columns.document[claimed] = -1
  }
  const bearer = numbers.columns.document[claimed] as number
  if (bearer < 0) numbers.columns.document[claimed] = document
  else {
    // INVARIANT: one more bearer costs the same, however many there are: a device may repeat one number.
    const bearers = sharedNumbers.get(claimed) ?? new Set([bearer])
    sharedNumbers.set(claimed, bearers.add(document))
    state.touched.hasFindings = true
  }
  return claimed
}

/** The document does not bear its number any more. */
export function releaseNumber(state: FoldState, document: number): void {
  const { numbers, sharedNumbers } = state
  const released = state.documents.columns.number[document] as number
  const bearers = sharedNumbers.get(released)
  bearers?.delete(document)
  const [left = -1] = bearers ?? []
  numbers.columns.document[released] = left
  if (bearers !== undefined && bearers.size < 2) sharedNumbers.delete(released)
}

/** Documents in force that bear the number: usually one. */
export function bearersOf(state: FoldState, number: string): readonly number[] {
  const known = state.names.numbers.find(number)
  if (known < 0) return []
  const bearer = state.numbers.columns.document[known] as number
  const shared = state.sharedNumbers.get(known)
  if (shared !== undefined) return [...shared]
  return bearer < 0 ? [] : [bearer]
}
