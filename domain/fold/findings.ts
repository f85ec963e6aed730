/**
 * [F11] All findings, derived anew when something they follow from has changed. Those of a layer that
 * this device does not hold are left out: half the data shows troubles that are none.
 */

import type { Audience } from '#domain/records/audience.ts'
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import { approvalTrouble } from './approval-findings.ts'
import { countedBeforeLate, countFindings } from './count-findings.ts'
import { claimTrouble } from './claim-findings.ts'
import { policyRestated } from './cost-policy.ts'
import { valuationRestated } from './own-values.ts'
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
import { lateArrivals } from './late.ts'
import { stockTooLarge } from './oversized.ts'
import { pricingTrouble } from './pricing-findings.ts'
import {
  brokenLinks,
  negativeCount,
  negativeStock,
  overReturned,
  provisionalCosts,
  provisionalCount,
  statedCostsExceeding,
} from './stock-findings.ts'
import { partsBelowZero } from './part-findings.ts'
import { taggedTrouble } from './tag-findings.ts'
import { versionTrouble } from './version-findings.ts'

/** In order of their keys. */
export function findingsOf(state: FoldState, held: ReadonlySet<Audience>): readonly Finding[] {
  return [...allFindings(state)]
    .filter((finding) => held.has(finding.layer))
    .sort((a, b) => compareTexts(a.key, b.key))
}

/**
 * [FIN8] How many findings of some branches, and of the company, wait for a decision. The kinds that come by
 * the thousand are counted without being made: a bell rings at every start.
 */
export function decisionCountOf(
  state: FoldState,
  held: ReadonlySet<Audience>,
  branches: ReadonlySet<string>,
): number {
  const isCounted = ({ severity, layer, branch }: Finding): boolean =>
    severity !== 'info' && held.has(layer) && (branch === 'all' || branches.has(branch))
  let count = held.has('goods') ? negativeCount(state, branches) : 0
  if (held.has('buying')) count += provisionalCount(state, branches)
  for (const finding of rareFindings(state)) if (isCounted(finding)) count += 1
  return count
}

function* allFindings(state: FoldState): Generator<Finding> {
  yield* negativeStock(state)
  yield* provisionalCosts(state)
  yield* rareFindings(state)
}

function* rareFindings(state: FoldState): Generator<Finding> {
  yield* lateArrivals(state)
  yield* overReturned(state)
  yield* brokenLinks(state)
  yield* countFindings(state)
  yield* countedBeforeLate(state)
  yield* taggedTrouble(state)
  yield* partsBelowZero(state)
  yield* claimTrouble(state)
  yield* pricingTrouble(state)
  yield* statedCostsExceeding(state)
  yield* stockTooLarge(state)
  yield* approvalTrouble(state)
  for (const document of state.disputed) {
    yield* postedTwice(state, document)
    yield* reversalTrouble(state, document)
    yield* versionTrouble(state, document)
  }
  yield* policyRestated(state)
  yield* valuationRestated(state)
  yield* duplicateNumbers(state)
  yield* duplicateKeys(state)
  yield* recordProblems(state)
  yield* journalTrouble(state)
}
