/**
 * 冲回 [F8]: what was counted in a closed month had reflected a movement that arrives only now. It takes
 * effect at the first open moment, and directly behind it stands a movement that no document has said and
 * that takes back what the counts had reflected already (`derive-counts.ts` says how much): sealed figures
 * stay, and stock is what was counted and what moved since.
 */

import { dropCorrectionOf, putMovement } from './change.ts'
import { isCounted } from './counts.ts'
import { isCorrection, isLateMovement } from './late-movements.ts'
import {
  isDeadBit,
  isLinkedBit,
  isNeutralBit,
  isReversalBit,
  rankMask,
  rankOf,
} from './movement.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Gives each late movement its correction, and takes those away that belong to none. */
export function putCorrections(ledger: StockLedger): void {
  if (ledger.lateTouched.size === 0) return
  const touched = [...ledger.lateTouched]
  for (const movement of touched) {
    const isWanted = isCorrected(ledger, movement)
    if (isWanted && !ledger.corrections.has(movement)) putCorrection(ledger, movement)
    else if (!isWanted) dropCorrectionOf(ledger, movement)
  }
  ledger.lateTouched.clear()
}

function isCorrected(ledger: StockLedger, movement: number): boolean {
  const { kind, quantity } = ledger.movements.columns
  const bits = kind[movement] as number
  if ((bits & isDeadBit) !== 0 || !isLateMovement(ledger, movement)) return false
  // It moves with its late movement, and has taken back all that there is.
  if (isCorrection(ledger, movement)) return false
  if ((bits & rankMask) === rankOf.value) return false
  return quantity[movement] !== 0 || isCounted(ledger, movement)
}

/**
 * It moves nothing yet. What it takes back, it takes back at the cost of the late movement, so that no value
 * is made; where that has none of its own, inside a pool, it is a surplus or a loss like any other.
 */
function putCorrection(ledger: StockLedger, late: number): void {
  const columns = ledger.movements.columns
  const hasCost = ((columns.kind[late] as number) & isNeutralBit) === 0
  const correction = putMovement(ledger, {
    event: columns.event[late] as number,
    line: columns.line[late] as number,
    cell: columns.cell[late] as number,
    leg: columns.leg[late] as number,
    quantity: 0,
    kind: rankOf.count | (hasCost ? isReversalBit : 0),
  })
  const { kind, origin } = ledger.movements.columns
  // Not by a link: nothing of the late movement is taken back that a return could not take back again.
  origin[correction] = late
  if (hasCost) kind[correction] = (kind[correction] as number) | isLinkedBit
  ledger.corrections.set(late, correction)
  ledger.lateTouched.delete(correction)
}
