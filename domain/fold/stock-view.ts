/** Stock and cost as screens, documents and reports ask for them: texts and branded values outside, numbers inside. */

import { branchOfPool, poolsOfSku, warehouseOfPool } from '#domain/ledgers/stock/place.ts'
import { cardOf, type CardEntry } from '#domain/ledgers/stock/card.ts'
import { basisName, type BasisName, isProvisional } from '#domain/ledgers/stock/costing/basis.ts'
import { shareOf } from '#domain/ledgers/stock/costing/share.ts'
import { trueUpOf } from '#domain/ledgers/stock/costing/true-up.ts'
import { quantityReturned } from '#domain/ledgers/stock/link.ts'
import { classOf, isReversalBit, type MovementClass } from '#domain/ledgers/stock/movement.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'
import { findPosted, movementOfLeg, movementsOf } from './document-rows.ts'
import { type FoldState, isProvisionalPool } from './fold-state.ts'
import { docIdOf } from './names.ts'
import { batchView, type BatchView, serialView, type SerialView } from './tag-view.ts'
import { type CellRow, cellRows, goodOf } from './cell-rows.ts'
import { stockList, type StockListed, type StockListPage } from './stock-list.ts'

export interface BalanceRow {
  readonly sku: SkuId
  readonly warehouse: WarehouseId
  readonly branch: string
  readonly quantity: Quantity
}

export interface PoolBalance {
  readonly quantity: Quantity
  /** Without the price of any receipt it is provisional, not zero. */
  readonly value: Money
  /** 成本待定: short, or holding goods whose price has not come. */
  readonly isProvisional: boolean
}

export interface PoolRow extends PoolBalance {
  readonly sku: SkuId
  readonly branch: string
}

export interface StockSummary {
  /** SKUs with goods in some warehouse, and SKUs below zero in some. */
  readonly skusInStock: number
  readonly skusNegative: number
  readonly value: Money
}

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
  /** Of the branch's pool after the row; undefined with nothing on hand. */
  readonly average?: UnitPrice
  readonly isProvisional: boolean
  /** How the cost came about. */
  readonly why: BasisName | 'true-up' | 'difference'
  /** What the movement takes back, or a true-up corrects. */
  readonly about?: LegName
}

/** What the goods of one leg were worth. */
export interface LegCost {
  readonly leg: string
  readonly sku: SkuId
  readonly quantity: Quantity
  /** Fen, signed as the quantity: goods in > 0, goods out < 0. */
  readonly cost: Money
  /** What later receipts added to the cost of goods that left without stock [CO-07]. */
  readonly trueUp: Money
  /** 成本尾差: what the pool lost beyond the cost of this leg [CO-05]. */
  readonly difference: Money
  readonly isProvisional: boolean
  readonly why: BasisName
}

/** The whole branch, or one warehouse of it. */
export type CardScope = { readonly branch: string } | { readonly warehouse: string }

export interface StockView {
  balance(sku: string, warehouse: string): Quantity
  /** Every SKU and warehouse that ever moved, zero ones too, in no order. */
  balances(): Iterable<BalanceRow>
  /** Goods told apart by batch, serial number, bin or status; of one warehouse where it is given. */
  cells(sku: string, warehouse?: string): readonly CellRow[]
  /** 合格品 on hand: neither inspected yet, defective, frozen nor sold already. */
  good(sku: string, warehouse: string): Quantity
  /** What holds of a batch number, and what of it is on hand. */
  batch(sku: string, batch: string): BatchView
  /** The life of one piece. */
  serial(sku: string, serial: string): SerialView
  /** A page of a list by SKU and warehouse. */
  list(asked: StockListed): StockListPage
  /** Of some branches together, counted without naming anything. */
  summary(branches: readonly string[]): StockSummary
  pool(sku: string, branch: string): PoolBalance | undefined
  pools(): Iterable<PoolRow>
  card(sku: string, scope: CardScope): readonly CardRow[]
  /** The card as it stood at `at`, with what is known now (ST-17). */
  asOf(
    sku: string,
    scope: CardScope,
    at: Instant,
  ): { readonly quantity: Quantity; readonly value: Money }
  /** Per leg of the posting in force; empty where there is none. */
  costOf(docId: string): readonly LegCost[]
  /** What linked returns have taken back of a leg and not undone; ≥ 0. */
  returnedOf(docId: string, leg: string): Quantity
}

