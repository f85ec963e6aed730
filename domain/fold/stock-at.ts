/** 时点库存 (ST-17): what all goods were, and were worth, at a moment, with what is known now, in one walk over the movements. */

import { trueUpsOf } from '#domain/ledgers/stock/costing/true-up.ts'
import { effectiveAt } from '#domain/ledgers/stock/order.ts'
import { branchOfPool, warehouseOfPool } from '#domain/ledgers/stock/place.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import type { SkuId } from '#domain/values/ids.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { FoldState } from './fold-state.ts'
import { isApart } from './halves.ts'

/** Goods of one SKU in a branch; 'all' where the company shares their value. */
export interface StockAtRow {
  readonly sku: SkuId
  readonly branch: string
  readonly quantity: Quantity
  /** Undefined where goods of several warehouses share it, and one of them is asked for. */
  readonly value?: Money
}

/** The whole branch, or one warehouse. */
export interface StockAtScope {
  readonly at: number
  readonly warehouse?: string
}

interface Sums {
  readonly sku: number
  readonly branch: number
  quantity: number
  value: number
}

/** In no order, without what was neither there nor worth anything. */
export function stockAt(state: FoldState, { at, warehouse }: StockAtScope): readonly StockAtRow[] {
  const { names, ledger } = state
  const asked = warehouse === undefined ? undefined : names.warehouses.find(warehouse)
  const groups = new Map<number, Sums>()
  addQuantities(state, groups, at, asked)
  addValues(state, groups, at, asked)
  const hasValues = asked === undefined || ledger.policy.scope === 'warehouse'
  const isNoBranch = isApart(names)
  return [...groups.values()].flatMap(({ sku, branch, quantity, value }) => {
    if (isNoBranch(branch)) return []
    if (quantity === 0 && (value === 0 || !hasValues)) return []
    return [
      {
        sku: names.skus.text(sku) as SkuId,
        branch: branch < 0 ? 'all' : names.branches.text(branch),
        quantity: quantity as Quantity,
        ...(hasValues && { value: value as Money }),
      },
    ]
  })
}

function addQuantities(
  state: FoldState,
  groups: Map<number, Sums>,
  at: number,
  asked: number | undefined,
): void {
  const { ledger } = state
  const { line, quantity } = ledger.movements.columns
  const isCompanyWide = ledger.policy.scope === 'company' && asked === undefined
  for (let movement = 0; movement < ledger.movements.rows; movement++) {
    const steps = quantity[movement] as number
    if (steps === 0 || effectiveAt(ledger, movement) > at) continue
    const place = ledger.lines.second(line[movement] as number)
    if (asked !== undefined && ledger.places.first(place) !== asked) continue
    const branch = isCompanyWide ? -1 : ledger.places.second(place)
    sumsOf(state, groups, ledger.lines.first(line[movement] as number), branch).quantity += steps
  }
}

function addValues(
  state: FoldState,
  groups: Map<number, Sums>,
  at: number,
  asked: number | undefined,
): void {
  const { ledger } = state
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    const own = warehouseOfPool(ledger, pool)
    if (asked !== undefined && own !== asked) continue
    const value = valueAt(ledger, pool, at)
    if (value === 0) continue
    const sums = sumsOf(state, groups, ledger.pools.first(pool), branchOfPool(ledger, pool))
    sums.value += value
  }
}

/** What the pool's movements had added by then, less what was trued up and lost of it by then. */
function valueAt(ledger: StockLedger, pool: number, at: number): number {
  const { cost } = ledger.movements.columns
  let value = 0
  for (const movement of ledger.chains.view(pool)) {
    if (effectiveAt(ledger, movement) > at) break
    value += (cost[movement] as number) - (ledger.differences.get(movement) ?? 0)
  }
  for (const { by, amount } of trueUpsOf(ledger, pool)) {
    if (effectiveAt(ledger, by) <= at) value -= amount
  }
  return value
}

function sumsOf(state: FoldState, groups: Map<number, Sums>, sku: number, branch: number): Sums {
  const key = sku * (state.names.branches.size + 1) + branch + 1
  const known = groups.get(key)
  if (known !== undefined) return known
  const sums: Sums = { sku, branch, quantity: 0, value: 0 }
  groups.set(key, sums)
  return sums
}
