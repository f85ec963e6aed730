/**
 * The engine's face: every question a screen may ask the device's one engine, every act it may order, and
 * the topics it announces when an answer may have changed. Types only: this file knows no storage, no Yjs
 * and no network, so screens and commands compile against it and nothing else of the engine.
 *
 * Values that cross the face are plain frozen data (they pass through `postMessage`): quantities in 10⁻⁴ of
 * the base unit, money in fen, prices in millionths of a yuan per unit, instants in ms since the epoch.
 */
import type { PrintModel } from '#domain/doctype/print.ts'
import type { ImportPlan } from '#domain/exchange/import-plan.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { Result } from '#domain/values/result.ts'

/** A value of a draft or record field. */
export type FieldValue = Json
export type FieldValues = Readonly<Record<string, FieldValue>>

/** 草稿 · 已存本机 · 已同步, and 已红冲 for a posting whose reversal is in force. */
export type DocumentState = 'draft' | 'saved' | 'synced' | 'reversed'

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
  readonly connection: 'online' | 'offline' | 'connecting'
  /** When the server was last heard; undefined when never on this device. */
  readonly lastHeardAt?: number
  /** Own documents posted and not yet covered by the server's heads. */
  readonly documentsWaiting: number
  /** Journals still arriving (first sync, catching up). */
  readonly journalsBehind: number
  readonly isUpdateNeeded: boolean
  /** The server asks for the password again before it syncs; local work goes on. */
  readonly isSignInNeeded?: boolean
  /** The server does not take what this device sends; nothing is lost, a person should look. */
  readonly refused?: Problem
  /** Server time − device clock, and how old the measurement is. */
  readonly clockOffsetMs: number
  readonly clockOffsetAgeMs?: number
  readonly agreementCode?: string
}

/** Where this device stands between an empty browser and a signed-in person. */
export interface Session {
  readonly stage: 'unreachable' | 'set-up' | 'sign-in' | 'locked' | 'ready'
  readonly companyName?: string
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
  /** On hand over the branches this device follows, base steps. */
  readonly onHand: number
}

export interface StockRow {
  readonly skuId: string
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly baseUnit: string
  readonly units: readonly UnitRow[]
  readonly warehouseId: string
  readonly warehouseName: string
  readonly branchId: string
  readonly quantity: number
}

/** One SKU's stock: its figure, its parts, its past. */
export interface StockDetail {
  readonly product: ProductRow
  readonly byWarehouse: readonly StockRow[]
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
  /** Audiences whose part has not come yet. */
  readonly pendingParts: readonly string[]
  /** The columns the type's definition lists, as field values. */
  readonly fields: FieldValues
  /** Name by id of every master that `fields` (in a detail also header and lines) refer to. */
  readonly names: Readonly<Record<string, string>>
  readonly lineCount: number
  /** Tax-inclusive total where this device may read prices, fen. */
  readonly amount?: number
}

export interface DocumentDetail extends DocumentRow {
  readonly postingId?: string
  readonly header: FieldValues
  readonly lines: readonly (FieldValues & { readonly lineId: string })[]
  /** The SKUs of the lines by id: units, codes, names. */
  readonly skus: Readonly<Record<string, ProductRow>>
  /** Cost per leg, fen, where readable. */
  readonly costByLeg?: Readonly<Record<string, number>>
  readonly reversedBy?: { readonly at: number; readonly byName: string; readonly reason: string }
  /** Linked documents, upstream and downstream. */
  readonly links: readonly {
    readonly docId: string
    readonly type: string
    readonly number: string
  }[]
}

export interface DraftRow {
  readonly docId: string
  readonly type: string
  readonly branchId: string
  readonly lineCount: number
  readonly changedAt: number
  readonly fields: FieldValues
  readonly names: Readonly<Record<string, string>>
}

/** Somebody else at work in the same draft. */
export interface Presence {
  readonly name: string
  readonly color: string
  readonly lineId?: string
  readonly field?: string
}

