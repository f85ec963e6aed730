/** [F8] Movements that take effect later than their records say, and what corrects counts for them. */

import { pathTo } from './order.ts'
import type { StockLedger } from './stock-ledger.ts'

/**
 * Whether its own month was closed before the movement became known, or before that became known which it
 * follows: a reversal that is known earlier than its document waits for it.
 */
export function isLateMovement(ledger: StockLedger, movement: number): boolean {
  const { ownMoments } = ledger
  if (ownMoments.size === 0) return false
  const { event, origin } = ledger.movements.columns
  if (ownMoments.has(event[movement] as number)) return true
  if ((origin[movement] as number) < 0 && !ledger.ledBy.has(movement)) return false
  return pathTo(ledger, movement).some((one) => ownMoments.has(event[one] as number))
}

/** The movement came into force, or stands elsewhere: whether counts are to be corrected is asked anew. */
export function noteLate(ledger: StockLedger, movement: number): void {
  if (isLateMovement(ledger, movement) || ledger.corrections.has(movement)) {
    ledger.lateTouched.add(movement)
  }
}

/** That of a late movement, where it has one. */
export function correctionsOf({ corrections }: StockLedger, movement: number): readonly number[] {
  const correction = corrections.get(movement)
  return correction === undefined ? [] : [correction]
}

/** Whether `movement` corrects counts for a late one. */
export function isCorrection({ corrections, movements }: StockLedger, movement: number): boolean {
  if (corrections.size === 0) return false
  const late = movements.columns.origin[movement] as number
  return late >= 0 && corrections.get(late) === movement
}
