/**
 * [F11] All findings, derived anew when something they follow from has changed. Those of a layer that
 * this device does not hold are left out: half the data shows troubles that are none.
 */

import type { Audience } from '#domain/records/audience.ts'
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import {
  duplicateKeys,
  duplicateNumbers,
  journalTrouble,
  postedTwice,
  recordProblems,
  reversalTrouble,
} from './document-findings.ts'
import type { Finding } from './finding.ts'
import type { FoldState } from './fold-state.ts'
import { brokenLinks, negativeStock, overReturned, provisionalCosts } from './stock-findings.ts'

/** In order of their keys. */
export function findingsOf(state: FoldState, held: ReadonlySet<Audience>): readonly Finding[] {
  return [...allFindings(state)]
    .filter((finding) => held.has(finding.layer))
    .sort((a, b) => compareTexts(a.key, b.key))
}

function* allFindings(state: FoldState): Generator<Finding> {
  yield* negativeStock(state)
  yield* overReturned(state)
  yield* brokenLinks(state)
  yield* provisionalCosts(state)
  for (const document of state.disputed) {
    yield* postedTwice(state, document)
    yield* reversalTrouble(state, document)
  }
  yield* duplicateNumbers(state)
  yield* duplicateKeys(state)
  yield* recordProblems(state)
  yield* journalTrouble(state)
}