export interface DraftDetail {
  readonly docId: string
  readonly type: string
  readonly branchId: string
  readonly header: FieldValues
  readonly lines: readonly (FieldValues & { readonly lineId: string })[]
  /** Name by id of every master referred to. */
  readonly names: Readonly<Record<string, string>>
  /** The SKUs of the lines by id. */
  readonly skus: Readonly<Record<string, ProductRow>>
  /** The same draft with what follows from the typed fields: amounts, tax, totals. */
  readonly derived: {
    readonly header: FieldValues
    readonly lines: Readonly<Record<string, FieldValues>>
  }
  readonly problems: readonly Problem[]
  readonly presence: readonly Presence[]
  /** True once posted somewhere: the screen moves to the document. */
  readonly isPosted: boolean
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
  readonly findings: readonly FindingRow[]
  readonly latest: readonly DocumentRow[]
}

/** What the one box found for a text or a scan. */
export type LookupHit =
  | { readonly kind: 'sku'; readonly product: ProductRow; readonly unit?: string }
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

// ── questions ───────────────────────────────────────────────────────────────────────────────────

/** Every question: name → arguments and answer. */
export interface Queries {
  status: { args: Record<never, never>; result: Status }
  session: { args: Record<never, never>; result: Session }
  home: { args: Record<never, never>; result: HomeFigures }
  products: { args: PageArgs & { readonly search?: string }; result: Page<ProductRow> }
  product: { args: { readonly skuId: string }; result: ProductRow | undefined }
  stock: {
    args: PageArgs & {
      readonly search?: string
      readonly warehouseId?: string
      readonly only?: 'negative' | 'in-stock'
    }
    result: Page<StockRow>
  }
  stockOf: { args: { readonly skuId: string }; result: StockDetail | undefined }
  card: {
    args: { readonly skuId: string; readonly warehouseId?: string }
    result: readonly CardRow[]
  }
  masters: {
    args: PageArgs & { readonly entity: string; readonly search?: string }
    result: Page<MasterRow>
  }
  master: { args: { readonly entity: string; readonly id: string }; result: MasterRow | undefined }
  documents: {
    args: PageArgs & { readonly type?: string; readonly search?: string }
    result: Page<DocumentRow>
  }
  document: { args: { readonly docId: string }; result: DocumentDetail | undefined }
  /** What stands on the paper; undefined for an unknown document. */
  print: {
    args: { readonly docId: string; readonly language: 'zh-CN' | 'en' }
    result: PrintModel | undefined
  }
  /** A dry run: what a file would import, and every problem with its row; nothing is written. */
  planImport: {
    args: { readonly name: string; readonly bytes: Uint8Array; readonly warehouseId?: string }
    result: Result<ImportPlan, Problem>
  }
  drafts: { args: { readonly type?: string }; result: readonly DraftRow[] }
  draft: { args: { readonly docId: string }; result: DraftDetail | undefined }
  findings: { args: Record<never, never>; result: readonly FindingRow[] }
  devices: { args: Record<never, never>; result: readonly DeviceRow[] }
  users: { args: Record<never, never>; result: readonly UserRow[] }
  lookup: { args: { readonly text: string; readonly limit: number }; result: readonly LookupHit[] }
}

export type QueryName = keyof Queries
export type QueryArgs<Name extends QueryName> = Queries[Name]['args']
export type QueryResult<Name extends QueryName> = Queries[Name]['result']

// ── acts ────────────────────────────────────────────────────────────────────────────────────────

/** Who signs in, where: the answers of the set-up and sign-in screens. */
export interface SignIn {
  readonly login: string
  readonly password: string
}

export interface MasterChange {
  readonly entity: string
  readonly id: string
  readonly fields: FieldValues
}

/** Every act: name → arguments and what it yields when done. A repeat of a command id yields the first result. */
export interface Commands {
  /** First start of an empty server. */
  setUp: {
    args: {
      readonly company: { readonly name: string; readonly taxpayer: 'general' | 'small' }
      readonly owner: { readonly login: string; readonly name: string; readonly password: string }
      readonly branch: { readonly name: string }
    }
    result: Record<never, never>
  }
  setUpDemonstration: {
    args: Record<never, never>
    result: {
      readonly logins: readonly {
        readonly login: string
        readonly role: string
        readonly password: string
      }[]
    }
  }
  /** Online once: makes this browser a device of the company and signs the person in. */
  enrol: {
    args: SignIn & {
      readonly deviceName: string
      readonly kind: 'tablet' | 'till' | 'pc' | 'phone'
      /** Fewer audiences than the person has, e.g. a keeper's tablet enrolled by the owner. */
      readonly audiences?: readonly string[]
      readonly branches?: readonly string[]
    }
    result: Record<never, never>
  }
  signIn: { args: SignIn; result: Record<never, never> }
  /** Offline sign-in on a device where this person was online before. */
  unlock: { args: { readonly userId?: string; readonly pin: string }; result: Record<never, never> }
  setPin: { args: { readonly pin: string }; result: Record<never, never> }
  lock: { args: Record<never, never>; result: Record<never, never> }
  chooseBranch: { args: { readonly branchId: string }; result: Record<never, never> }

