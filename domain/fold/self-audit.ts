/**
 * 自检 (self-audit): whether what the fold carries along agrees with what it follows from. Run in idle
 * time after merges; answers with the smallest contradiction, or nothing. Figures that were wrong are
 * right afterwards, because the last check costs all pools from nothing [AUD1] [AUD2].
 */

import { sumBalances } from '#domain/ledgers/stock/balance.ts'
import { costEverything } from '#domain/ledgers/stock/costing/cost-everything.ts'
import { quantityReturned } from '#domain/ledgers/stock/link.ts'
import { trueUpsOf } from '#domain/ledgers/stock/costing/true-up.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import { noCell } from '#domain/ledgers/stock/place.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'
import { isUnderWay } from './transit-view.ts'

export interface AuditProblem {
  /**
   * balance: a line is not the sum of its movements; cell: the same of goods by batch, serial number,
   * bin or status; pool: a pool is not what its card adds up to; cost: a cost is not what costing
   * from nothing gives; transit: goods under way are not what was sent, less what went on.
   */
  readonly code:
    | 'transit-differs'
    | 'balance-differs'
    | 'cell-differs'
    | 'pool-differs'
    | 'cost-differs'
  readonly sku: string
  /** What the state said, and what follows from its movements: steps, or fen. */
  readonly said: number
  readonly follows: number
  /** The document whose figure it is, where it is one document's. */
  readonly docId?: string
}

type Check = (state: FoldState) => AuditProblem | undefined

export function auditOf(state: FoldState): AuditProblem | undefined {
  const checks: readonly Check[] = [checkBalances, checkCells, checkTransit, checkPools, checkCosts]
  for (const check of checks) {
    const problem = check(state)
    if (problem !== undefined) return problem
  }
  return undefined
}

function checkBalances({ names, ledger }: FoldState): AuditProblem | undefined {
  const sums = sumBalances(ledger)
  const { quantity } = ledger.lineTable.columns
  const line = sums.findIndex((sum, at) => sum !== quantity[at])
  if (line < 0) return undefined
  const sku = names.skus.text(ledger.lines.first(line))
  return {
    code: 'balance-differs',
    sku,
    said: quantity[line] as number,
    follows: sums[line] as number,
  }
}

function checkCells({ names, ledger }: FoldState): AuditProblem | undefined {
  const { cell, quantity: moved } = ledger.movements.columns
  const sums = new Float64Array(ledger.cells.size)
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    const at = cell[movement] as number
    if (at !== noCell) sums[at] = (sums[at] as number) + (moved[movement] as number)
  }
  const { quantity } = ledger.cellTable.columns
  const wrong = sums.findIndex((sum, at) => sum !== quantity[at])
  if (wrong < 0) return undefined
  const sku = names.skus.text(ledger.lines.first(ledger.cells.first(wrong)))
  return {
    code: 'cell-differs',
    sku,
    said: quantity[wrong] as number,
    follows: sums[wrong] as number,
  }
}

/**
 * What lies in a transit is, dispatch by dispatch, what was sent less what has gone on, and what went on
 * without a dispatch; and what leaves or comes there does so from or to another place [AUD3].
 */
function checkTransit(state: FoldState): AuditProblem | undefined {
  const { names, ledger } = state
  const { line: lineOf, quantity, origin } = ledger.movements.columns
  const isHere = transitLines(state)
  if (!isHere.includes(1)) return undefined
  const follows = new Float64Array(ledger.lines.size)
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    const line = lineOf[movement] as number
    if (isHere[line] !== 1 || (origin[movement] as number) >= 0) continue
    const moved = quantity[movement] as number
    const left = Math.abs(moved) - quantityReturned(ledger, movement)
    follows[line] = (follows[line] as number) + Math.sign(moved) * left
  }
  const said = ledger.lineTable.columns.quantity
  const wrong = follows.findIndex((sum, line) => isHere[line] === 1 && sum !== said[line])
  if (wrong < 0) return undefined
  return {
    code: 'transit-differs',
    sku: names.skus.text(ledger.lines.first(wrong)),
    said: said[wrong] as number,
    follows: follows[wrong] as number,
  }
}

function transitLines(state: FoldState): Uint8Array {
  const { lines, places } = state.ledger
  const isTransit = Uint8Array.from({ length: places.size }, (_, place) =>
    Number(isUnderWay(state, place)),
  )
  return Uint8Array.from({ length: lines.size }, (_, line) => isTransit[lines.second(line)] ?? 0)
}

/** The rows of a pool's card add up to it [CST12]: movements, less what was trued up and lost. */
function checkPools({ names, ledger }: FoldState): AuditProblem | undefined {
  const { units, worth } = sumPools(ledger)
  const { quantity, value } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.pools.size; pool++) {
    const isUnits = units[pool] !== quantity[pool]
    if (!isUnits && worth[pool] === value[pool]) continue
    return {
      code: 'pool-differs',
      sku: names.skus.text(ledger.pools.first(pool)),
      said: ((isUnits ? quantity : value)[pool] ?? 0) as number,
      follows: (isUnits ? units : worth)[pool] ?? 0,
    }
  }
  return undefined
}

function sumPools(ledger: StockLedger): {
  readonly units: Float64Array
  readonly worth: Float64Array
} {
  const { pool: pools, quantity, cost } = ledger.movements.columns
  const units = new Float64Array(ledger.pools.size)
  const worth = new Float64Array(ledger.pools.size)
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    const pool = pools[movement] as number
    units[pool] = (units[pool] as number) + (quantity[movement] as number)
    worth[pool] = (worth[pool] as number) + (cost[movement] as number)
  }
  for (let pool = 0; pool < ledger.pools.size; pool++) {
    for (const { amount } of trueUpsOf(ledger, pool)) worth[pool] = (worth[pool] as number) - amount
  }
  for (const [movement, amount] of ledger.differences) {
    const pool = pools[movement] as number
    worth[pool] = (worth[pool] as number) - amount
  }
  return { units, worth }
}

/** Costing from nothing gives every movement the cost that it has. */
function checkCosts({ names, ledger }: FoldState): AuditProblem | undefined {
  const { rows } = ledger.movements
  const costs = ledger.movements.columns.cost.slice(0, rows)
  costEverything(ledger)
  const { cost, line, event } = ledger.movements.columns
  for (let movement = 0; movement < rows; movement++) {
    if (cost[movement] === costs[movement]) continue
    const document = ledger.events.columns.document[event[movement] as number] as number
    return {
      code: 'cost-differs',
      sku: names.skus.text(ledger.lines.first(line[movement] as number)),
      said: costs[movement] as number,
      follows: cost[movement] as number,
      docId: docIdOf(names, document),
    }
  }
  return undefined
}
