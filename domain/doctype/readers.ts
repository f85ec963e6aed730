/**
 * What the kit asks about masters and earlier documents, as this device knows them. Whoever calls
 * `post` or `checkDraft` brings the answers; the kit stores nothing.
 */

import type { EntityName } from '#domain/masters/entity.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { Leg, StockStatus } from '#domain/records/posted-body.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { BusinessDate } from '#domain/values/business-date.ts'
import type { SkuId, WarehouseId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import type { Quantity } from '#domain/values/quantity.ts'

export interface MasterReader {
  get(entity: EntityName, id: string): MasterFields | undefined
  list(entity: EntityName): Iterable<{ readonly id: string; readonly fields: MasterFields }>
}

/** A posted document as far as this device may read it: the fields of all parts that it holds. */
export interface PostedDocument {
  readonly docId: string
  readonly type: string
  readonly number: string
  readonly branch: string
  /** Another branch that has posted it; left out where this one has. */
  readonly postedIn?: string
  /** Another branch whom it concerns. */
  readonly alsoTo?: string
  readonly at: Instant
  readonly state: 'posted' | 'reversed'
  readonly postingId: string
  /** Record ids of the parts that have come. */
  readonly parts: Readonly<Partial<Record<Audience, string>>>
  readonly header: Readonly<Record<string, Json>>
  readonly lines: readonly ({ readonly lineId: string } & Readonly<Record<string, Json>>)[]
  readonly legs: readonly Leg[]
}

interface DocumentReader {
  get(docId: string): PostedDocument | undefined
  /** What linked returns in force have taken back of a leg; zero or more. */
  returnedOf(docId: string, leg: string): Quantity
}

/** Goods of one batch in one bin, as a proposal takes them. */
export interface Picked {
  /** '' where they have none. */
  readonly batch: string
  readonly bin: string
  readonly quantity: Quantity
}

/** Where one piece lies, and as what. */
export interface PiecePlace {
  readonly warehouseId: WarehouseId
  readonly bin?: string
  readonly batch?: string
  readonly status?: StockStatus
}

/** What the device knows of goods that are told apart. */
export interface GoodsReader {
  readonly today: BusinessDate
  dayOf(at: Instant): BusinessDate
  datesOf(
    skuId: SkuId,
    batch: string,
  ): { readonly produced?: BusinessDate; readonly expires?: BusinessDate }
  /** Whether goods of the batch have ever come in. */
  isReceived(skuId: SkuId, batch: string): boolean
  /** 先到期先出: from which batches to take `wanted`, at most; expired ones stay where `on` is given. */
  propose(request: {
    readonly skuId: SkuId
    readonly warehouseId: WarehouseId
    readonly wanted: Quantity
    readonly on?: BusinessDate
    readonly bin?: string
    /** '' for goods without one. */
    readonly batch?: string
    /** 合格 when left out. */
    readonly status?: StockStatus
  }): readonly Picked[]
  /** Where the piece lies; undefined while it is out or never came. */
  placeOf(skuId: SkuId, serial: string): PiecePlace | undefined
  /** Whether some of its goods are not simply good. */
  hasStatuses(skuId: SkuId): boolean
}

/** What the device knows of promised goods. */
export interface PromisedGoods {
  /** 可用量: good goods less what is reserved; below zero where too much was promised. */
  available(skuId: SkuId, warehouseId: WarehouseId): Quantity
  /** What a reservation comes to in all; undefined for none, and for goods on order. */
  reserved(docId: string, lineId: string): Quantity | undefined
  /** What a line of an order comes to, and what has come or gone of it; undefined for none. */
  ordered(
    docId: string,
    lineId: string,
  ): { readonly quantity: Quantity; readonly taken: Quantity } | undefined
  /** Whether something was shipped or received on the order. */
  isTakenFrom(docId: string): boolean
}

/** What the device knows of receipts that later documents price: invoices, charges on top. */
export interface PricedReceipts {
  /** 已到票数量 of a leg: what invoices in force have billed of it; zero or more. */
  invoiced(docId: string, leg: string): Quantity
  /** 单据编号 of a document in force that prices it; undefined for none. */
  pricedBy(docId: string): string | undefined
}

/** Whose fields count, and what the device knows. */
export interface Readers {
  /**
   * What actor and device may write: fields of other audiences are neither asked for nor kept. Leave
   * one out to post without its part.
   */
  readonly audiences: readonly Audience[]
  readonly masters: MasterReader
  readonly documents: DocumentReader
  /** Left out where nothing is told apart. */
  readonly goods?: GoodsReader | undefined
  /** [CHK9] The first moment of the branch that is not sealed; left out where nothing is. */
  readonly openFrom?: (branch: string) => Instant | undefined
  /** Left out where nobody asks whether there is enough. */
  readonly promised?: PromisedGoods | undefined
  /** 单据编号 of standing documents that build on one; left out where nobody reopens any. */
  readonly followersOf?: (docId: string) => readonly string[]
  /** Fen that goods of a branch cost, as far as that is known; left out where nobody asks. */
  readonly worth?: (branch: string, skuId: string, steps: Quantity) => Money | undefined
  /** Left out where nobody asks what was invoiced. */
  readonly priced?: PricedReceipts | undefined
}
