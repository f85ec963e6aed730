/**
 * What counts moved (盘盈, 盘亏), from all that stands before them in the one order: so a sale that arrives
 * late changes the difference of the count after it, and no stock [F5].
 */

import { addToBalance } from './add-to-balance.ts'
import { noteQuestions } from './count-questions.ts'
import { countOf, hasCountClass, isCounted } from './counts.ts'
import { isReversalBit } from './movement.ts'
import { cellsOfLine, noCell } from './place.ts'
import type { StockLedger } from './stock-ledger.ts'

/**
 * [CNT1] Derives what the counts of `pool` moved, from the first position that has changed; its chain
 * is in order. Costs follow in `costPool`.
 */
export function deriveCounts(ledger: StockLedger, pool: number): void {
  const { costed, stateAt } = ledger.poolTable.columns
  const from = costed[pool] as number
  const chain = ledger.chains.view(pool)
  const balances = balancesBefore(ledger, chain, from)
  const { quantity } = ledger.movements.columns
  for (let position = from; position < chain.length && balances.size > 0; position++) {
    const movement = chain[position] as number
    const key = keyOf(ledger, movement)
    const before = balances.get(key)
    if (before === undefined) continue
    const moved = derivedQuantity(ledger, movement, before)
    balances.set(key, before + moved)
    if (moved !== quantity[movement]) {
      putDerived(ledger, movement, moved)
      // The state at the end counts what it moved before: it can be replayed, not walked back.
      if (movement < ledger.settledRows) stateAt[pool] = -1
    }
    if (hasCountClass(ledger, movement)) noteQuestions(ledger, pool, position)
  }
}

/** Balances before `from` of those lines and cells that are counted there or later. */
function balancesBefore(ledger: StockLedger, chain: Int32Array, from: number): Map<number, number> {
  const balances = new Map<number, number>()
  for (let position = from; position < chain.length; position++) {
    const movement = chain[position] as number
    if (!hasCountClass(ledger, movement) || !isCounted(ledger, movement)) continue
    const key = keyOf(ledger, movement)
    if (!balances.has(key)) balances.set(key, balanceNow(ledger, movement))
  }
  if (balances.size === 0) return balances
  const { quantity } = ledger.movements.columns
  for (let position = from; position < chain.length; position++) {
    const movement = chain[position] as number
    const key = keyOf(ledger, movement)
    const balance = balances.get(key)
    if (balance !== undefined) balances.set(key, balance - (quantity[movement] as number))
  }
  return balances
}

/** Σ of all movements of what `movement` counts, as they stand now. */
function balanceNow(ledger: StockLedger, movement: number): number {
  const { cell, line } = ledger.movements.columns
  const cells = ledger.cellTable.columns.quantity
  if (cell[movement] !== noCell) return cells[cell[movement] as number] as number
  const own = line[movement] as number
  return cellsOfLine(ledger, own).reduce(
    (rest, each) => rest - (cells[each] as number),
    ledger.lineTable.columns.quantity[own] as number,
  )
}

/** A cell, or the goods of a line that nothing tells apart: what one count speaks of [CNT2]. */
function keyOf(ledger: StockLedger, movement: number): number {
  const { cell, line } = ledger.movements.columns
  return cell[movement] === noCell ? -1 - (line[movement] as number) : (cell[movement] as number)
}

function derivedQuantity(ledger: StockLedger, movement: number, before: number): number {
  const { quantity, kind, origin } = ledger.movements.columns
  if (!hasCountClass(ledger, movement)) return quantity[movement] as number
  if ((kind[movement] as number) & isReversalBit) {
    // INVARIANT: a mirror stands after its origin, whose quantity is derived by now.
    if (isCounted(ledger, movement)) return 0 - (quantity[origin[movement] as number] as number)
    return quantity[movement] as number
  }
  const count = countOf(ledger, movement)
  return count === undefined ? (quantity[movement] as number) : count.counted - before
}

/** Nothing of its cost may stay: what was an issue may be a surplus now. */
function putDerived(ledger: StockLedger, movement: number, moved: number): void {
  const { quantity, cost, basis } = ledger.movements.columns
  addToBalance(ledger, movement, moved - (quantity[movement] as number))
  quantity[movement] = moved
  cost[movement] = 0
  basis[movement] = 0
  ledger.differences.delete(movement)
}