export function stockView(state: FoldState): StockView {
  return {
    balance: (sku, warehouse) => balanceOf(state, sku, warehouse),
    balances: () => balancesOf(state),
    cells: (sku, warehouse) => cellRows(state, sku, warehouse),
    good: (sku, warehouse) => goodOf(state, sku, warehouse),
    batch: (sku, batch) => batchView(state, sku, batch),
    serial: (sku, serial) => serialView(state, sku, serial),
    list: (asked) => stockList(state, asked),
    summary: (branches) => summaryOf(state, branches),
    pool: (sku, branch) => poolIn(state, sku, branch),
    pools: () => poolsOf(state),
    card: (sku, scope) => [...cardRows(state, sku, scope)],
    asOf(sku, scope, at) {
      let last: CardRow | undefined
      for (const row of cardRows(state, sku, scope)) {
        if (row.at > at) break
        last = row
      }
      return {
        quantity: last?.quantityAfter ?? (0 as Quantity),
        value: last?.valueAfter ?? (0 as Money),
      }
    },
    costOf(docId) {
      const document = findPosted(state, docId)
      if (document < 0) return []
      return [...movementsOf(state, document)].map((movement) => legCost(state, movement))
    },
    returnedOf(docId, leg) {
      const document = findPosted(state, docId)
      const movement = document < 0 ? -1 : movementOfLeg(state, document, leg)
      return (movement < 0 ? 0 : quantityReturned(state.ledger, movement)) as Quantity
    },
  }
}

/** Over the branches that the warehouse was used in: one, unless its master was moved. */
function balanceOf({ names, ledger }: FoldState, sku: string, warehouse: string): Quantity {
  const skuNumber = names.skus.find(sku)
  const warehouseNumber = names.warehouses.find(warehouse)
  let sum = 0
  for (let branch = 0; branch < names.branches.size; branch++) {
    const place = ledger.places.find(warehouseNumber, branch)
    const line = place < 0 ? -1 : ledger.lines.find(skuNumber, place)
    if (line >= 0) sum += ledger.lineTable.columns.quantity[line] as number
  }
  return sum as Quantity
}

function* balancesOf({ names, ledger }: FoldState): Generator<BalanceRow> {
  for (let line = 0; line < ledger.lines.size; line++) {
    const place = ledger.lines.second(line)
    yield {
      sku: names.skus.text(ledger.lines.first(line)) as SkuId,
      warehouse: names.warehouses.text(ledger.places.first(place)) as WarehouseId,
      branch: names.branches.text(ledger.places.second(place)),
      quantity: ledger.lineTable.columns.quantity[line] as Quantity,
    }
  }
}

function summaryOf({ names, ledger }: FoldState, branches: readonly string[]): StockSummary {
  const isIn = new Uint8Array(names.branches.size)
  for (const branch of branches) {
    const number = names.branches.find(branch)
    if (number >= 0) isIn[number] = 1
  }
  const inStock = new Set<number>()
  const negative = new Set<number>()
  const { quantity } = ledger.lineTable.columns
  for (let line = 0; line < ledger.lines.size; line++) {
    const onHand = quantity[line] as number
    if (onHand === 0 || isIn[ledger.places.second(ledger.lines.second(line))] !== 1) continue
    ;(onHand > 0 ? inStock : negative).add(ledger.lines.first(line))
  }
  let value = 0
  for (let pool = 0; pool < ledger.pools.size; pool++) {
    if (isIn[branchOfPool(ledger, pool)] === 1) {
      value += ledger.poolTable.columns.value[pool] as number
    }
  }
  return { skusInStock: inStock.size, skusNegative: negative.size, value: value as Money }
}

/** All pools of the SKU in the branch as one: a branch has several where warehouses or lots have their own. */
function poolIn(state: FoldState, sku: string, branch: string): PoolBalance | undefined {
  const pools = poolsInScope(state, sku, { branch })
  return pools.length === 0 ? undefined : poolBalance(state, pools)
}

