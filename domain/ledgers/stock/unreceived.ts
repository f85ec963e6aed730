/** Batches that nobody has received: their number came by an issue, a count or a transfer alone. */

import { isReversalBit, rankMask, rankOf } from './movement.ts'
import { branchOf, isStanding, rowsOfBatch, skuOfKey, textOfKey } from './tag-index.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Branches in which goods of the batch (a goods key) moved and none of it came in. */
export function branchesWithout(ledger: StockLedger, key: number): readonly number[] {
  const rows = rowsOfBatch(ledger, skuOfKey(key), textOfKey(key))
  const moving = rows.filter((row) => isStanding(ledger, row) && hasMoved(ledger, row))
  const branches = new Set(moving.map((row) => branchOf(ledger, row)))
  return [...branches].filter((branch) => !isReceived(ledger, key, branch))
}

/** Whether goods of the batch came into the branch: from outside, from another branch, or made of others. */
export function isReceived(ledger: StockLedger, key: number, branch: number): boolean {
  return rowsOfBatch(ledger, skuOfKey(key), textOfKey(key)).some(
    (row, _, rows) =>
      branchOf(ledger, row) === branch && brings(ledger, row, rows) && isStanding(ledger, row),
  )
}

/** Whether a movement that came, went or changed may make the difference to `isReceived`. */
export function mayBring({ movements }: StockLedger, movement: number): boolean {
  const rank = (movements.columns.kind[movement] as number) & rankMask
  return bringingRanks.has(rank)
}

const bringingRanks: ReadonlySet<number> = new Set([
  rankOf.opening,
  rankOf.receipt,
  rankOf['return-in'],
  rankOf.internal,
])

/** What only changes its place brings nothing: its out leg is one of the same act. */
function brings(ledger: StockLedger, row: number, rows: readonly number[]): boolean {
  const { quantity, kind, event, origin } = ledger.movements.columns
  const bits = kind[row] as number
  if ((quantity[row] as number) <= 0 || (bits & isReversalBit) !== 0) return false
  const rank = bits & rankMask
  if (rank === rankOf['return-in']) return (origin[row] as number) < 0
  if (rank !== rankOf.internal) return rank === rankOf.opening || rank === rankOf.receipt
  const branch = branchOf(ledger, row)
  return !rows.some(
    (other) =>
      event[other] === event[row] &&
      (quantity[other] as number) < 0 &&
      branchOf(ledger, other) === branch,
  )
}

function hasMoved({ movements }: StockLedger, row: number): boolean {
  return movements.columns.quantity[row] !== 0
}
