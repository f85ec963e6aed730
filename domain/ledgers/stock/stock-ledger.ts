/**
 * The state of the stock ledger: movements, balances, chains and pools as columns, and what only few
 * movements have (shortages, true-ups, differences) beside them. What changes it is `change.ts`, what
 * values it `costing/`, what reads it `stock-view.ts`. Knows numbers only; texts stay at the edges.
 */

import type { Instant } from '#domain/values/instant.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'
import { PairIndex } from '../columns/pair-index.ts'
import { RowSet } from '../columns/row-set.ts'
import { openTable, type Table } from '../columns/table.ts'
import { Chains } from './chain.ts'
import { Layers } from './costing/layers.ts'
import { type CountTable, countedPoolsOf, countQuestionsOf, openCounts } from './counts.ts'
import {
  type BatchDateIndex,
  type BatchDateTable,
  openBatchDateIndex,
  openBatchDates,
} from './batch-dates.ts'
import { type CostMarks, openMarks } from './costing/marks.ts'
import type { Parcels } from './costing/parcels.ts'
import { openPoolState, type PoolState } from './costing/pool-state.ts'
import { OpenShortages } from './costing/open-shortages.ts'
import { openTrueUps, type TrueUps } from './costing/true-up.ts'
import { type Carried, openCarried } from './costing/carried.ts'
import { type FlowTable, flowSchema } from './flow.ts'
import type { Joins } from './joins.ts'
import { ledLegsOf, type Pairs } from './led-legs.ts'
import { openEvents, openMovements } from './movement.ts'
import { type CountSlots, openCountSlots } from './derive-counts.ts'
import type { OrderSource } from './order.ts'
import { type GroupedRows, openGroups } from './place.ts'
import { type BatchValuation, type CostPolicy, defaultPolicy } from './policy.ts'
import type { CountWork } from './shift-counts.ts'
import { openShortParts, type ShortParts } from './short-parts.ts'
import { openTagIndex, type TagIndex } from './tag-index.ts'
import { openTagTroubles, type TagTroubles } from './tag-troubles.ts'

export const lineSchema = {
  /** 现存量 (on hand), 10⁻⁴ base unit: Σ of its movements, whatever their order [STK1]. */
  quantity: 'f64',
  /** Of its goods that have no tag, or where tags have no values of their own. */
  pool: 'i32',
} as const

/** Goods of a line that are told apart by tag, bin or status; the line's quantity holds them too. */
export const cellSchema = { quantity: 'f64' } as const

/** Cost state after the last costed movement [F6]; one row per pool. */
export const poolSchema = {
  quantity: 'f64',
  /** Fen; of a negative quantity: minus the provisional value of its shortages. */
  value: 'f64',
  /** Last unit cost known, as an exact ratio: fen per steps. 0 steps = none known. */
  rateValue: 'f64',
  rateQuantity: 'f64',
  flags: 'u8',
  /** Movements of the chain that are in order; those behind wait to be sorted in. */
  sorted: 'i32',
  /** Movements of the chain whose cost stands. */
  costed: 'i32',
  /** Position in the chain that this state belongs to; −1 when the chain has lost a movement since. */
  stateAt: 'i32',
  /** 1 + row of its last true-up, 0 for none. */
  trueUps: 'i32',
} as const

/** The sealed goods that a change of value prices. */
export interface LateLeg {
  /** The movement that brought them. */
  readonly of: number
  /**
   * 1: the value stands in place of their provisional cost. −1: that takes its place again. 0: the value comes on
   * top of what they cost.
   */
  readonly provisional: number
  /** Of a count: the unit price that has come, millionths of a yuan; the value follows from it. */
  readonly price?: number
}

