/**
 * 已到票 and 未到票: how much of received goods the invoices in force have billed, and which documents price
 * a receipt. Derived from the adjustments that count; who may not read costs sees none of them.
 */

import type { Quantity } from '#domain/values/quantity.ts'
import { adjustmentsFor } from './adjustment-rows.ts'
import { documentEntry, type DocumentEntry } from './documents.ts'
import { findPosted } from './document-rows.ts'
import type { FoldState } from './fold-state.ts'
import type { Audience } from '#domain/records/audience.ts'

export interface PricedView {
  /** Steps of a leg that invoices in force have billed; more than came where they were merged so. */
  invoiced(docId: string, leg: string): Quantity
  /** Invoices and charges in force that speak of a document, in the order in which they became known. */
  pricedBy(docId: string): readonly DocumentEntry[]
}

export function pricedView(state: FoldState, held: ReadonlySet<Audience>): PricedView {
  return {
    invoiced(docId, leg) {
      const { leg: legs, isInvoice, quantity } = state.adjustments.columns
      return adjustmentsFor(state, findPosted(state, docId))
        .filter((row) => isInvoice[row] === 1)
        .filter((row) => state.names.texts.equals(legs[row] as number, leg))
        .reduce((sum, row) => sum + (quantity[row] as number), 0) as Quantity
    },
    pricedBy(docId) {
      const { part } = state.adjustments.columns
      const { document } = state.parts.columns
      const rows = adjustmentsFor(state, findPosted(state, docId))
      const by = new Set(rows.map((row) => document[part[row] as number] as number))
      return [...by].map((each) => documentEntry(state, each, held))
    },
  }
}
