/** Prices: lists, what was agreed, and what is proposed for the lines of a draft. */
import type { ProductRow } from './face-rows.ts'

/** Whose prices: those of a list, or of one customer. */
export interface PriceHolder {
  readonly entity: 'price-list' | 'customer'
  readonly id: string
}

interface PriceSheetArgs extends PriceHolder {
  /** SKUs that were typed into the table and may have no price yet. */
  readonly skuIds: readonly string[]
}

export interface PriceSheetRow {
  readonly skuId: string
  readonly unit: string
  readonly price: number
  /** Steps from which on it holds, first and last day. */
  readonly least?: number
  readonly since?: string
  readonly until?: string
}

export interface PriceSheet {
  readonly name: string
  /** By code and unit, then as they were entered. */
  readonly rows: readonly PriceSheetRow[]
  readonly skus: Readonly<Record<string, ProductRow>>
}

interface TradedPricesArgs {
  readonly skuId: string
  readonly side: 'sales' | 'buying'
  /** With one customer or supplier; with all of them where left out. */
  readonly partyId?: string
  readonly limit: number
}

/** A price that a document in force names, per one `unit`. */
export interface TradedPrice {
  readonly docId: string
  readonly type: string
  readonly number: string
  readonly at: number
  readonly price: number
  readonly unit: string
  readonly quantity: number
  /** Customer or supplier, where the document names one. */
  readonly partyId?: string
  readonly partyName?: string
}

/** Why a line of a draft has the price that it has. */
export interface LinePrice {
  /** What each rule says, the first that counts first. */
  readonly proposals: readonly {
    readonly rule: string
    readonly price: number
    readonly listName?: string
  }[]
  /** What was agreed with this party last. */
  readonly last?: TradedPrice
  readonly isBelowMinimum?: true
}

/** Questions about prices. */
export interface PriceQueries {
  /** By line of a draft: which prices are proposed and why, and what was agreed last. */
  linePrices: { args: { readonly docId: string }; result: Readonly<Record<string, LinePrice>> }
  /** The prices of a list or of a customer, with what the table needs of `skuIds` besides. */
  priceSheet: { args: PriceSheetArgs; result: PriceSheet | undefined }
  /** Newest first. */
  tradedPrices: { args: TradedPricesArgs; result: readonly TradedPrice[] }
}
