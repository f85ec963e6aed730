/**
 * [F13] 上次看过的数 (seen figures): how quantities and values stood at one moment, kept beside the fold so that what
 * differs since can be told. Memory of one device: no hash knows of it, and the fold does nothing for it.
 */

import { trueUpOf } from '#domain/ledgers/stock/costing/true-up.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import type { FoldState } from './fold-state.ts'

export interface SeenFigures {
  /** Rows that there were: what stands behind them came later. */
  readonly parts: number
  readonly reversals: number
  /** Of each movement that there was: steps. */
  readonly quantity: Float64Array
  /** Fen that it added to its pool, with what was corrected of it since. */
  readonly worth: Float64Array
}

/** As everything stands now. */
export function seeFigures({ ledger, parts, reversals }: FoldState): SeenFigures {
  const { rows, columns } = ledger.movements
  const worth = new Float64Array(rows)
  for (let movement = 0; movement < rows; movement++) worth[movement] = worthOf(ledger, movement)
  return {
    ...{ parts: parts.rows, reversals: reversals.rows },
    ...{ quantity: columns.quantity.slice(0, rows), worth },
  }
}

/** What a movement adds to the value of its pool: its cost, less what was trued up or lost of it. */
export function worthOf(ledger: StockLedger, movement: number): number {
  const cost = ledger.movements.columns.cost[movement] as number
  return cost - trueUpOf(ledger, movement) - (ledger.differences.get(movement) ?? 0)
}

/** Of the state that a packed text belongs to and of what was seen: parts, reversals, movements. */
const headLength = 6

/** What differs from the state as it is now: little, where little has changed. */
export function packSeen(state: FoldState, seen: SeenFigures): Uint8Array {
  const { ledger, parts, reversals } = state
  const { quantity } = ledger.movements.columns
  const known = seen.quantity.length
  const packed = [parts.rows, reversals.rows, ledger.movements.rows]
  packed.push(seen.parts, seen.reversals, known)
  for (let movement = 0; movement < known; movement++) {
    const [steps, worth] = [seen.quantity[movement] as number, seen.worth[movement] as number]
    if (quantity[movement] === steps && worthOf(ledger, movement) === worth) continue
    packed.push(movement, steps, worth)
  }
  return new Uint8Array(new Float64Array(packed).buffer)
}

/** Undefined for bytes that were packed beside another state. */
export function openSeen(state: FoldState, bytes: Uint8Array): SeenFigures | undefined {
  if (bytes.length % Float64Array.BYTES_PER_ELEMENT !== 0) return undefined
  const packed = new Float64Array(bytes.slice().buffer)
  const now = [state.parts.rows, state.reversals.rows, state.ledger.movements.rows]
  if (packed.length < headLength || now.some((rows, i) => packed[i] !== rows)) return undefined
  const [parts = 0, reversals = 0, known = 0] = packed.subarray(now.length, headLength)
  if (known > state.ledger.movements.rows) return undefined
  const { quantity, worth } = seeFigures(state)
  const seen = {
    parts,
    reversals,
    quantity: quantity.slice(0, known),
    worth: worth.slice(0, known),
  }
  for (let i = headLength; i < packed.length; i += 3) {
    const movement = packed[i] as number
    seen.quantity[movement] = packed[i + 1] as number
    seen.worth[movement] = packed[i + 2] as number
  }
  return seen
}
