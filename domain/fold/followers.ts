/** Which standing documents build on another: return its goods, carry out or change its lines, price them. */

import { adjustmentsFor } from './adjustment-rows.ts'
import { isStanding } from './claims.ts'
import type { FoldState } from './fold-state.ts'
import { referrersTo } from './references.ts'

/** Those that everybody who reads goods can see. */
export function goodsFollowersOf(state: FoldState, document: number): readonly number[] {
  return [...new Set([...returnsOf(state, document), ...carriersOf(state, document)])]
}

/** 采购发票 and 费用分摊: those that only readers of costs can see. */
export function pricersOf(state: FoldState, document: number): readonly number[] {
  const { part } = state.adjustments.columns
  const { document: of } = state.parts.columns
  const rows = adjustmentsFor(state, document)
  return [...new Set(rows.map((row) => of[part[row] as number] as number))]
}

/** Documents that carry out or change lines of an order. */
export function carriersOf(state: FoldState, order: number): readonly number[] {
  const { claims } = state
  const { sku, target, document } = claims.table.columns
  const skus = new Set((claims.byDocument.get(order) ?? []).map((row) => sku[row] as number))
  const rows = [...skus].flatMap((each) => claims.bySku.get(each) ?? [])
  const about = rows.filter((row) => target[row] === order && isStanding(state, row))
  return [...new Set(about.map((row) => document[row] as number))]
}

function returnsOf(state: FoldState, document: number): number[] {
  const { ledger, documents } = state
  const { event } = ledger.movements.columns
  return referrersTo(state, document)
    .map((movement) => ledger.events.columns.document[event[movement] as number] as number)
    .filter((each) => (documents.columns.reversal[each] as number) < 0)
}
