/** Internal moves of a posting: which of its legs are one act, by pair (1:1) or by group (n:m). */

import { type Flow, isPair } from '#domain/ledgers/stock/flow.ts'
import { putFlow } from '#domain/ledgers/stock/put-flow.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import type { Leg } from '#domain/records/posted-body.ts'

/** Tells the ledger; a leg without another side stands by itself. */
export function putFlowsOf(
  ledger: StockLedger,
  legs: readonly Leg[],
  movementByLeg: ReadonlyMap<string, number>,
): void {
  if (legs.every(({ pair, group }) => pair === undefined && group === undefined)) return
  for (const leg of legs) putPair(ledger, leg, movementByLeg)
  for (const group of new Set(legs.flatMap((leg) => leg.group ?? []))) {
    const members = legs.filter((leg) => leg.group === group)
    const flow = groupOf(ledger, members, movementByLeg)
    if (flow.outs.length > 0 && flow.ins.length > 0) putFlow(ledger, flow)
  }
}

function putPair(
  ledger: StockLedger,
  { leg, pair }: Leg,
  movementByLeg: ReadonlyMap<string, number>,
): void {
  const out = pair === undefined ? undefined : movementByLeg.get(pair)
  const into = movementByLeg.get(leg)
  if (out === undefined || into === undefined) return
  if (!goesOut(ledger, out) || goesOut(ledger, into)) return
  putFlow(ledger, { outs: [out], ins: [{ movement: into, share: isPair }] })
}

function groupOf(
  ledger: StockLedger,
  legs: readonly Leg[],
  movementByLeg: ReadonlyMap<string, number>,
): Flow {
  const members = legs.flatMap(({ leg, share = 0 }) => {
    const movement = movementByLeg.get(leg)
    return movement === undefined ? [] : [{ movement, share }]
  })
  return {
    outs: members.map(({ movement }) => movement).filter((movement) => goesOut(ledger, movement)),
    ins: members.filter(({ movement }) => !goesOut(ledger, movement)),
  }
}

function goesOut({ movements }: StockLedger, movement: number): boolean {
  return (movements.columns.quantity[movement] as number) < 0
}
