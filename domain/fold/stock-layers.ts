/** 成本层与库龄 (layers and ages) of a SKU, as cards and reports ask for them. */

import { agesOf } from '#domain/ledgers/stock/ages.ts'
import { effectiveAt } from '#domain/ledgers/stock/order.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { FoldState } from './fold-state.ts'
import { type CardScope, poolsInScope } from './stock-card.ts'

/** Goods of one receipt under FIFO; of a pool with one value, all that it holds; below zero, what is owed. */
export interface StockLayer {
  readonly since: Instant
  readonly quantity: Quantity
  readonly value: Money
}

export interface AgedQuantity {
  readonly since: Instant
  readonly quantity: Quantity
}

/** Oldest first within each pool. */
export function stockLayers(state: FoldState, sku: string, scope: CardScope): StockLayer[] {
  const { ledger } = state
  const { quantity, value } = ledger.poolTable.columns
  return poolsInScope(state, sku, scope).flatMap((pool) => {
    const layers = ledger.layers.all(pool).map((layer) => ({
      since: effectiveAt(ledger, layer.source) as Instant,
      quantity: layer.quantity as Quantity,
      value: layer.value as Money,
    }))
    const onHand = quantity[pool] as number
    if (layers.length > 0 || onHand === 0) return layers
    const chain = ledger.chains.view(pool)
    const since = effectiveAt(ledger, chain[chain.length - 1] as number) as Instant
    return [{ since, quantity: onHand as Quantity, value: value[pool] as Money }]
  })
}

/** [CST26] What is on hand by the moment that it came, oldest first, as of `until`. */
export function stockAges(
  state: FoldState,
  sku: string,
  scope: CardScope,
  until: Instant,
): AgedQuantity[] {
  const { names, ledger } = state
  const number = names.skus.find(sku)
  if (number < 0) return []
  const isIn = (line: number): boolean => {
    const place = ledger.lines.second(line)
    return 'warehouse' in scope
      ? names.warehouses.text(ledger.places.first(place)) === scope.warehouse
      : names.branches.text(ledger.places.second(place)) === scope.branch
  }
  return [...agesOf(ledger, number, until)]
    .flatMap(([line, pieces]) => (isIn(line) ? pieces : []))
    .map(({ since, quantity }) => ({
      since: since as Instant,
      quantity: quantity as Quantity,
    }))
    .sort((a, b) => a.since - b.since)
}
