/** Keeps the chain of a pool in the one order [F4], and finds movements in it. */

import { firstAfter, mergeTail, type Run } from '../columns/merge-tail.ts'
import { compareMovements } from './order.ts'
import { isShuffledBit, isUnsettledBit } from './pool-flags.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Sorts what was pushed since the last time in; costs stand up to where the chain has changed. */
export function sortChain(ledger: StockLedger, pool: number): void {
  const { sorted, costed, flags } = ledger.poolTable.columns
  const run = runOf(ledger, pool)
  const changed = mergeTail(run, (a, b) => compareMovements(ledger, a, b))
  sorted[pool] = run.length
  if (changed === run.length) return
  flags[pool] = (flags[pool] as number) | isShuffledBit
  costed[pool] = Math.min(costed[pool] as number, changed)
}

/** Position of a movement in its pool's chain, −1 when it is in none. */
export function positionOf(ledger: StockLedger, pool: number, movement: number): number {
  if (movement >= ledger.settledRows) return ledger.chains.view(pool).lastIndexOf(movement)
  return sortedPositionOf(ledger, pool, movement)
}

/** The same of a chain that is in order but for movements that are known to be behind. */
export function sortedPositionOf(ledger: StockLedger, pool: number, movement: number): number {
  const compare = (a: number, b: number) => compareMovements(ledger, a, b)
  const position = firstAfter(runOf(ledger, pool), movement, compare) - 1
  if (position >= 0 && ledger.chains.at(pool, position) === movement) return position
  return ledger.chains.view(pool).indexOf(movement)
}

export function markUnsettled(ledger: StockLedger, pool: number): void {
  const { flags } = ledger.poolTable.columns
  if ((flags[pool] as number) & isUnsettledBit) return
  flags[pool] = (flags[pool] as number) | isUnsettledBit
  ledger.unsettled.push(pool)
}

function runOf(ledger: StockLedger, pool: number): Run {
  return {
    rows: ledger.chains.slots,
    start: ledger.chains.start(pool),
    sorted: ledger.poolTable.columns.sorted[pool] as number,
    length: ledger.chains.length(pool),
  }
}
