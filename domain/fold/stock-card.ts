/** 台账 (movement card) of a SKU in a branch or warehouse, over all pools that hold its goods, in one order. */

import { cardOf, type CardEntry } from '#domain/ledgers/stock/card.ts'
import { basisName, type BasisName, isProvisional } from '#domain/ledgers/stock/costing/basis.ts'
import { shareOf } from '#domain/ledgers/stock/costing/share.ts'
import { isCorrection } from '#domain/ledgers/stock/late-movements.ts'
import { classOf, isReversalBit, type MovementClass } from '#domain/ledgers/stock/movement.ts'
import { compareMovements } from '#domain/ledgers/stock/order.ts'
import { branchOfPool, poolsOfSku, warehouseOfPool } from '#domain/ledgers/stock/place.ts'
import type { WarehouseId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'
import { documentOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { docIdOf } from './names.ts'

/** A leg, by the document that it stands in. */
export interface LegName {
  readonly docId: string
  readonly leg: string
}

/** One row of the 台账 (movement card), oldest first [CO-11]. */
export interface CardRow {
  /** 'true-up' and 'difference' are corrections of value that the movement before them caused. */
  readonly kind: 'movement' | 'true-up' | 'difference'
  readonly at: Instant
  /** What its record says, where that month was closed before it became known. */
  readonly ownAt?: Instant
  readonly docId: string
  readonly leg: string
  readonly isReversal: boolean
  readonly class: MovementClass
  readonly warehouse: WarehouseId
  readonly quantity: Quantity
  /** On hand afterwards where was asked for: in the branch or in the warehouse. */
  readonly quantityAfter: Quantity
  /** What the row added to the value of the branch's pool; of an issue, minus its cost. */
  readonly cost: Money
  readonly valueAfter: Money
  /** Of the row's pool after it; undefined with nothing on hand. */
  readonly average?: UnitPrice
  readonly isProvisional: boolean
  /** How the cost came about. */
  readonly why: BasisName | 'true-up' | 'difference'
  /** What the movement takes back, or a true-up corrects. */
  readonly about?: LegName
}

/** The whole branch, or one warehouse of it. */
export type CardScope = { readonly branch: string } | { readonly warehouse: string }

/** Oldest first. [CRD1] Of several pools the rows stand in the one order of movements, and values add up. */
export function* cardRows(state: FoldState, sku: string, scope: CardScope): Generator<CardRow> {
  const { names } = state
  const warehouse = 'warehouse' in scope ? names.warehouses.find(scope.warehouse) : undefined
  const valueByPool = new Map<number, number>()
  let quantityAfter = 0
  let valueAfter = 0
  for (const { pool, entry } of inOneOrder(state, poolsInScope(state, sku, scope))) {
    valueAfter += entry.poolValue - (valueByPool.get(pool) ?? 0)
    valueByPool.set(pool, entry.poolValue)
    const at = warehouseOf(state, entry.movement)
    if (warehouse !== undefined && at !== warehouse) continue
    quantityAfter += entry.quantity
    yield cardRow(state, entry, quantityAfter as Quantity, valueAfter as Money)
  }
}

interface PoolEntry {
  readonly pool: number
  readonly entry: CardEntry
}

/** The cards of the pools merged; corrections stay directly behind the movement that caused them. */
function* inOneOrder({ ledger }: FoldState, pools: readonly number[]): Generator<PoolEntry> {
  const cards = pools.map((pool) => ({ pool, rest: cardOf(ledger, pool) }))
  const heads = cards.flatMap(({ pool, rest }) => {
    const first = rest.next()
    return first.done ? [] : [{ pool, rest, entry: first.value }]
  })
  while (heads.length > 0) {
    const next = heads.reduce((one, other) =>
      compareMovements(ledger, other.entry.movement, one.entry.movement) < 0 ? other : one,
    )
    yield { pool: next.pool, entry: next.entry }
    const following = next.rest.next()
    if (following.done) heads.splice(heads.indexOf(next), 1)
    else next.entry = following.value
  }
}

/** Pools that hold goods of the scope; of a pool of several warehouses a card shows one of them. */
export function poolsInScope(state: FoldState, sku: string, scope: CardScope): number[] {
  const { names, ledger } = state
  const warehouse = 'warehouse' in scope ? names.warehouses.find(scope.warehouse) : undefined
  return poolsOfSku(ledger, names.skus.find(sku)).filter((pool) => {
    const branch = branchOfPool(ledger, pool)
    if (warehouse === undefined)
      return branch < 0 || ('branch' in scope && names.branches.text(branch) === scope.branch)
    const own = warehouseOfPool(ledger, pool)
    if (own >= 0) return own === warehouse
    return branch < 0 || ledger.places.find(warehouse, branch) >= 0
  })
}

function cardRow(
  state: FoldState,
  entry: CardEntry,
  quantityAfter: Quantity,
  valueAfter: Money,
): CardRow {
  const { names, ledger } = state
  const { event, leg, kind, basis, origin } = ledger.movements.columns
  const { movement, poolQuantity, poolValue } = entry
  const bits = kind[movement] as number
  const own = ledger.ownMoments.get(event[movement] as number)
  const about = entry.kind === 'true-up' ? entry.target : (origin[movement] as number)
  return {
    kind: entry.kind,
    at: entry.at as Instant,
    ...(own !== undefined && { ownAt: own as Instant }),
    docId: docIdOf(names, documentOf(state, movement)),
    leg: names.texts.read(leg[movement] as number),
    // What corrects a count for a late movement mirrors it, and is no document's reversal.
    isReversal: (bits & isReversalBit) !== 0 && !isCorrection(ledger, movement),
    class: classOf(bits),
    warehouse: names.warehouses.text(warehouseOf(state, movement)) as WarehouseId,
    quantity: entry.quantity as Quantity,
    quantityAfter,
    cost: entry.value as Money,
    valueAfter,
    ...(poolQuantity > 0 && { average: averageOf(poolValue, poolQuantity) }),
    isProvisional: isProvisional(basis[movement] as number),
    why: entry.kind === 'movement' ? basisName(basis[movement] as number) : entry.kind,
    ...(about >= 0 && { about: legNameOf(state, about) }),
  }
}

/** Rounded, for people; costing never uses it. */
function averageOf(value: number, quantity: number): UnitPrice {
  return shareOf(value, 100_000_000, quantity) as UnitPrice
}

function legNameOf(state: FoldState, movement: number): LegName {
  const { leg } = state.ledger.movements.columns
  return {
    docId: docIdOf(state.names, documentOf(state, movement)),
    leg: state.names.texts.read(leg[movement] as number),
  }
}

function warehouseOf({ ledger }: FoldState, movement: number): number {
  return ledger.places.first(ledger.lines.second(ledger.movements.columns.line[movement] as number))
}
