/**
 * The auditor of stock: what a set of records must come to, to the step and to the fen. Written from the
 * policies alone; no code of the ledgers or the fold is used by it, and a house test keeps it so.
 */
import type { Correction, Entry } from './books.ts'
import { saidLate } from './late-values.ts'
import { correctionOf, isAsserting, isValueChange, type Movement, movementsOf } from './movement.ts'
import { inOrder, isLate } from './order.ts'
import { type Pool, staysInPool } from './pool.ts'
import { balancesOf, cellsOf, type Cells } from './quantities.ts'
import { sealsOf } from './seals.ts'
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
  const movements = movementsIn(documents, policy)
  const cells = cellsOf(movements)
  const seals = sealsOf(records)
  const { pools, costOf, corrections } = valued(movements, policy, {
    price: referencePrices(records),
    closedUntil: (branch) => seals(branch).openNow,
  })
  return {
    ...{ policy, documents, movements, cells, pools, corrections, costOf },
    balances: balancesOf(cells),
  }
}

/** In their order; those that no document has said among them. */
function movementsIn(documents: readonly Standing[], policy: Policy): Movement[] {
  const moved = movementsOf(documents)
  const all = [...moved, ...saidLate(documents, moved)]
  const corrected = all
    .filter((movement) => isLate(movement) && hasMoved(movement))
    .map((late) => correctionOf(late, !staysInPool(late, policy)))
  return inOrder([...all, ...corrected])
}

/** Goods, or what a count may find. */
function hasMoved(movement: Movement): boolean {
  return !isValueChange(movement) && (movement.quantity !== 0n || isAsserting(movement))
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
