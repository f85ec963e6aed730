/**
 * What the engine's answers look like: plain frozen rows, as they cross from the worker to a page. Types only;
 * the questions that they answer stand in face.ts.
 *
 * Quantities are in 10⁻⁴ of the base unit, money in fen, prices in millionths of a yuan per unit, instants
 * in ms since the epoch.
 */
import type { OrderAxes } from './face-sources.ts'
import type { Invoicing } from './invoicing.ts'
import type { HandedInRow } from './face-quarantine.ts'
import type { ClaimedRow, GoodsRow, Tracking } from './face-goods.ts'
import type { Json } from '#domain/values/canonical-text.ts'

/** A value of a draft or record field. */
export type FieldValue = Json
export type FieldValues = Readonly<Record<string, FieldValue>>

/** 草稿 · 已存本机 · 已同步, and 已红冲 for a posting whose reversal is in force. */
export type DocumentState = 'draft' | 'saved' | 'synced' | 'reversed' | 'unapproved'

/** A problem a person can cause or meet; `code` is looked up in client/text. */
export interface Problem {
  readonly code: string
  readonly field?: string
  readonly lineId?: string
  readonly facts?: FieldValues
}

// ── status and session ──────────────────────────────────────────────────────────────────────────

/** The one honest sentence about saving and syncing, as facts. */
export interface Status {
  /** Set while the engine cannot post: the reason a screen must show. */
  readonly stopped?: Problem
  /** Of a device that was shut out: what became of its unsent records, once the server was asked. */
  readonly handedIn?: HandedInRow
  readonly connection: 'online' | 'offline' | 'connecting'
  /** When the server was last heard; undefined when never on this device. */
  readonly lastHeardAt?: number
  /** Own documents posted and not yet covered by the server's heads. */
  readonly documentsWaiting: number
  /** Own records not yet covered by the heads: of those documents, and changes of masters. */
  readonly recordsWaiting: number
  /** Journals still arriving (first sync, catching up), and branches whose heads are not heard yet. */
  readonly journalsBehind: number
  /** While the company's records come for the first time: how many journals of how many are here. */
  readonly filling?: { readonly received: number; readonly journals: number }
  readonly isUpdateNeeded: boolean
  /** The server asks for the password again before it syncs; local work goes on. */
  readonly isSignInNeeded?: boolean
  /** The server does not take what this device sends; nothing is lost, a person should look. */
  readonly refused?: Problem
  /** What the server said against its own earlier, signed word; told for a day, handed out with the file. */
  readonly doubt?: Problem
  /** When figures were last compared with what they follow from, and what was wrong then. */
  readonly audit?: { readonly at: number; readonly problem?: Problem }
  /** Server time − device clock, and how old the measurement is. */
  readonly clockOffsetMs: number
  readonly clockOffsetAgeMs?: number
}

/** One role of the demonstration company; its password is no secret. */
export interface DemonstrationLogin {
  readonly login: string
  readonly role: string
  readonly password: string
}

/** Where this device stands between an empty browser and a signed-in person. */
export interface Session {
  readonly stage: 'unreachable' | 'set-up' | 'sign-in' | 'locked' | 'ready'
  readonly companyName?: string
  /** The logins of a company made for looking around. */
  readonly demonstration?: readonly DemonstrationLogin[]
  readonly organizationId?: string
  readonly device?: { readonly id: string; readonly code: string; readonly name: string }
  readonly branches: readonly {
    readonly id: string
    readonly code: string
    readonly name: string
  }[]
  /** The branch the screens work in. */
  readonly branchId?: string
  readonly audiences: readonly ('goods' | 'sales' | 'buying' | 'books')[]
  readonly user?: { readonly id: string; readonly name: string; readonly login: string }
  readonly roles: readonly string[]
  readonly hasPin: boolean
  /** Business-day zone of the company. */
  readonly zone: { readonly offsetMinutes: number; readonly cutOffMinutes: number }
}

// ── rows ────────────────────────────────────────────────────────────────────────────────────────

/** A unit a SKU is traded in; 1 of it = numerator/denominator base units. */
export interface UnitRow {
  readonly name: string
  readonly numerator: number
  readonly denominator: number
  readonly barcodes: readonly string[]
  /** Sales price per this unit where it has its own, millionths of a yuan. */
  readonly price?: number
}

