/**
 * What was sold to customers, summed per branch and period straight from columns: no entry is made and
 * no record is read. Knows periods as moments; which day a moment belongs to is for who asks.
 */

import { trueUpOf } from '#domain/ledgers/stock/costing/true-up.ts'
import { definitionOf } from '#domain/registry.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import { movementsOf } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import { isLateDocument } from './late.ts'
import { partInForce } from './parts.ts'

export interface SalesPeriod {
  /** Tax included; goods that came back count against it, a reversal against the period of its moment. */
  readonly amount: Money
  /** Documents of the period that were not reversed. */
  readonly documents: number
  /** Of these documents, without tax. */
  readonly net: Money
  /** Of these documents: what their goods cost, below zero for goods that left. */
  readonly cost: Money
}

export interface BranchSales {
  readonly branch: string
  readonly periods: readonly SalesPeriod[]
}

export interface SalesView {
  /** Each branch that sold anything. Period n runs from `edges[n]` to before `edges[n + 1]`; edges rise. */
  byPeriod(edges: readonly Instant[]): readonly BranchSales[]
}

type Sums = { -readonly [Name in keyof SalesPeriod]: number }

export function salesView(state: FoldState): SalesView {
  return { byPeriod: (edges) => salesByPeriod(state, edges) }
}

function salesByPeriod(state: FoldState, edges: readonly Instant[]): BranchSales[] {
  const sumsByBranch = new Map<number, Sums[]>()
  const sumsOf = (document: number): Sums[] => {
    const branch = state.documents.columns.branch[document] as number
    const known = sumsByBranch.get(branch)
    if (known !== undefined) return known
    const sums = edges.slice(1).map(() => ({ amount: 0, documents: 0, net: 0, cost: 0 }))
    sumsByBranch.set(branch, sums)
    return sums
  }
  const signByType = signsOf(state)
  addPosted(state, edges, (document, period) => {
    const sign = signByType[state.documents.columns.type[document] as number] ?? 0
    const sums = sign === 0 ? undefined : sumsOf(document)[period]
    if (sums !== undefined) addDocument(state, document, sign, sums)
  })
  addReversed(state, edges, (document, period) => {
    const sign = signByType[state.documents.columns.type[document] as number] ?? 0
    const sums = sign === 0 ? undefined : sumsOf(document)[period]
    if (sums !== undefined) sums.amount -= amountsOf(state, document).amount * sign
  })
  return [...sumsByBranch].map(([branch, periods]) => ({
    branch: state.names.branches.text(branch),
    periods: periods as SalesPeriod[],
  }))
}

/** 1 where customers pay for a type, −1 where goods come back from them, 0 for all others: an order is no sale. */
function signsOf({ names }: FoldState): number[] {
  return Array.from({ length: names.types.size }, (_, type) => {
    const definition = definitionOf(names.types.text(type))
    if (definition?.lines['amount']?.audience !== 'sales' || definition.claims) return 0
    return definition.movementClass === 'return-in' ? -1 : 1
  })
}

/**
 * Documents stand in the order of their own moments: begins at the first of the first period. A late arrival
 * counts where it takes effect, so that sealed periods stay as they are [SEL3].
 */
function addPosted(
  state: FoldState,
  edges: readonly Instant[],
  add: (document: number, period: number) => void,
): void {
  const documents = state.inOrder.view()
  const { at } = state.documents.columns
  let period = 0
  for (let i = firstFrom(documents, at, edges[0] ?? 0); i < documents.length; i++) {
    const document = documents[i] as number
    while (period + 1 < edges.length && (at[document] as number) >= (edges[period + 1] as number)) {
      period++
    }
    if (period + 1 >= edges.length) break
    if (!isLateDocument(state, document)) add(document, period)
  }
  addLate(state, edges, add)
}

function addLate(
  state: FoldState,
  edges: readonly Instant[],
  add: (document: number, period: number) => void,
): void {
  for (const document of state.late) {
    if (!isLateDocument(state, document)) continue
    const moment = state.documents.columns.effective[document] as number
    const next = edges.findIndex((edge) => edge > moment)
    if (next > 0) add(document, next - 1)
  }
}

function firstFrom(documents: Int32Array, at: Float64Array, from: number): number {
  let low = 0
  let high = documents.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((at[documents[middle] as number] as number) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** Reversals that count, whenever their documents were posted. */
function addReversed(
  { documents, reversals }: FoldState,
  edges: readonly Instant[],
  add: (document: number, period: number) => void,
): void {
  const { document: reversed, effective: at } = reversals.columns
  const { lead, reversal } = documents.columns
  for (let row = 0; row < reversals.rows; row++) {
    const document = reversed[row] as number
    if (reversal[document] !== row || (lead[document] as number) < 0) continue
    const moment = at[row] as number
    const next = edges.findIndex((edge) => edge > moment)
    if (next > 0) add(document, next - 1)
  }
}

function addDocument(state: FoldState, document: number, sign: number, sums: Sums): void {
  const { amount, tax } = amountsOf(state, document)
  sums.amount += amount * sign
  if ((state.documents.columns.reversal[document] as number) >= 0) return
  sums.documents += 1
  sums.net += (amount - tax) * sign
  sums.cost += costOf(state, document)
}

function costOf(state: FoldState, document: number): number {
  const { cost } = state.ledger.movements.columns
  let sum = 0
  for (const movement of movementsOf(state, document)) {
    sum += (cost[movement] as number) - trueUpOf(state.ledger, movement)
  }
  return sum
}

const nothing = { amount: 0, tax: 0 } as const

/** Of the sales part in force; zero while it has not come. */
function amountsOf(state: FoldState, document: number): { amount: number; tax: number } {
  const part = partInForce(state, document, 'sales')
  if (part < 0) return nothing
  const { amount, tax } = state.parts.columns
  return { amount: amount[part] as number, tax: tax[part] as number }
}
