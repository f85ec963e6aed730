/** Answers about receipts that an invoice or a charge may speak of. Types only. */

export interface OpenReceiptsArgs {
  /** Of the invoice or charge. */
  readonly type: string
  readonly supplierId?: string
  /** In numbers, suppliers, names and codes of goods. */
  readonly search?: string
}

export interface OpenReceiptRow {
  readonly docId: string
  readonly number: string
  readonly at: number
  readonly supplierId: string
  readonly supplierName: string
  /** Names of its goods that are still open, as the receipt lists them. */
  readonly goods: readonly string[]
  /** Ids of its lines that are still open: not wholly invoiced, or any for a charge. */
  readonly lineIds: readonly string[]
  /** What the whole receipt came to, fen, tax included; undefined while its prices are pending. */
  readonly amount?: number
}

export interface OpenReceipts {
  /** Newest first. */
  readonly rows: readonly OpenReceiptRow[]
  /** Older ones were not looked at. */
  readonly isMore: boolean
}
