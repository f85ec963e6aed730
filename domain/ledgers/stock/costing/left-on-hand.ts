/**
 * What is still on hand of goods that came in once, first in, first out, whatever the cost method: by it a
 * value that comes late is parted between goods that are here and goods that are gone [policies 9, 10].
 */

import { isNeutralBit } from '../movement.ts'
import type { StockLedger } from '../stock-ledger.ts'

interface Asked {
  /** The movement that brought the goods in, or restated them, and how many steps they were. */
  readonly of: number
  readonly came: number
  /** Movement before which is asked; −1 for the end of the chain. */
  readonly before: number
  /** Steps on hand in the pool at that moment. */
  readonly onHand: number
}

/** Steps of the goods of `of` that are left, between 0 and what came; all of them where they come later. */
export function quantityLeft(ledger: StockLedger, { of, came, before, onHand }: Asked): number {
  const { quantity, kind, pool } = ledger.movements.columns
  let later = 0
  let isLater = false
  for (const movement of ledger.chains.view(pool[of] as number)) {
    if (movement === before) break
    if (isLater && ((kind[movement] as number) & isNeutralBit) === 0) {
      later += Math.max(quantity[movement] as number, 0)
    }
    if (movement === of) isLater = true
  }
  // What an assembly gives back of its own component covers it before its other goods are there.
  if (!isLater) return came
  return Math.min(Math.max(onHand - later, 0), came)
}
