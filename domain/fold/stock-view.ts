/** Stock and cost as screens, documents and reports ask for them: texts and branded values outside, numbers inside. */

import type { CostPolicy } from '#domain/ledgers/stock/policy.ts'
import {
  branchOfPool,
  poolsOfSku,
  tagOfPool,
  warehouseOfPool,
} from '#domain/ledgers/stock/place.ts'
import { basisName, type BasisName, isProvisional } from '#domain/ledgers/stock/costing/basis.ts'
import { trueUpOf } from '#domain/ledgers/stock/costing/true-up.ts'
import { quantityReturned } from '#domain/ledgers/stock/link.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { isApart, isAwayPlace } from './halves.ts'
import { cardRows, type CardRow, type CardScope, poolsInScope } from './stock-card.ts'
import { type AgedQuantity, stockAges, stockLayers, type StockLayer } from './stock-layers.ts'
import { findPosted, halvesOf, movementOfLeg, movementsOf } from './document-rows.ts'
import { type FoldState, isProvisionalPool } from './fold-state.ts'
import { batchView, type BatchView, serialView, type SerialView, skusOfSerial } from './tag-view.ts'
import { type CellRow, cellRows, goodOf, toldApart } from './cell-rows.ts'
import { type TradedAsked, tradedDocuments } from './traded-documents.ts'
import { stockAt, type StockAtRow, type StockAtScope } from './stock-at.ts'
import type { StockStatus } from '#domain/records/posted-body.ts'
import {
  figuresInUse,
  stockList,
  type StockFigureFilter,
  type StockListed,
  type StockListPage,
} from './stock-list.ts'

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
  /** 'all' for a pool of the whole company. */
  readonly branch: string
  /** '' for goods of more than one. */
  readonly warehouse: string
  readonly batch: string
  readonly serial: string
}