export interface ProductRow {
  readonly skuId: string
  readonly productId: string
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly category?: string
  readonly brand?: string
  readonly baseUnit: string
  readonly units: readonly UnitRow[]
  readonly barcodes: readonly string[]
  /** Absent where the device may not read sales prices. */
  readonly retailPrice?: number
  readonly wholesalePrice?: number
  readonly minimumPrice?: number
  /** Absent where the device may not read purchase prices. */
  readonly purchasePrice?: number
  readonly isDisabled: boolean
  readonly isService: boolean
  /** 套装: sold as one, stocked as its components. */
  readonly isBundle?: boolean
  /** How goods are told apart; left out of the many that are not. */
  readonly tracking?: Tracking
  /** Of one base unit in g and cm³; left out where nothing is known. */
  readonly weight?: number
  readonly volume?: number
  /** On hand over the branches this device follows, base steps. */
  readonly onHand: number
  /** 可用量: good goods less what is reserved; below zero where too much was promised. */
  readonly available: number
}

/** A SKU as lists name it, with the units its quantities are told in. */
export interface NamedGoods {
  readonly skuId: string
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly baseUnit: string
  readonly units: readonly UnitRow[]
}

export interface StockRow extends NamedGoods {
  readonly warehouseId: string
  readonly warehouseName: string
  readonly branchId: string
  /** 现存, 占用, 可用 (good goods less what is reserved) and 在订. */
  readonly quantity: number
  readonly reserved: number
  readonly available: number
  readonly onOrder: number
  /** 在途: of the quantity, what is on the way between warehouses. */
  readonly inTransit: number
  /** Of the quantity, what was asked for by status or expiry. */
  readonly part?: number
}

/** One SKU's stock: its figure, its parts, its past. */
export interface StockDetail {
  readonly product: ProductRow
  readonly byWarehouse: readonly StockRow[]
  /** Empty where nothing tells its goods apart; the first ones where they are very many. */
  readonly goods: readonly GoodsRow[]
  /** Open lines of orders on it, the first come first. */
  readonly claims: readonly ClaimedRow[]
  /** 合格品 on hand; left out where all of it is. */
  readonly good?: number
  /** Absent where the device may not read costs. */
  readonly byBranch?: readonly {
    readonly branchId: string
    readonly quantity: number
    /** Fen. */
    readonly value: number
    readonly isProvisional: boolean
  }[]
  /** On hand at the close of each of the last 90 business days, oldest first. */
  readonly days: readonly { readonly date: string; readonly quantity: number }[]
}

/** A line of the movement card (台账), oldest first. */
export interface CardRow {
  readonly at: number
  readonly docId: string
  readonly type: string
  readonly number: string
  readonly leg: string
  readonly warehouseId: string
  readonly warehouseName: string
  readonly quantity: number
  readonly quantityAfter: number
  /** Cost that moved, fen, signed as the quantity; absent without the right to costs. */
  readonly cost?: number
  readonly valueAfter?: number
  readonly isProvisional?: boolean
  /** Why the cost is what it is: `receipt-price`, `average`, `origin-cost`, `true-up`, `last-unit`, … */
  readonly reason?: string
  readonly reasonFacts?: FieldValues
  readonly state: DocumentState
}

/** A field that a later version says otherwise; of a line that came or went, its quantity. */
export interface VersionChange {
  readonly field: string
  readonly lineId?: string
  readonly skuId?: string
  readonly before?: FieldValues[string]
  readonly after?: FieldValues[string]
}

export interface DocumentRow {
  readonly docId: string
  readonly type: string
  readonly number: string
  readonly at: number
  readonly branchId: string
  readonly deviceId: string
  readonly by: string
  readonly byName: string
  readonly state: DocumentState
  /** Of a document that was reopened (反审核): which version this is, from 2 on. */
  readonly version?: number
  /** Audiences whose part has not come yet. */
  readonly pendingParts: readonly string[]
  /** The columns the type's definition lists, as field values. */
  readonly fields: FieldValues
  /** Name by id of every master that `fields` (in a detail also header and lines) refer to. */
  readonly names: Readonly<Record<string, string>>
  readonly lineCount: number
  /** Tax-inclusive total where this device may read prices, fen. */
  readonly amount?: number
  /** Of what claims goods. */
  readonly axes?: OrderAxes
}

export interface SentRow {
  readonly arrived: number
  readonly lost: number
  readonly open: number
  /** Serial numbers still under way, where it has some. */
  readonly serials?: string
}

