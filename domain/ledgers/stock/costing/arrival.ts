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
  const { basis } = ledger.movements.columns
  const worth = worthOf(ledger, flow)
  const isTainted = flow.outs.some((out) => ((basis[out] as number) & isTaintedBit) !== 0)
  if (!isPairFlow(flow)) {
    return { value: valueInGroup(ledger, flow, movement, worth), isStated: false, isTainted }
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

/** The part of `amount` that goes with the in leg `movement`, fen: what is stated of others changes nothing of it. */
export function shareIn(flow: Flow, movement: number, amount: number): number {
  const index = flow.ins.findIndex((leg) => leg.movement === movement)
  const shares = spread(
    amount,
    flow.ins.map(({ share }) => Math.max(share, isPairFlow(flow) ? 1 : 0)),
  )
  return shares[index] ?? 0
}

/** [FLW10] What a group would have to give beyond what its goods were worth and its fees, fen; 0 for nothing. */
export function excessOf(ledger: StockLedger, flow: Flow): number {
  const { whole, wanted } = sumsOf(ledger, flow, worthOf(ledger, flow))
  return Math.max(wanted - Math.max(whole, 0), 0)
}

/** [FLW3] [FLW10] */
function valueInGroup(ledger: StockLedger, flow: Flow, movement: number, worth: number): number {
  const { whole, wanted } = sumsOf(ledger, flow, worth)
  const given = Math.min(wanted, Math.max(whole, 0))
  if (given === 0 || !isStatedIn(ledger, flow, movement))
    return shareIn(flow, movement, whole - given)
  const index = flow.ins.findIndex((leg) => leg.movement === movement)
  const shares = spread(
    given,
    flow.ins.map((leg) => statedIn(ledger, flow, leg.movement)),
  )
  return shares[index] ?? 0
}

function worthOf({ movements }: StockLedger, { outs }: Flow): number {
  const { cost } = movements.columns
  return outs.reduce((sum, out) => sum - (cost[out] as number), 0)
}

/** What there is to share, and what of it is stated to go with some of the goods alone. */
function sumsOf(ledger: StockLedger, flow: Flow, worth: number) {
  let [whole, wanted] = [worth, 0]
  for (const { movement } of flow.ins) {
    if (isStatedIn(ledger, flow, movement)) wanted += statedIn(ledger, flow, movement)
    else whole += ledger.stated.get(movement) ?? 0
  }
  return { whole, wanted }
}

/** Goods without a weight, beside others that have one, bear what is stated of them; of others that is a fee. */
function isStatedIn({ stated }: StockLedger, { ins }: Flow, movement: number): boolean {
  if (!stated.has(movement)) return false
  const own = ins.find((leg) => leg.movement === movement)
  return own?.share === 0 && ins.some(({ share }) => share > 0)
}

/** Fen, not below nothing. */
function statedIn(ledger: StockLedger, flow: Flow, movement: number): number {
  if (!isStatedIn(ledger, flow, movement)) return 0
  return Math.max(ledger.stated.get(movement) ?? 0, 0)
}
