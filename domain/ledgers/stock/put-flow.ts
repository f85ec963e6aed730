/** Puts internal moves into the ledger, and decides which of them carry value from pool to pool. */

import { appendRow } from '../columns/table.ts'
import { type Flow, flowsOf, isPair, isPairFlow } from './flow.ts'
import { markJoined } from './joins.ts'
import { followOut, notePair } from './led-legs.ts'
import { linkedTo } from './link.ts'
import { feedsBit, isNeutralBit, isReversalBit } from './movement.ts'
import type { StockLedger } from './stock-ledger.ts'

/** The movements are the legs of one internal move; they are in their chains and not costed yet. */
export function putFlow(ledger: StockLedger, flow: Flow): void {
  const { flows } = ledger
  const first = flows.rows
  const legs = [...flow.outs.map((movement) => ({ movement, share: 0 })), ...flow.ins]
  for (const leg of legs) {
    const row = appendRow(flows)
    flows.columns.movement[row] = leg.movement
    flows.columns.flow[row] = first
    flows.columns.share[row] = leg.share
  }
  enterFlow(ledger, flow)
  const [out] = flow.outs
  const [into] = flow.ins
  if (out === undefined || into === undefined || !isPairFlow(flow)) return
  notePair(ledger, out, into.movement)
  followOut(ledger, out)
}

/** Which goods share a value has changed: what moved no value may move some now, and the other way. With `legs`, only flows that have one of them. */
export function enterFlows(ledger: StockLedger, legs?: ReadonlySet<number>): void {
  if (ledger.flows.rows === 0) return
  const isAsked = (movement: number) => legs?.has(movement) ?? true
  for (const flow of flowsOf(ledger)) {
    if (flow.outs.some(isAsked) || flow.ins.some(({ movement }) => isAsked(movement))) {
      enterFlow(ledger, flow)
    }
  }
}

/** Inside one pool nothing is worth more or less by it: quantity moves, and no value. */
function enterFlow(ledger: StockLedger, flow: Flow): void {
  const isNeutral = isNeutralFlow(ledger, flow)
  const { kind } = ledger.movements.columns
  for (const { movement } of flow.ins) putNeutral(ledger, movement, isNeutral)
  for (const movement of flow.outs) {
    putNeutral(ledger, movement, isNeutral)
    const bits = kind[movement] as number
    kind[movement] = isNeutral ? bits & ~feedsBit : bits | feedsBit
  }
  if (!isNeutral) markJoined(ledger, flow)
}

function isNeutralFlow({ movements }: StockLedger, { outs, ins }: Flow): boolean {
  const { pool, quantity } = movements.columns
  const [out] = outs
  const [into] = ins
  if (out === undefined || into === undefined || into.share !== isPair) return false
  const isEven = (quantity[out] as number) + (quantity[into.movement] as number) === 0
  return isEven && pool[out] === pool[into.movement]
}

/** Of the movement and of what mirrors it. */
function putNeutral(ledger: StockLedger, movement: number, isNeutral: boolean): void {
  const { kind } = ledger.movements.columns
  const bits = kind[movement] as number
  kind[movement] = isNeutral ? bits | isNeutralBit : bits & ~isNeutralBit
  for (const child of linkedTo(ledger, movement)) {
    if ((kind[child] as number) & isReversalBit) putNeutral(ledger, child, isNeutral)
  }
}
