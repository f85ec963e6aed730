/** 结存 (balances): what is on hand, and since when a line is below zero. Reads the goods layer alone. */

import { linkedOrigins, quantityReturned } from './link.ts'
import { isReversalBit } from './movement.ts'
import { compareMovements, effectiveAt } from './order.ts'
import { branchOfPool, poolsOfSku, warehouseOfPool } from './place.ts'
import type { StockLedger } from './stock-ledger.ts'

/**
 * [STK1] Σ quantity by line from the resolved columns, as a check of the balances that are carried
 * along; the movements of a line add up in any order. Steps.
 */
export function sumBalances(ledger: StockLedger): Float64Array {
  const { line, quantity } = ledger.movements.columns
  const balances = new Float64Array(ledger.lines.size)
  const rows = ledger.movements.rows
  for (let movement = 0; movement < rows; movement++) {
    const at = line[movement] as number
    balances[at] = (balances[at] as number) + (quantity[movement] as number)
  }
  return balances
}

/** Where and since when a line is below zero. */
export interface NegativeStretch {
  /** Moment at which the balance last went below zero. */
  readonly since: number
  /** Movements of the line since then, oldest first. */
  readonly movements: readonly number[]
}

/** The stretch that the line is in now; undefined when it is not below zero. */
export function negativeStretch(ledger: StockLedger, line: number): NegativeStretch | undefined {
  return stretchOf(ledger, movementsOfLine(ledger, line))
}

/** The same of one cell of the line, `noCell` for its plain goods. */
export function negativeStretchOfPart(
  ledger: StockLedger,
  line: number,
  cell: number,
): NegativeStretch | undefined {
  const { cell: cellOf } = ledger.movements.columns
  const own = movementsOfLine(ledger, line).filter((movement) => cellOf[movement] === cell)
  return stretchOf(ledger, own)
}

function stretchOf(ledger: StockLedger, inOrder: readonly number[]): NegativeStretch | undefined {
  const { quantity } = ledger.movements.columns
  let balance = 0
  let movements: number[] = []
  for (const movement of inOrder) {
    if (quantity[movement] === 0) continue
    balance += quantity[movement] as number
    if (balance < 0) movements.push(movement)
    else movements = []
  }
  const first = movements[0]
  return first === undefined ? undefined : { since: effectiveAt(ledger, first), movements }
}

/** In order: of one pool, or of several where batches or pieces have values of their own. */
export function movementsOfLine(ledger: StockLedger, line: number): readonly number[] {
  const { line: lineOf } = ledger.movements.columns
  const place = ledger.lines.second(line)
  const scope = [ledger.places.first(place), ledger.places.second(place), -1]
  const pools = poolsOfSku(ledger, ledger.lines.first(line)).filter(
    (pool) =>
      [scope[0], -1].includes(warehouseOfPool(ledger, pool)) &&
      [scope[1], -1].includes(branchOfPool(ledger, pool)),
  )
  const own = pools.flatMap((pool) =>
    [...ledger.chains.view(pool)].filter((movement) => lineOf[movement] === line),
  )
  return pools.length === 1 ? own : own.sort((a, b) => compareMovements(ledger, a, b))
}

export interface OverReturn {
  /** The movement that was taken back more than once over. */
  readonly origin: number
  /** Steps, > 0. */
  readonly quantity: number
  readonly returned: number
}

/** Movements of which more was returned or reversed than moved, in no order. */
export function overReturns(ledger: StockLedger): OverReturn[] {
  const { quantity, kind } = ledger.movements.columns
  const found: OverReturn[] = []
  for (const origin of linkedOrigins(ledger)) {
    // A mirror has nothing linked to it: a reversal is not taken back.
    if ((kind[origin] as number) & isReversalBit) continue
    const moved = Math.abs(quantity[origin] as number)
    const returned = quantityReturned(ledger, origin)
    if (returned > moved) found.push({ origin, quantity: moved, returned })
  }
  return found
}