export interface StockSummary {
  /** SKUs with goods in some warehouse, and SKUs below zero in some. */
  readonly skusInStock: number
  readonly skusNegative: number
  readonly value: Money
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

export interface StockView {
  balance(sku: string, warehouse: string): Quantity
  /** Every SKU and warehouse that ever moved, zero ones too, in no order. */
  balances(): Iterable<BalanceRow>
  /** Whether goods of the SKU have ever moved, as far as is known here. */
  hasMoved(sku: string): boolean
  /** Documents that moved it last and stand, newest first. */
  tradedIn(sku: string, asked: TradedAsked): readonly string[]
  /** Goods told apart by batch, serial number, bin or status; of one warehouse where it is given. */
  cells(sku: string, warehouse?: string): readonly CellRow[]
  /** 合格品 on hand: neither inspected yet, defective, frozen nor sold already. */
  good(sku: string, warehouse: string): Quantity
  /** What holds of a batch number, and what of it is on hand. */
  batch(sku: string, batch: string): BatchView
  /** SKUs of which a piece with this number has moved. */
  skusOfSerial(serial: string): readonly SkuId[]
  /** The life of one piece. */
  serial(sku: string, serial: string): SerialView
  /** What tells any goods apart: statuses in use, and whether some batch expires. */
  toldApart(): { readonly statuses: readonly StockStatus[]; readonly hasExpiries: boolean }
  /** A page of a list by SKU and warehouse. */
  list(asked: StockListed): StockListPage
  /** Of 占用, 在订 and 缺货 (more promised than there), those that some goods have. */
  figuresInUse(today?: BusinessDate): readonly StockFigureFilter[]
  /** Of some branches together, counted without naming anything. */
  summary(branches: readonly string[]): StockSummary
  /** Of one batch where batches have values of their own; undefined where they have none. */
  pool(sku: string, branch: string, batch?: string): PoolBalance | undefined
  pools(): Iterable<PoolRow>
  card(sku: string, scope: CardScope): readonly CardRow[]
  /** The card as it stood at `at`, with what is known now (ST-17). */
  asOf(
    sku: string,
    scope: CardScope,
    at: Instant,
  ): { readonly quantity: Quantity; readonly value: Money }
  /** All goods as they stood at a moment, with what is known now (ST-17). */
  listAt(scope: StockAtScope): readonly StockAtRow[]
  /** Per leg of the posting in force; empty where there is none. */
  costOf(docId: string): readonly LegCost[]
  /** What the value on hand consists of: the layers of FIFO, else one per pool. */
  layers(sku: string, scope: CardScope): readonly StockLayer[]
  /** What was on hand at `until`, by the moment that it came, oldest first (ST-18). */
  ages(sku: string, scope: CardScope, until: Instant): readonly AgedQuantity[]
  /** 成本政策: how goods are valued, as the company has stated it. */
  policy(): CostPolicy
  /** What linked returns have taken back of a leg and not undone; ≥ 0. */
  returnedOf(docId: string, leg: string): Quantity
}

export function stockView(state: FoldState): StockView {
  return {
    balance: (sku, warehouse) => balanceOf(state, sku, warehouse),
    balances: () => balancesOf(state),
    hasMoved: (sku) => poolsOfSku(state.ledger, state.names.skus.find(sku)).length > 0,
    tradedIn: (sku, asked) => tradedDocuments(state, sku, asked),
    cells: (sku, warehouse) => cellRows(state, sku, warehouse),
    good: (sku, warehouse) => goodOf(state, sku, warehouse),
    batch: (sku, batch) => batchView(state, sku, batch),
    skusOfSerial: (serial) => skusOfSerial(state, serial),
    serial: (sku, serial) => serialView(state, sku, serial),
    toldApart: () => toldApart(state),
    list: (asked) => stockList(state, asked),
    figuresInUse: (today) => figuresInUse(state, today),
    summary: (branches) => summaryOf(state, branches),
    pool: (sku, branch, batch) => poolIn(state, sku, branch, batch),
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
    listAt: (scope) => stockAt(state, scope),
    policy: () => state.ledger.policy,
    layers: (sku, scope) => stockLayers(state, sku, scope),
    ages: (sku, scope, until) => stockAges(state, sku, scope, until),
    costOf(docId) {
      const document = findPosted(state, docId)
      if (document < 0) return []
      return [...movementsOf(state, document)].map((movement) => legCost(state, movement))
    },
    returnedOf(docId, leg) {
      const returned = halvesOf(state, docId).map((document) => {
        const movement = movementOfLeg(state, document, leg)
        return movement < 0 ? 0 : quantityReturned(state.ledger, movement)
      })
      // Of a transfer between branches one half may know more than the other.
      return Math.max(0, ...returned) as Quantity
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
    if (isAwayPlace({ names, ledger }, place)) continue
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
function poolIn(
  state: FoldState,
  sku: string,
  branch: string,
  batch?: string,
): PoolBalance | undefined {
  const { names, ledger } = state
  const tag = batch === undefined ? undefined : names.batches.find(batch)
  const pools = poolsInScope(state, sku, { branch }).filter(
    (pool) => tag === undefined || (tag > 0 && tagOfPool(ledger, pool).batch === tag),
  )
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
  const isNoBranch = isApart(names)
  for (let pool = 0; pool < ledger.pools.size; pool++) {
    if (isNoBranch(branchOfPool(ledger, pool))) continue
    const { batch, serial } = tagOfPool(ledger, pool)
    const warehouse = warehouseOfPool(ledger, pool)
    yield {
      sku: names.skus.text(ledger.pools.first(pool)) as SkuId,
      branch: poolBranch(state, pool),
      warehouse: warehouse < 0 ? '' : names.warehouses.text(warehouse),
      batch: names.batches.text(batch),
      serial: names.serials.text(serial),
      ...poolBalance(state, [pool]),
    }
  }
}

function poolBranch({ names, ledger }: FoldState, pool: number): string {
  const branch = branchOfPool(ledger, pool)
  return branch < 0 ? 'all' : names.branches.text(branch)
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
