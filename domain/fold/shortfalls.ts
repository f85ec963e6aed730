/**
 * 库存不足 of an act before it is done: what it would leave below zero, now or at any moment after its
 * own. Stock that is enough today does not excuse goods that were not there when they are said to have
 * gone (ST-02). Looks at warehouses, and at batches, bins and statuses where goods name them.
 */

import { compareMovements, effectiveAt } from '#domain/ledgers/stock/order.ts'
import { noCell, poolsOfSku } from '#domain/ledgers/stock/place.ts'
import type { StockLedger } from '#domain/ledgers/stock/stock-ledger.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { FoldState } from './fold-state.ts'
import { type TriedRecord, whileTried } from './impact.ts'

export interface Shortfall {
  readonly code: 'stock-short'
  readonly skuId: SkuId
  readonly warehouseId: WarehouseId
  /** The least that lies there from the act on, without it. */
  readonly onHand: Quantity
  /** How much less it would be. */
  readonly wanted: Quantity
}

/** Goods of one line, or of one cell of it, from a moment on. */
interface Goods {
  readonly line: number
  readonly cell: number
  readonly since: number
}

/** [IMP4] One per warehouse, or batch in it, that the act would leave too low. */
export function shortfallsOf(state: FoldState, tried: readonly TriedRecord[]): Shortfall[] {
  const { ledger } = state
  const known = ledger.movements.rows
  const moved = whileTried(state, tried, () =>
    goodsMoved(ledger, known).map((goods) => ({ goods, low: lowestOf(ledger, goods) })),
  )
  return (moved ?? []).flatMap(({ goods, low }) => {
    const before = lowestOf(ledger, goods)
    return low >= 0 || low >= before ? [] : [shortfall(state, goods, before, before - low)]
  })
}

function shortfall(
  { names, ledger }: FoldState,
  { line }: Goods,
  onHand: number,
  wanted: number,
): Shortfall {
  const warehouse = ledger.places.first(ledger.lines.second(line))
  return {
    code: 'stock-short',
    skuId: names.skus.text(ledger.lines.first(line)) as SkuId,
    warehouseId: names.warehouses.text(warehouse) as WarehouseId,
    onHand: onHand as Quantity,
    wanted: wanted as Quantity,
  }
}

/** Lines of the movements since row `first`, and cells where these name them, each once. */
function goodsMoved(ledger: StockLedger, first: number): Goods[] {
  const { line, cell } = ledger.movements.columns
  const found = new Map<string, Goods>()
  for (let movement = first; movement < ledger.movements.rows; movement++) {
    const own = line[movement] as number
    for (const part of new Set([noCell, cell[movement] as number])) {
      const key = `${own}|${part}`
      const since = Math.min(effectiveAt(ledger, movement), found.get(key)?.since ?? Infinity)
      found.set(key, { line: own, cell: part, since })
    }
  }
  return [...found.values()]
}

/** The least that lies there at its moment or any later one. Steps. */
function lowestOf(ledger: StockLedger, goods: Goods): number {
  const { quantity } = ledger.movements.columns
  let atFirst = 0
  let balance = 0
  let low = Infinity
  for (const movement of movementsInOrder(ledger, goods)) {
    balance += quantity[movement] as number
    if (effectiveAt(ledger, movement) <= goods.since) atFirst = balance
    else low = Math.min(low, balance)
  }
  return Math.min(atFirst, low)
}

/** A line lies in one pool, unless batches or serial numbers have values of their own. */
function movementsInOrder(ledger: StockLedger, { line, cell }: Goods): number[] {
  const { line: lines, cell: cells } = ledger.movements.columns
  const isOf = (movement: number) =>
    lines[movement] === line && (cell === noCell || cells[movement] === cell)
  const found = poolsOfSku(ledger, ledger.lines.first(line))
    .map((pool) => [...ledger.chains.view(pool)].filter(isOf))
    .filter((movements) => movements.length > 0)
  if (found.length < 2) return found[0] ?? []
  return found.flat().sort((a, b) => compareMovements(ledger, a, b))
}
