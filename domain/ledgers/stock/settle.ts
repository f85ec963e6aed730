/** Brings the stock ledger up to date after a batch of changes, whatever the batch held. */

import { sortChain } from './chain-order.ts'
import { putCorrections } from './corrections.ts'
import { costPool } from './costing/cost-pool.ts'
import { costJoined } from './costing/joined-pools.ts'
import { deriveCounts } from './derive-counts.ts'
import { isJoinedBit, isUnsettledBit } from './pool-flags.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Puts chains in order and costs up to date; the pools that had to be touched. */
export function settle(ledger: StockLedger): readonly number[] {
  putCorrections(ledger)
  const pools = ledger.unsettled.splice(0)
  const { flags } = ledger.poolTable.columns
  const joined: number[] = []
  for (const pool of pools) {
    flags[pool] = (flags[pool] as number) & ~isUnsettledBit
    sortChain(ledger, pool)
    if (ledger.countedPools.has(pool)) deriveCounts(ledger, pool)
    if ((flags[pool] as number) & isJoinedBit) joined.push(pool)
    else costPool(ledger, pool)
  }
  const alsoCosted = joined.length === 0 ? joined : costJoined(ledger, joined)
  ledger.inTime = undefined
  ledger.settledRows = ledger.movements.rows
  return alsoCosted.length === 0 ? pools : [...new Set([...pools, ...alsoCosted])]
}