  /** One act on a draft of the desk: fields typed, lines added or changed; creates the draft where it is new. */
  editDraft: {
    args: {
      readonly docId: string
      readonly type: string
      readonly header?: Readonly<Record<string, FieldValue | undefined>>
      readonly lines?: readonly {
        readonly lineId: string
        readonly fields: Readonly<Record<string, FieldValue | undefined>>
      }[]
    }
    result: Record<never, never>
  }
  /** A scan: an increment in this device's own key, so two people's scans add up. */
  scanIntoDraft: {
    args: {
      readonly docId: string
      readonly type: string
      readonly skuId: string
      readonly unit?: string
      readonly quantity: number
    }
    result: { readonly lineId: string }
  }
  removeLine: {
    args: { readonly docId: string; readonly lineId: string }
    result: Record<never, never>
  }
  discardDraft: { args: { readonly docId: string }; result: Record<never, never> }
  /** Where this person stands in a draft; shown to the others as presence. */
  pointAt: {
    args: { readonly docId?: string; readonly lineId?: string; readonly field?: string }
    result: Record<never, never>
  }

  post: {
    args: { readonly docId: string }
    result: {
      readonly docId: string
      readonly number: string
      readonly warnings: readonly Problem[]
    }
  }
  reverse: {
    args: { readonly docId: string; readonly reason: string }
    result: Record<never, never>
  }
  /** Writes the part this person may write and the poster might not (e.g. prices of a keeper's receipt). */
  supplyPart: {
    args: {
      readonly docId: string
      readonly header: FieldValues
      readonly lines: readonly (FieldValues & { readonly lineId: string })[]
    }
    result: Record<never, never>
  }

  changeMasters: {
    args: { readonly changes: readonly MasterChange[] }
    result: Record<never, never>
  }
  /** Accepted rows of an import: all of them or none; masters first, then one opening-stock document per warehouse. */
  importRows: {
    args: {
      readonly masters: readonly MasterChange[]
      readonly opening: readonly {
        readonly warehouseId: string
        readonly lines: readonly FieldValues[]
      }[]
    }
    result: { readonly masters: number; readonly documents: readonly string[] }
  }

  addUser: {
    args: {
      readonly login: string
      readonly name: string
      readonly password: string
      readonly roles: readonly { readonly branch: string; readonly role: string }[]
    }
    result: Record<never, never>
  }
  revokeDevice: {
    args: { readonly device: string; readonly reason: string }
    result: Record<never, never>
  }
  /** Everything this device holds that the server has not confirmed, as a file's bytes (the way out of trouble). */
  exportUnsent: {
    args: Record<never, never>
    result: { readonly fileName: string; readonly bytes: Uint8Array }
  }
}

export type CommandName = keyof Commands
export type CommandArgs<Name extends CommandName> = Commands[Name]['args']
export type CommandResult<Name extends CommandName> = Result<
  Commands[Name]['result'],
  readonly Problem[]
>

/**
 * What may have changed: 'status', 'session', `stock:${skuId}`, 'documents', `document:${docId}`,
 * `masters:${entity}`, 'findings', 'drafts', `draft:${docId}`, 'devices'. Where too many changed to be
 * named: `stock:*`, `document:*`, `draft:*`; and '*' when another engine has taken over.
 */
export type Topic = string

/** The engine as a tab sees it, whichever tab's worker runs it. */
export interface EngineFace {
  read<Name extends QueryName>(name: Name, args: QueryArgs<Name>): Promise<QueryResult<Name>>
  command<Name extends CommandName>(
    name: Name,
    args: CommandArgs<Name>,
    commandId: string,
  ): Promise<CommandResult<Name>>
  /** Calls back with the topics of each change until the returned function is called. */
  subscribe(onChange: (topics: readonly Topic[]) => void): () => void
}
