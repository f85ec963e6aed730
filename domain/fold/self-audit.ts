/**
 * 自检 (self-audit): whether what the fold carries along agrees with what it follows from. Run in idle
 * time after merges; answers with the smallest contradiction, or nothing. Figures that were wrong are
 * right afterwards, because the last check costs all pools from nothing [AUD1] [AUD2].
 */

import { cardOf } from '#domain/ledgers/stock/card.ts'
import { sumBalances } from '#domain/ledgers/stock/balance.ts'
import { costEverything } from '#domain/ledgers/stock/costing/cost-everything.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import { noCell } from '#domain/ledgers/stock/place.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'

export interface AuditProblem {
  /**
   * balance: a line is not the sum of its movements. cell: the same of goods by batch, serial number,
   * bin or status. pool: a pool is not what its card adds up to. cost: a cost is not what costing
   * from nothing gives.
   */
  readonly code: 'balance' | 'cell' | 'pool' | 'cost'
  readonly sku: string
  /** What the state said, and what follows from its movements: steps, or fen. */
  readonly said: number
  readonly follows: number
  /** The document whose figure it is, where it is one document's. */
  readonly docId?: string
}

type Check = (state: FoldState) => AuditProblem | undefined

export function auditOf(state: FoldState): AuditProblem | undefined {
  const checks: readonly Check[] = [checkBalances, checkCells, checkPools, checkCosts]
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
  return { code: 'balance', sku, said: quantity[line] as number, follows: sums[line] as number }
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
  return { code: 'cell', sku, said: quantity[wrong] as number, follows: sums[wrong] as number }
}

/** The last row of each card is its pool [CST12]; of quantities first. */
function checkPools({ names, ledger }: FoldState): AuditProblem | undefined {
  const { quantity, value } = ledger.poolTable.columns
  for (let pool = 0; pool < ledger.pools.size; pool++) {
    const [units, worth] = lastOf(ledger, pool)
    const [saidUnits, saidWorth] = [quantity[pool] as number, value[pool] as number]
    const isUnits = units !== saidUnits
    if (!isUnits && worth === saidWorth) continue
    return {
      code: 'pool',
      sku: names.skus.text(ledger.pools.first(pool)),
      said: isUnits ? saidUnits : saidWorth,
      follows: isUnits ? units : worth,
    }
  }
  return undefined
}

function lastOf(ledger: StockLedger, pool: number): readonly [quantity: number, value: number] {
  let last: readonly [number, number] = [0, 0]
  for (const { poolQuantity, poolValue } of cardOf(ledger, pool)) last = [poolQuantity, poolValue]
  return last
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
      code: 'cost',
      sku: names.skus.text(ledger.lines.first(line[movement] as number)),
      said: costs[movement] as number,
      follows: cost[movement] as number,
      docId: docIdOf(names, document),
    }
  }
  return undefined
}