function poolBalance({ ledger }: FoldState, pools: readonly number[]): PoolBalance {
  const { quantity, value } = ledger.poolTable.columns
  const sum = (column: Float64Array) =>
    pools.reduce((total, pool) => total + (column[pool] as number), 0)
  return {
    quantity: sum(quantity) as Quantity,
    value: sum(value) as Money,
    isProvisional: pools.some((pool) => isProvisionalPool(ledger, pool)),
  }
}

function* poolsOf(state: FoldState): Generator<PoolRow> {
  const { names, ledger } = state
  for (let pool = 0; pool < ledger.pools.size; pool++) {
    yield {
      sku: names.skus.text(ledger.pools.first(pool)) as SkuId,
      branch: poolBranch(state, pool),
      ...poolBalance(state, [pool]),
    }
  }
}

/** 'all' for a pool of the whole company. */
function poolBranch({ names, ledger }: FoldState, pool: number): string {
  const branch = branchOfPool(ledger, pool)
  return branch < 0 ? 'all' : names.branches.text(branch)
}

function* cardRows(state: FoldState, sku: string, scope: CardScope): Generator<CardRow> {
  const { names, ledger } = state
  const warehouse = 'warehouse' in scope ? names.warehouses.find(scope.warehouse) : undefined
  let quantityAfter = 0
  for (const pool of poolsInScope(state, sku, scope)) {
    for (const entry of cardOf(ledger, pool)) {
      const at = warehouseOf(state, entry.movement)
      if (warehouse !== undefined && at !== warehouse) continue
      quantityAfter += entry.quantity
      yield cardRow(state, entry, quantityAfter as Quantity)
    }
  }
}

/** Pools that hold goods of the scope; of a pool of several warehouses a card shows one of them. */
function poolsInScope(state: FoldState, sku: string, scope: CardScope): number[] {
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

function cardRow(state: FoldState, entry: CardEntry, quantityAfter: Quantity): CardRow {
  const { names, ledger } = state
  const { leg, kind, basis, origin } = ledger.movements.columns
  const { movement, poolQuantity, poolValue } = entry
  const bits = kind[movement] as number
  const about = entry.kind === 'true-up' ? entry.target : (origin[movement] as number)
  return {
    kind: entry.kind,
    at: entry.at as Instant,
    docId: docIdOf(names, documentOf(state, movement)),
    leg: names.texts.read(leg[movement] as number),
    isReversal: (bits & isReversalBit) !== 0,
    class: classOf(bits),
    warehouse: names.warehouses.text(warehouseOf(state, movement)) as WarehouseId,
    quantity: entry.quantity as Quantity,
    quantityAfter,
    cost: entry.value as Money,
    valueAfter: poolValue as Money,
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

function legCost({ names, ledger }: FoldState, movement: number): LegCost {
  const { leg, pool, quantity, cost, basis } = ledger.movements.columns
  return {
    leg: names.texts.read(leg[movement] as number),
    sku: names.skus.text(ledger.pools.first(pool[movement] as number)) as SkuId,
    quantity: quantity[movement] as Quantity,
    cost: cost[movement] as Money,
    trueUp: trueUpOf(ledger, movement) as Money,
    difference: (ledger.differences.get(movement) ?? 0) as Money,
    isProvisional: isProvisional(basis[movement] as number),
    why: basisName(basis[movement] as number),
  }
}

function legNameOf(state: FoldState, movement: number): LegName {
  const { leg } = state.ledger.movements.columns
  return {
    docId: docIdOf(state.names, documentOf(state, movement)),
    leg: state.names.texts.read(leg[movement] as number),
  }
}

function documentOf({ ledger }: FoldState, movement: number): number {
  return ledger.events.columns.document[
    ledger.movements.columns.event[movement] as number
  ] as number
}

function warehouseOf({ ledger }: FoldState, movement: number): number {
  return ledger.places.first(ledger.lines.second(ledger.movements.columns.line[movement] as number))
}
