/** Which goods share a value, or by which method they cost, is another than was thought: all are valued anew. */

import { repool } from '#domain/ledgers/stock/change.ts'
import type { CostPolicy } from '#domain/ledgers/stock/policy.ts'
import type { FoldState } from './fold-state.ts'

/** What holds of pools follows when they are settled next. */
export function valueAnew(state: FoldState, policy: CostPolicy): void {
  repool(state.ledger, policy)
  state.provisionalPools.clear()
  state.oversizedPools.clear()
}