export interface StockLedger extends OrderSource {
  /** (warehouse, branch): goods of two branches never share a balance. */
  readonly places: PairIndex
  /** (SKU, place). */
  readonly lines: PairIndex
  readonly lineTable: Table<typeof lineSchema>
  /** (batch, serial), (bin, status), (tag, slot), (line, detail): `place.ts`. */
  readonly tags: PairIndex
  readonly slots: PairIndex
  readonly details: PairIndex
  readonly cells: PairIndex
  readonly cellTable: Table<typeof cellSchema>
  /** (1 + warehouse, 1 + branch), 0 for all of them; (scope, tag). */
  readonly scopes: PairIndex
  readonly shares: PairIndex
  /** (SKU, share); made anew with the three below when the policy becomes known. */
  pools: PairIndex
  poolTable: Table<typeof poolSchema>
  chains: Chains
  poolsBySku: GroupedRows
  readonly cellsByLine: GroupedRows
  policy: CostPolicy
  readonly shortages: OpenShortages
  readonly trueUps: TrueUps
  /** 成本尾差 by movement: what its pool lost beyond the movement's own cost, fen. */
  readonly differences: Map<number, number>
  /** Changes of value that state what sealed goods cost, by movement [F8]. */
  readonly lateValues: Map<number, LateLeg>
  /** By late movement: what takes back what counts had reflected of it already (`corrections.ts`). */
  readonly corrections: Map<number, number>
  /** Late movements, or such as were, to be looked at by the next `settle`. */
  readonly lateTouched: Set<number>
  /** Made when first needed, until `settle` is done (`in-time.ts`). */
  inTime: OrderSource | undefined
  /** What was counted, by movement (`counts.ts`). */
  readonly counts: CountTable
  /** What counts leave to ask, in bits by movement (`count-questions.ts`). */
  readonly countQuestions: Map<number, number>
  /** Room for what is being derived. */
  readonly countSlots: CountSlots
  /** Rises whenever one of them may say something else. */
  countChanges: number
  /** What counts are to be derived anew for. */
  readonly countWork: CountWork
  /** By pool, its movements of class count; made when first needed. */
  readonly countsByPool: Map<number, readonly number[]>
  /** Pools whose chains hold counts. */
  countedPools: Set<number>
  /** Days of batches as stated, and what of tagged goods is to be looked at. */
  readonly batchDates: BatchDateTable
  readonly tagTroubles: TagTroubles
  readonly batchDateIndex: BatchDateIndex
  readonly tagIndex: TagIndex
  /** Movements in cells that came, went or changed place since they were last looked at. */
  readonly taggedChanges: number[]
  /** Internal moves: which legs are one act (`flow.ts`). */
  readonly flows: FlowTable
  /** Out legs by the in legs that they take along; all pairs, made when first needed (`led-legs.ts`). */
  readonly ledBy: Map<number, number>
  pairs: Pairs | undefined
  /** By in leg of an internal move, fen: the value at which a transfer arrives, the fee of an assembly. */
  readonly stated: Map<number, number>
  /** True-ups of short internal moves, by the movement that carries them on. */
  readonly carried: Carried
  /** Made when first needed. */
  joins: Joins | undefined
  readonly marks: CostMarks
  /** Of the pools whose goods are told apart by receipt. */
  layers: Layers
  /** What transfers took of them. */
  readonly parcels: Parcels
  /** Of the pool that is being costed. */
  readonly state: PoolState
  /** Movements linked to a movement; made from the column `origin` when first needed. */
  linked: Map<number, number[]> | undefined
  /** Lines below zero now. */
  readonly negativeLines: RowSet
  /** Batches, bins, pieces … of lines below zero. */
  readonly shortParts: ShortParts
  /** Rises whenever a line, or a part of one, that is or was below zero changes. */
  negativeChanges: number
  /** Movements before this row were costed at least once. */
  settledRows: number
  /** Pools whose chain has changed since the last `settle`. */
  readonly unsettled: number[]
  /** Reference cost of a SKU as of a moment of a branch; asked only where no cost is known. */
  referencePrice(sku: number, at: Instant, branch: number): UnitPrice | undefined
  /** The first moment of a branch that is not closed, ms; −∞ where nothing is. */
  closedUntil(branch: number): number
  /** What the product of a SKU says of its batches, oldest first; nothing of most. */
  batchValuations(sku: number): readonly BatchValuation[]
  /** Whether goods under this number of a branch are no stock: they share a value with none that are. */
  isApart(branch: number): boolean
}

