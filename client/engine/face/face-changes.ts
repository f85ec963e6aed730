/** Answers about figures that change: the preview of an act, and what a sync has brought. Types only. */

import type { NamedGoods, Page } from './face-rows.ts'

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

/** Steps, and fen where costs may be read. */
export interface ChangedFigures {
  readonly quantity: number
  readonly value?: number
}

/** Why figures differ, in kinds that people tell apart. */
export type ChangeKind =
  /** Came from another device and moved goods. */
  | 'moved'
  | 'counted'
  | 'reversed'
  /** One draft was posted twice: another posting is in force. */
  | 'replaced'
  /** A price, invoice or charge: no goods moved. */
  | 'priced'
  /** A count that was known is compared with another book. */
  | 'recounted'
  /** The cost of what was known is another one. */
  | 'recosted'
  /** Done on this device. */
  | 'own'

export interface ChangedDocumentRow extends ChangedFigures {
  readonly docId: string
  readonly type: string
  readonly number: string
  /** Its own moment, or that of its reversal. */
  readonly at: number
  /** When it came here from another device; absent where nothing came of the document itself. */
  readonly arrivedAt?: number
  readonly branchName: string
  readonly deviceName: string
  readonly byName: string
}

/** Documents that changed figures in one way; their sums are exact. */
export interface ChangeCause extends ChangedFigures {
  readonly kind: ChangeKind
  /** Of documents, where all are of one. */
  readonly type: string
  readonly documentCount: number
  /** The first of them. */
  readonly documents: readonly ChangedDocumentRow[]
}

/** Goods of one SKU in a branch ('all' where the company shares their value): `before` and all causes make `after`. */
export interface ChangeRow extends NamedGoods {
  readonly branchId: string
  readonly branchName: string
  /** When the latest cause came here. */
  readonly arrivedAt: number
  readonly before: ChangedFigures
  readonly after: ChangedFigures
  readonly places: readonly {
    readonly warehouseName: string
    readonly before: number
    readonly after: number
  }[]
  /** What gross profit of sales known before changed by, fen; where costs may be read and it did. */
  readonly profitChange?: number
  readonly causes: readonly ChangeCause[]
}

export interface ChangePage extends Page<ChangeRow> {
  /** When somebody looked; absent before the first sync is done. */
  readonly since?: number
  /** How many goods have changed; `total` of them are listed, the newest. */
  readonly changed: number
}