export interface DocumentDetail extends DocumentRow {
  /** What it says is still to be fetched: it was posted in a closed month, before this device came. */
  readonly isContentToCome?: true
  readonly postingId?: string
  readonly header: FieldValues
  readonly lines: readonly (FieldValues & { readonly lineId: string })[]
  /** The SKUs of the lines by id: units, codes, names. */
  readonly skus: Readonly<Record<string, ProductRow>>
  /** Of bundles, by line: steps by SKU of each component. */
  readonly partsByLine?: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Cost per leg, fen, where readable. */
  readonly costByLeg?: Readonly<Record<string, number>>
  /** Of what was counted, by leg: 账面数 and 盘盈 or 盘亏, steps, by what is known now. */
  readonly countByLeg?: Readonly<
    Record<string, { readonly booked: number; readonly difference: number }>
  >
  /** Of an order, by line: what it is now, what was carried out, and what is left, steps. */
  readonly orderByLine?: Readonly<
    Record<string, { readonly quantity: number; readonly taken: number; readonly open: number }>
  >
  /** Of a dispatch, by line: what arrived of it, is lost, and is still under way, steps. */
  readonly sentByLine?: Readonly<Record<string, SentRow>>
  readonly reversedBy?: { readonly at: number; readonly byName: string; readonly reason: string }
  /** 反审核 of this version; `next`: the id of the version that follows, posted or still a draft. */
  readonly unapprovedBy?: {
    readonly at: number
    readonly byName: string
    readonly reason: string
    readonly next: string
    readonly isNextPosted: boolean
  }
  /** Of a later version: the one before it, and what differs. */
  readonly previous?: {
    readonly docId: string
    readonly version: number
    readonly changes: readonly VersionChange[]
  }
  readonly invoicing?: Invoicing
  /** Linked documents, upstream and downstream. */
  readonly links: readonly {
    readonly docId: string
    readonly type: string
    readonly number: string
  }[]
}

export interface FindingRow {
  readonly key: string
  readonly code: string
  readonly severity: 'info' | 'decide' | 'stop'
  readonly branchId: string
  readonly ownerRole: string
  readonly evidence: FieldValues
  readonly documents: readonly {
    readonly docId: string
    readonly type: string
    readonly number: string
  }[]
  readonly skuId?: string
  readonly skuName?: string
  /** What `seeFinding` is told, where looking at it is enough. */
  readonly seenAs?: string
}

export interface DeviceRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly branches: readonly string[]
  readonly audiences: readonly string[]
  readonly enrolledAt: number
  readonly lastSeenAt?: number
  readonly isRevoked: boolean
  readonly isThis: boolean
  readonly build?: string
  readonly lastRefusal?: { readonly at: number; readonly reason: string }
}

export interface UserRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly roles: readonly { readonly branch: string; readonly role: string }[]
  readonly isRevoked: boolean
}

/** Today in figures; money is absent where the device may not read it. */
export interface HomeFigures {
  readonly businessDate: string
  readonly sales?: {
    readonly amount: number
    readonly documents: number
    readonly sameDayLastWeek: number
  }
  readonly grossProfit?: number
  readonly byBranch: readonly {
    readonly branchId: string
    readonly name: string
    readonly amount?: number
    /** Sales per business day, last 30, oldest first, fen. */
    readonly days: readonly { readonly date: string; readonly amount: number }[]
  }[]
  readonly stockValue?: number
  readonly skusInStock: number
  readonly skusNegative: number
  /** The first of them. */
  readonly findings: readonly FindingRow[]
  /** How many findings wait for a decision, as the bell counts them. */
  readonly decisions: number
  readonly latest: readonly DocumentRow[]
}

/** What the one box found for a text or a scan. */
export type LookupHit =
  | {
      readonly kind: 'sku'
      readonly product: ProductRow
      readonly unit?: string
      /** The text was the serial number of one piece of it. */
      readonly serial?: string
    }
  | { readonly kind: 'document'; readonly document: DocumentRow }
  | { readonly kind: 'master'; readonly entity: string; readonly id: string; readonly name: string }

export interface MasterRow {
  readonly id: string
  readonly name: string
  readonly code?: string
  readonly isDisabled: boolean
  readonly fields: FieldValues
}

export interface Page<Row> {
  readonly total: number
  readonly offset: number
  readonly rows: readonly Row[]
}

export interface PageArgs {
  readonly offset: number
  readonly limit: number
}