export type LedgerNames = Pick<
  StockLedger,
  | 'texts'
  | 'deviceText'
  | 'documentText'
  | 'referencePrice'
  | 'closedUntil'
  | 'batchValuations'
  | 'isApart'
>

export type LedgerTables = Pick<
  StockLedger,
  | 'events'
  | 'ownMoments'
  | 'lateValues'
  | 'corrections'
  | 'movements'
  | 'places'
  | 'lines'
  | 'lineTable'
  | 'tags'
  | 'slots'
  | 'details'
  | 'cells'
  | 'cellTable'
  | 'scopes'
  | 'shares'
  | 'pools'
  | 'poolTable'
  | 'chains'
  | 'shortages'
  | 'trueUps'
  | 'differences'
  | 'counts'
  | 'batchDates'
  | 'tagTroubles'
  | 'layers'
  | 'parcels'
  | 'flows'
  | 'stated'
  | 'carried'
>

/** A ledger over `tables` (of a checkpoint, written under the same policy), or an empty one. */
export function openStockLedger(
  names: LedgerNames,
  tables: LedgerTables = emptyTables(),
  policy: CostPolicy = defaultPolicy,
): StockLedger {
  return {
    ...names,
    ...tables,
    policy,
    poolsBySku: openGroups(),
    cellsByLine: openGroups(),
    countedPools: countedPoolsOf(tables),
    countQuestions: countQuestionsOf(tables.counts),
    countSlots: openCountSlots(),
    countChanges: 0,
    countWork: new Map(),
    countsByPool: new Map(),
    lateTouched: new Set(),
    inTime: undefined,
    batchDateIndex: openBatchDateIndex(),
    tagIndex: openTagIndex(),
    taggedChanges: [],
    joins: undefined,
    ledBy: ledLegsOf(tables),
    pairs: undefined,
    marks: openMarks(),
    state: openPoolState(),
    linked: undefined,
    negativeLines: negativeLinesOf(tables.lineTable),
    shortParts: openShortParts(tables),
    negativeChanges: 0,
    settledRows: tables.movements.rows,
    unsettled: [],
  }
}

function emptyTables(): LedgerTables {
  return {
    events: openEvents(),
    ownMoments: new Map(),
    lateValues: new Map(),
    corrections: new Map(),
    movements: openMovements(),
    places: new PairIndex(),
    lines: new PairIndex(),
    lineTable: openTable(lineSchema),
    tags: withNone(),
    slots: withNone(),
    details: new PairIndex(),
    cells: new PairIndex(),
    cellTable: openTable(cellSchema),
    scopes: new PairIndex(),
    shares: new PairIndex(),
    ...emptyPools(),
    shortages: new OpenShortages(),
    trueUps: openTrueUps(),
    differences: new Map(),
    parcels: new Map(),
    counts: openCounts(),

    batchDates: openBatchDates(),
    tagTroubles: openTagTroubles(),
    flows: openTable(flowSchema),
    stated: new Map(),
    carried: openCarried(),
  }
}

/** What depends on which goods share a value. */
export function emptyPools(): Pick<
  StockLedger,
  'pools' | 'poolTable' | 'chains' | 'poolsBySku' | 'layers'
> {
  return {
    pools: new PairIndex(),
    poolTable: openTable(poolSchema),
    chains: new Chains(),
    layers: new Layers(),
    poolsBySku: openGroups(),
  }
}

/** Pairs of which number 0 is neither. */
function withNone(): PairIndex {
  const pairs = new PairIndex()
  pairs.intern(0, 0)
  return pairs
}

function negativeLinesOf(lines: Table<typeof lineSchema>): RowSet {
  const { quantity } = lines.columns
  const negative = new RowSet()
  for (let line = 0; line < lines.rows; line++) {
    if ((quantity[line] as number) < 0) negative.add(line)
  }
  return negative
}
