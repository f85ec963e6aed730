/**
 * What counts moved where movements came that are no counts and nothing else changed: each shifts the next count of
 * its goods by what it moved, whatever stands between. The chain is not walked, however old they are.
 */

import { noteQuestions } from './count-questions.ts'
import { countOf, hasCountClass, heldAt, isCounted, isRestating, putHeld } from './counts.ts'
import { positionOf } from './chain-order.ts'
import { isCorrection, isLateMovement } from './late-movements.ts'
import { isReversalBit } from './movement.ts'
import { compareMovements } from './order.ts'
import { putDerived } from './put-derived.ts'
import type { StockLedger } from './stock-ledger.ts'

/** By pool that holds counts, what came since they were derived; 'all' where more than that has changed. */
export type CountWork = Map<number, Set<number> | 'all'>

/** A movement came into the chain of a pool that holds counts. */
export function noteCame(ledger: StockLedger, pool: number, movement: number): void {
  const known = ledger.countWork.get(pool)
  if (known === 'all') return
  if (hasCountClass(ledger, movement)) ledger.countWork.set(pool, 'all')
  else if (known === undefined) ledger.countWork.set(pool, new Set([movement]))
  else known.add(movement)
}

/** A movement left it; `wasNew`: it came since counts were derived. */
export function noteLeft(
  ledger: StockLedger,
  pool: number,
  { movement, wasNew }: { readonly movement: number; readonly wasNew: boolean },
): void {
  const known = ledger.countWork.get(pool)
  if (known === 'all') return
  if (wasNew && !hasCountClass(ledger, movement)) known?.delete(movement)
  else ledger.countWork.set(pool, 'all')
}

/** False where counts of these goods stand elsewhere than their records say: all is derived anew then. */
export function shiftCounts(ledger: StockLedger, pool: number, came: ReadonlySet<number>): boolean {
  if (came.size === 0) return true
  const counts = countsOfPool(ledger, pool)
  const shifts = [...came].map((movement) => ({
    movement,
    behind: countsBehind(ledger, counts, movement),
  }))
  const isAsSaid = (movement: number) => standsAsSaid(ledger, movement)
  if (!shifts.every(({ movement, behind }) => [movement, ...behind].every(isAsSaid))) return false
  for (const { movement, behind } of shifts) shift(ledger, pool, movement, behind)
  return true
}

/** Where counts are corrected, the mirror of one gives back what that would have moved had nothing been closed. */
function standsAsSaid(ledger: StockLedger, movement: number): boolean {
  const { kind } = ledger.movements.columns
  const isMirror = ((kind[movement] as number) & isReversalBit) !== 0
  if (isMirror && ledger.corrections.size > 0 && isCounted(ledger, movement)) return false
  return !isLateMovement(ledger, movement) && !isCorrection(ledger, movement)
}

function shift(
  ledger: StockLedger,
  pool: number,
  movement: number,
  behind: readonly number[],
): void {
  const { quantity, kind } = ledger.movements.columns
  let missing = quantity[movement] as number
  for (const count of behind) {
    if ((kind[count] as number) & isReversalBit) missing += shiftMirror(ledger, count)
    else if (isRestating(ledger, count)) putHeld(ledger, count, heldAt(ledger, count) + missing)
    else if (isCounted(ledger, count)) {
      shiftCount(ledger, pool, count, missing)
      missing = 0
    }
  }
}

/** By how many steps more the mirror of a count moves. INVARIANT: its origin is shifted by now. */
function shiftMirror(ledger: StockLedger, mirror: number): number {
  if (!isCounted(ledger, mirror)) return 0
  const { quantity, origin } = ledger.movements.columns
  const before = quantity[mirror] as number
  putDerived(ledger, mirror, 0 - (quantity[origin[mirror] as number] as number))
  return (quantity[mirror] as number) - before
}

/** Where goods only moved while it was made, it asks about them. */
function shiftCount(ledger: StockLedger, pool: number, count: number, missing: number): void {
  if (missing === 0 && countOf(ledger, count)?.since === undefined) return
  const before = ledger.movements.columns.quantity[count] as number
  putDerived(ledger, count, before - missing)
  noteQuestions(ledger, pool, positionOf(ledger, pool, count))
}

/** Those of the goods of `movement` that stand after it, in order. */
function countsBehind(
  ledger: StockLedger,
  counts: readonly number[],
  movement: number,
): readonly number[] {
  const { line, cell } = ledger.movements.columns
  let low = 0
  let high = counts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareMovements(ledger, counts[middle] as number, movement) < 0) low = middle + 1
    else high = middle
  }
  return counts
    .slice(low)
    .filter((count) => line[count] === line[movement] && cell[count] === cell[movement])
}

/** Movements of class count of a pool, in order; kept until something but what came changes. */
function countsOfPool(ledger: StockLedger, pool: number): readonly number[] {
  const known = ledger.countsByPool.get(pool)
  if (known !== undefined) return known
  const found = [...ledger.chains.view(pool)].filter((each) => hasCountClass(ledger, each))
  ledger.countsByPool.set(pool, found)
  return found
}
