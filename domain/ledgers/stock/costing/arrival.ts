/** 移入 (arrival): goods that came from another pool, or out of others, bring what those were worth. */

import type { Flow } from '../flow.ts'
import { isPairFlow } from '../flow.ts'
import { joinsOf } from '../joins.ts'
import type { StockLedger } from '../stock-ledger.ts'
import { isTaintedBit } from './basis.ts'
import { parcelText } from './parcels.ts'
import { spread } from './spread.ts'

export interface Arrival {
  /** Fen that the goods come in at. */
  readonly value: number
  /** Whether a document has stated that value, so that it may differ from what the goods were worth. */
  readonly isStated: boolean
  /** Whether it may change without any goods moving. */
  readonly isTainted: boolean
}

/** What the in leg `movement` of an internal move brings; undefined where it is no such leg. */
export function arrivalOf(ledger: StockLedger, movement: number): Arrival | undefined {
  const flow = joinsOf(ledger).flowByLeg.get(movement)
  if (flow === undefined) return undefined
  const { cost, basis } = ledger.movements.columns
  const worth = flow.outs.reduce((sum, out) => sum - (cost[out] as number), 0)
  const isTainted = flow.outs.some((out) => ((basis[out] as number) & isTaintedBit) !== 0)
  if (!isPairFlow(flow)) {
    const fees = flow.ins.reduce((sum, leg) => sum + (ledger.stated.get(leg.movement) ?? 0), 0)
    return { value: shareIn(flow, movement, worth + fees), isStated: false, isTainted }
  }
  const stated = ledger.stated.get(movement)
  return { value: stated ?? worth, isStated: stated !== undefined, isTainted }
}

/** What of it is read of other pools, to be compared. */
export function inputOfArrival(
  ledger: StockLedger,
  movement: number,
  { value, isTainted }: Arrival,
): string {
  return `${value}|${Number(isTainted)}|${parcelText(ledger, movement)}`
}

/** The part of `amount` that goes with the in leg `movement`, fen. */
export function shareIn(flow: Flow, movement: number, amount: number): number {
  const index = flow.ins.findIndex((leg) => leg.movement === movement)
  const shares = spread(
    amount,
    flow.ins.map(({ share }) => Math.max(share, isPairFlow(flow) ? 1 : 0)),
  )
  return shares[index] ?? 0
}
