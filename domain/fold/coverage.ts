/** [F8] Which seal covers a part or a reversal first, and the moment at which it takes effect for that. */

import type { FoldState } from './fold-state.ts'
import { coverageOf, momentUnder, sealBookOf } from './seals.ts'

type Column = Readonly<Record<number, number>>

/** Of whatever is sealed record by record: the document, and the record's place in its journal. */
interface Placed {
  readonly document: Column
  readonly chain: Column
  readonly audience: Column
  readonly seq: Column
}

/** 0: by the first seal; the number of seals in force: by none. */
export function coverageOfPart(state: FoldState, part: number): number {
  return coverageOfRow(state, state.parts.columns, part)
}

export function coverageOfReversal(state: FoldState, reversal: number): number {
  return coverageOfRow(state, state.reversals.columns, reversal)
}

/** Of one record that speaks of a document, where its columns say it stands. */
function coverageOfRow(
  state: FoldState,
  { document, chain, audience, seq }: Placed,
  row: number,
): number {
  const branch = branchOf(state, document[row] as number)
  const book = sealBookOf(state, branch)
  if (book.seals.length === 0) return 0
  return coverageOf(book, {
    ...{ branch, device: chain[row] as number },
    ...{ audience: audience[row] as number, seq: seq[row] as number },
  })
}

export function momentOfReversal(state: FoldState, reversal: number): number {
  const document = state.reversals.columns.document[reversal] as number
  const at = state.reversals.columns.at[reversal] as number
  if (isOpenAt(state, document, at)) return at
  const book = sealBookOf(state, branchOf(state, document))
  return momentUnder(book, coverageOfReversal(state, reversal), at)
}

/** Whether `at` lies behind every seal of the document's branch: most records are asked no more than this. */
export function isOpenAt(state: FoldState, document: number, at: number): boolean {
  const last = sealBookOf(state, branchOf(state, document)).seals.at(-1)
  return last === undefined || at >= last.said.until
}

function branchOf({ documents }: FoldState, document: number): number {
  return documents.columns.branch[document] as number
}
