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
    sharedNumbers.set(claimed, [...(sharedNumbers.get(claimed) ?? [bearer]), document])
    state.touched.hasFindings = true
  }
  return claimed
}

/** The document does not bear its number any more. */
export function releaseNumber(state: FoldState, document: number): void {
  const { numbers, sharedNumbers } = state
  const released = state.documents.columns.number[document] as number
  const left = (sharedNumbers.get(released) ?? [document]).filter((bearer) => bearer !== document)
  numbers.columns.document[released] = left[0] ?? -1
  if (left.length > 1) sharedNumbers.set(released, left)
  else sharedNumbers.delete(released)
}

/** Documents in force that bear the number: usually one. */
export function bearersOf(state: FoldState, number: string): readonly number[] {
  const known = state.names.numbers.find(number)
  if (known < 0) return []
  const bearer = state.numbers.columns.document[known] as number
  return state.sharedNumbers.get(known) ?? (bearer < 0 ? [] : [bearer])
}
