/**
 * The auditor of stock: what a set of records must come to, to the step and to the fen. Written from the
 * policies alone; no code of the ledgers or the fold is used by it, and a house test keeps it so.
 */
import type { Correction, Entry } from './books.ts'
import { type Movement, movementsOf } from './movement.ts'
import { inOrder } from './order.ts'
import type { Pool } from './pool.ts'
import { balancesOf, cellsOf, type Cells } from './quantities.ts'
import { type Policy, policyOf, referencePrices } from './stated-masters.ts'
import { type Recorded, type Standing, standingDocuments } from './statements.ts'
import { valued } from './valuation.ts'

export interface Audit {
  readonly policy: Policy
  readonly documents: readonly Standing[]
  /** All that moved, in the order in which it took effect. */
  readonly movements: readonly Movement[]
  readonly cells: Cells
  /** `branch|warehouse|sku` → steps, without zeros. */
  readonly balances: ReadonlyMap<string, bigint>
  readonly pools: readonly Pool[]
  readonly corrections: readonly Correction[]
  costOf(movement: Movement): Entry
}

export function audit(records: readonly Recorded[]): Audit {
  const policy = policyOf(records)
  const documents = standingDocuments(records)
  const movements = inOrder(movementsOf(documents))
  const cells = cellsOf(movements)
  const { pools, costOf, corrections } = valued(movements, policy, referencePrices(records))
  return {
    ...{ policy, documents, movements, cells, pools, corrections, costOf },
    balances: balancesOf(cells),
  }
}

/** `branch|sku` → steps and fen of all pools of the branch together. */
export function branchTotals({ pools }: Audit): Map<string, readonly [bigint, bigint]> {
  const totals = new Map<string, readonly [bigint, bigint]>()
  for (const { name, quantity, value } of pools) {
    const key = `${name.branch}|${name.sku}`
    const [steps, fen] = totals.get(key) ?? [0n, 0n]
    totals.set(key, [steps + quantity, fen + value])
  }
  return totals
}
