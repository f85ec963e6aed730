/**
 * In legs that another leg takes along: of an internal move whose out leg is linked (调拨入库 takes goods out of
 * transit), the in leg stands directly behind that, however early its own record is dated [ORD4].
 */

import { flowsOf, isPairFlow } from './flow.ts'
import { linkedTo } from './link.ts'
import { isDeadBit, isLinkedBit, isReversalBit, rankMask, rankOf } from './movement.ts'
import type { StockLedger } from './stock-ledger.ts'

/** Legs of internal moves of one in leg and one out leg, by the other. */
export interface Pairs {
  readonly inOf: Map<number, number>
  readonly outOf: Map<number, number>
}

/** The in leg of the pair of which `movement` is the out leg, where both are in force; −1 for none. */
export function pairedIn(ledger: StockLedger, movement: number): number {
  const { kind, quantity } = ledger.movements.columns
  const bits = kind[movement] as number
  const isOut = (bits & rankMask) === rankOf.internal && (quantity[movement] as number) < 0
  if (!isOut || bits & isReversalBit) return -1
  const into = pairsOf(ledger).inOf.get(movement) ?? -1
  return into < 0 || (kind[into] as number) & isDeadBit ? -1 : into
}

/** A pair has come, or the link of its out leg has changed: the in leg is in no sorted chain meanwhile. */
export function followOut(ledger: StockLedger, out: number): void {
  const into = pairedIn(ledger, out)
  if (into < 0) return
  if ((ledger.movements.columns.kind[out] as number) & isLinkedBit) ledger.ledBy.set(into, out)
  else ledger.ledBy.delete(into)
}

/** `movement` and all whose place in the order depends on it: what is linked to it, and what that takes along. */
export function withLed(ledger: StockLedger, movement: number): number[] {
  const found = [movement]
  for (const one of found) {
    found.push(...linkedTo(ledger, one))
    const into = ledger.ledBy.size === 0 ? -1 : pairedIn(ledger, one)
    if (into >= 0 && ledger.ledBy.get(into) === one) found.push(into)
  }
  return found
}

/** Of the pairs that the table of flows holds, by in leg. */
export function ledLegsOf(ledger: Pick<StockLedger, 'flows' | 'movements'>): Map<number, number> {
  const led = new Map<number, number>()
  const { kind } = ledger.movements.columns
  for (const [out, into] of pairsIn(ledger)) {
    if ((kind[out] as number) & isLinkedBit) led.set(into, out)
  }
  return led
}

/** The out leg of the pair of which `movement` is the in leg; −1 for none. */
export function pairedOut(ledger: StockLedger, movement: number): number {
  const { kind, quantity } = ledger.movements.columns
  const bits = kind[movement] as number
  const isIn = (bits & rankMask) === rankOf.internal && (quantity[movement] as number) > 0
  return !isIn || bits & isReversalBit ? -1 : (pairsOf(ledger).outOf.get(movement) ?? -1)
}

/** The table of flows has a new pair. */
export function notePair({ pairs }: StockLedger, out: number, into: number): void {
  pairs?.inOf.set(out, into)
  pairs?.outOf.set(into, out)
}

function pairsOf(ledger: StockLedger): Pairs {
  if (ledger.pairs !== undefined) return ledger.pairs
  const inOf = new Map(pairsIn(ledger))
  ledger.pairs = { inOf, outOf: new Map([...inOf].map(([out, into]) => [into, out])) }
  return ledger.pairs
}

function* pairsIn(ledger: Pick<StockLedger, 'flows' | 'movements'>): Generator<[number, number]> {
  for (const flow of flowsOf(ledger)) {
    const [out] = flow.outs
    const [into] = flow.ins
    if (out !== undefined && into !== undefined && isPairFlow(flow)) yield [out, into.movement]
  }
}
