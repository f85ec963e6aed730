/**
 * 成本方法转换的预览: what would cost something else if the company went over to another method in a month.
 * Found as every preview is: by costing that way what stands there or later, reading the difference and costing as
 * before [CMC5].
 */

import { costByMethod } from '#domain/ledgers/stock/change.ts'
import { trueUpsOf } from '#domain/ledgers/stock/costing/true-up.ts'
import { effectiveAt } from '#domain/ledgers/stock/order.ts'
import { type CostMethod, withChange } from '#domain/ledgers/stock/policy.ts'
import { settle } from '#domain/ledgers/stock/settle.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import type { FoldState } from './fold-state.ts'
import { differenceOf, type Impact, snapshotOf } from './impact.ts'

export interface MethodWish {
  /** The first moment of a month. */
  readonly from: Instant
  readonly method: CostMethod
}

export interface MethodImpact extends Impact {
  /** Goods with a value of their own on hand as the change begins, and what all of them are worth then. */
  readonly pools: number
  readonly valueKept: Money
}

/** Without a trace: policy, costs and findings are as before. */
export function methodImpactOf(state: FoldState, wish: MethodWish): MethodImpact {
  const { ledger } = state
  const { policy } = ledger
  const kept = standingAt(ledger, wish.from)
  const before = snapshotOf(state)
  costByMethod(ledger, withChange(policy, wish), wish.from)
  const impact = differenceOf(state, before, settle(ledger))
  costByMethod(ledger, policy, wish.from)
  settle(ledger)
  return { ...impact, ...kept }
}

/** What was on hand at a moment: as it is now, less what has moved since. */
function standingAt(ledger: StockLedger, from: number): Pick<MethodImpact, 'pools' | 'valueKept'> {
  const { poolTable, movements, differences } = ledger
  const { pool: pools, quantity, cost } = movements.columns
  const units = poolTable.columns.quantity.slice(0, poolTable.rows)
  let value = poolTable.columns.value.slice(0, poolTable.rows).reduce((sum, one) => sum + one, 0)
  const isSince = (movement: number) => effectiveAt(ledger, movement) >= from
  for (let movement = 0; movement < movements.rows; movement++) {
    if (!isSince(movement)) continue
    const pool = pools[movement] as number
    units[pool] = (units[pool] as number) - (quantity[movement] as number)
    value -= (cost[movement] as number) - (differences.get(movement) ?? 0)
  }
  for (let pool = 0; pool < poolTable.rows; pool++) {
    for (const { by, amount } of trueUpsOf(ledger, pool)) if (isSince(by)) value += amount
  }
  const onHand = units.filter((each) => each !== 0)
  return { pools: onHand.length, valueKept: value as Money }
}
