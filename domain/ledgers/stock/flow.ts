/**
 * 价值流转 (flows): internal moves by which cost goes from one pool into another — a transfer between
 * warehouses with values of their own, an assembly, a disassembly. Says which movements are one act;
 * what they are worth is `costing/arrival.ts`, which pools wait for which `joins.ts`.
 */

import type { Table } from '../columns/table.ts'
import { isDeadBit } from './movement.ts'
import type { StockLedger } from './stock-ledger.ts'

/** A row per leg of an internal move, those of one move behind each other. */
export const flowSchema = {
  movement: 'i32',
  /** The first row of the move. */
  flow: 'i32',
  /** Weight of an in leg; `isPair` of the in leg of a pair, 0 of what goes out. */
  share: 'f64',
} as const

export type FlowTable = Table<typeof flowSchema>

/** In place of a weight: the one in leg takes all that its one out leg gives. */
export const isPair = -1

export interface FlowLeg {
  readonly movement: number
  readonly share: number
}

export interface Flow {
  readonly outs: readonly number[]
  /** In the order of their legs: the last one with a weight takes the rest. */
  readonly ins: readonly FlowLeg[]
}

/** One out leg and one in leg that takes all of it. */
export function isPairFlow({ ins }: Flow): boolean {
  return ins[0]?.share === isPair
}

/** Moves whose legs are in force, as the table has them. */
export function* flowsOf({
  flows,
  movements,
}: Pick<StockLedger, 'flows' | 'movements'>): Generator<Flow> {
  const { movement, flow, share } = flows.columns
  const { quantity, kind } = movements.columns
  for (let row = 0; row < flows.rows; ) {
    const first = row
    const outs: number[] = []
    const ins: FlowLeg[] = []
    for (; row < flows.rows && flow[row] === first; row++) {
      const leg = movement[row] as number
      if ((kind[leg] as number) & isDeadBit) continue
      if ((quantity[leg] as number) < 0) outs.push(leg)
      else ins.push({ movement: leg, share: share[row] as number })
    }
    if (outs.length + ins.length > 0) yield { outs, ins }
  }
}
