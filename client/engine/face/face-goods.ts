/** Answers about goods: told apart by batch, serial number, bin or status, and at a past moment. Types only. */

import type { StatedKind } from '#domain/records/claim.ts'
import type { NamedGoods, Page, StockRow } from './face-rows.ts'

/** 批次, 序列号, 效期 of a product (MD-14). */
export interface Tracking {
  readonly hasBatches: boolean
  readonly hasSerials: boolean
  readonly isInspected: boolean
  /** Nothing leaves without the number of its batch. */
  readonly namesBatches?: boolean
  /** Each batch has a value of its own. */
  readonly isByBatch?: boolean
  readonly shelfLifeDays?: number
  readonly nearExpiryDays?: number
}

/** Goods of one SKU that batch, serial number, bin or status tell apart. */
export interface GoodsRow {
  readonly warehouseId: string
  readonly warehouseName: string
  readonly binName?: string
  readonly batch?: string
  readonly serial?: string
  /** 合格 when left out. */
  readonly status?: 'pending' | 'defective' | 'frozen' | 'uncollected'
  readonly produced?: string
  readonly expires?: string
  /** Days until the expiry day; negative once it has passed. */
  readonly daysLeft?: number
  readonly isNear: boolean
  readonly quantity: number
}

/** 库龄 of a SKU in a warehouse: 0–30, 31–60, 61–90, 91–180 and more than 180 days. */
export interface AgeRow extends StockRow {
  /** Steps of each class. */
  readonly quantities: readonly number[]
  /** Fen of each class, at the average; absent where the device may not read costs, or has none. */
  readonly values?: readonly number[]
  /** When the oldest of it came. */
  readonly oldest?: number
}

/** A dispatch of which something is under way (在途). */
export interface UnderWayRow {
  readonly docId: string
  readonly number: string
  /** When it was sent, and how many business days ago. */
  readonly at: number
  readonly days: number
  readonly fromName: string
  readonly toName: string
  /** A business date. */
  readonly expectedOn?: string
  readonly isLate: boolean
  /** Meant for the branch that the screens work in. */
  readonly isToHere: boolean
  /** Lines with goods under way. */
  readonly lines: number
}

/** Goods that a line of an order still claims (占用), or awaits (在订). */
export interface ClaimedRow {
  readonly docId: string
  readonly type: string
  readonly number: string
  readonly at: number
  readonly kind: StatedKind
  readonly warehouseName: string
  /** The last day of a reservation. */
  readonly until?: string
  /** Steps; `kept` is what of a reservation is there, after those that came before it. */
  readonly open: number
  readonly kept: number
}

/** Where goods of a batch, or one piece, came from and went (追溯). */
export interface Trace {
  /** Of a piece. */
  readonly state?: string
  readonly rows: readonly {
    readonly docId: string
    readonly type: string
    readonly number: string
    readonly at: number
    readonly warehouseName: string
    readonly quantity: number
    /** It cannot be of the same piece. */
    readonly isTrouble: boolean
  }[]
}

/** A part of a line's quantity. */
export interface BatchShare {
  readonly batch: string
  readonly bin?: string
  readonly expires?: string
  readonly quantity: number
}

/** What tells goods of one SKU apart, and so which fields of a line show. */
export type Facet = 'batch' | 'serial' | 'bin' | 'status' | 'expired' | 'excess'

/** Stock of a SKU at a past moment: as is known now, as was believed then, and what made the difference. */
export interface StockThen {
  readonly known: { readonly quantity: number; readonly value?: number }
  /** Records of closed months are still to come: what was believed cannot be said yet. */
  readonly isToCome?: true
  readonly believed: { readonly quantity: number; readonly value?: number }
  readonly differences: readonly {
    readonly docId: string
    readonly type: string
    readonly number: string
    readonly at: number
    /** What is known now, less what was believed: base steps, and fen where costs may be read. */
    readonly quantity: number
    readonly value?: number
  }[]
}

/** What goods came to at a moment: steps, and fen where costs may be read and the goods have a value of their own. */
export interface FiguresAt {
  readonly quantity: number
  readonly value?: number
}

/** Goods of one SKU in a branch ('all' where the company shares their value), or in the warehouse asked for. */
export interface StockAtRow extends NamedGoods {
  readonly branchName: string
  readonly known: FiguresAt
  /** Where it was asked for. */
  readonly believed?: FiguresAt
}

/** A page of them, and what all rows come to. */
export interface StockAtPage extends Page<StockAtRow> {
  readonly known: { readonly value?: number }
  readonly believed?: { readonly value?: number }
  /** Rows of which something else was believed then. */
  readonly differing?: number
  /** Records of closed months are still to come: what was believed cannot be said yet. */
  readonly isToCome?: true
}
