/** What a count moved becomes another number of steps: balances follow, costs are found anew. */

import { addToBalance } from './add-to-balance.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Nothing of its cost may stay: what was an issue may be a surplus now. */
export function putDerived(ledger: StockLedger, movement: number, moved: number): void {
  const { quantity, cost, basis, pool } = ledger.movements.columns
  if (moved === quantity[movement]) return
  addToBalance(ledger, movement, moved - (quantity[movement] as number))
  quantity[movement] = moved
  cost[movement] = 0
  basis[movement] = 0
  ledger.differences.delete(movement)
  // The state at the end counts what it moved before: it can be replayed, not walked back.
  if (movement < ledger.settledRows) {
    ledger.poolTable.columns.stateAt[pool[movement] as number] = -1
  }
}
