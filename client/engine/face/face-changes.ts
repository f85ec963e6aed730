/** Answers about figures that change: the preview of an act. Types only. */

/** What an act would change in figures that are known: costs of posted documents, and goods below zero. */
export interface ImpactRows {
  /** Those that change most first; absent where the device may not read costs. */
  readonly documents?: readonly {
    readonly docId: string
    readonly type: string
    readonly number: string
    readonly at: number
    /** Fen, of all its goods that change; signed as they moved. */
    readonly costBefore: number
    readonly costAfter: number
  }[]
  /** By month what gross profit of posted sales would change by, fen; with the costs. */
  readonly months?: readonly { readonly month: string; readonly profitChange: number }[]
  /** By month what more of a cost no goods bear any more (成本尾差), fen; with the costs. */
  readonly differences?: readonly { readonly month: string; readonly amount: number }[]
  /** How many there are, of which `documents` shows the first. */
  readonly documentCount: number
  /** What all goods together would be worth more, fen. */
  readonly valueChange?: number
  readonly negative: readonly {
    readonly skuId: string
    readonly name: string
    readonly warehouseName: string
    readonly before: number
    readonly after: number
  }[]
}
