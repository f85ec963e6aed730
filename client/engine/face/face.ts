/**
 * The engine's face: every question a screen may ask the device's one engine, every act it may order, and
 * the topics it announces when an answer may have changed. Types only: this file knows no storage, no Yjs
 * and no network, so screens and commands compile against it and nothing else of the engine.
 *
 * Values that cross the face are plain frozen data (they pass through `postMessage`): quantities in 10⁻⁴ of
 * the base unit, money in fen, prices in millionths of a yuan per unit, instants in ms since the epoch.
 */
import type { PrintModel } from '#domain/doctype/print.ts'
import type { ImportGround } from '#domain/exchange/import-ground.ts'
import type { Result } from '#domain/values/result.ts'
import type { ApprovalCommands, ApprovalQueries, PostedResult } from './face-approval.ts'
import type { DraftDetail, DraftRow, ListGoods } from './face-draft.ts'
import type { ClosingDetail } from './face-closing.ts'
import type { ChangePage, ImpactRows } from './face-changes.ts'
import type { AgeRow, StockAtPage, StockThen, Trace, UnderWayRow } from './face-goods.ts'
import type { PriceQueries } from './face-prices.ts'
import type { QuarantineCommands, QuarantineQueries } from './face-quarantine.ts'
import type { OpenSources, OpenSourcesArgs } from './face-sources.ts'
import type { RecipeDetail } from './face-recipe.ts'
import type { CostPolicyRow, MethodChangeDetail, MethodImpactRows } from './face-policy.ts'
import type {
  CardRow,
  DeviceRow,
  DocumentDetail,
  DocumentRow,
  FieldValue,
  FieldValues,
  FindingRow,
  HomeFigures,
  LookupHit,
  MasterRow,
  Page,
  PageArgs,
  Problem,
  ProductRow,
  Session,
  Status,
  StockDetail,
  StockRow,
  UserRow,
} from './face-rows.ts'

export type * from './face-approval.ts'
export type * from './face-draft.ts'
export type * from './face-changes.ts'
export type * from './face-closing.ts'
export type * from './face-goods.ts'
export type * from './face-policy.ts'
export type * from './face-prices.ts'
export type * from './face-quarantine.ts'
export type * from './face-sources.ts'
export type * from './face-recipe.ts'
export type * from './face-rows.ts'

// ── questions ───────────────────────────────────────────────────────────────────────────────────

/** What the stock list can be narrowed to. */
export type StockFilterName =
  | 'negative'
  | 'in-stock'
  | 'reserved'
  | 'on-order'
  | 'in-transit'
  | 'short'
  | 'near-expiry'
  | 'pending'
  | 'defective'
  | 'frozen'
  | 'uncollected'

/** What the stock list can be sorted by. */
export type StockSortKey = 'onHand' | 'reserved' | 'available' | 'onOrder'

/** Every question: name → arguments and answer. */
export interface Queries extends ApprovalQueries, PriceQueries, QuarantineQueries {
  status: { args: Record<never, never>; result: Status }
  session: { args: Record<never, never>; result: Session }
  /** 校验码 of the chosen branch; undefined before there is one. Costs a walk over all its documents. */
  agreement: { args: Record<never, never>; result: string | undefined }
  /**
   * 影响预览 of posting a draft, of taking a posted document back, or of supplying what it lacks; undefined where
   * that is refused.
   */
  impact: {
    args: {
      readonly docId: string
      readonly act: 'post' | 'reverse' | 'unapprove' | 'supply'
      readonly supplied?: Pick<Commands['supplyPart']['args'], 'header' | 'lines'>
    }
    result: ImpactRows | undefined
  }
  /** Receipts that an invoice or a charge may still speak of. */
  openSources: { args: OpenSourcesArgs; result: OpenSources }
  home: { args: Record<never, never>; result: HomeFigures }
  recipe: { args: { readonly skuId: string }; result: RecipeDetail | undefined }
  products: { args: PageArgs & { readonly search?: string }; result: Page<ProductRow> }
  product: { args: { readonly skuId: string }; result: ProductRow | undefined }
  stock: {
    args: PageArgs & {
      readonly search?: string
      readonly warehouseId?: string
      readonly only?: StockFilterName
      readonly sort?: { readonly by: StockSortKey; readonly direction: 'up' | 'down' }
    }
    result: Page<StockRow>
  }
  /** 库龄 of what is in stock. */
  ages: {
    args: PageArgs & { readonly search?: string; readonly warehouseId?: string }
    result: Page<AgeRow>
  }
  /** 在途: what was sent and has not arrived, the oldest first. */
  underWay: { args: PageArgs; result: Page<UnderWayRow> }
  /** Which filters of the stock list have anything to find. */
  stockFilters: { args: Record<never, never>; result: readonly StockFilterName[] }
  trace: {
    args: { readonly skuId: string; readonly batch?: string; readonly serial?: string }
    result: Trace
  }
  stockOf: { args: { readonly skuId: string }; result: StockDetail | undefined }
  /** 变动说明: goods whose figures differ since somebody looked on this device, the newest first; of one SKU where asked. */
  changes: { args: PageArgs & { readonly skuId?: string }; result: ChangePage }
  /** At a past moment (ms), both ways; reads all records, so it takes a while where there are many. */
  stockThen: { args: { readonly skuId: string; readonly at: number }; result: StockThen }
  /** All goods at a past moment (ms); `isCompared`: beside what was believed then, which reads all records. */
  stockAt: {
    args: PageArgs & {
      readonly at: number
      readonly isCompared: boolean
      readonly search?: string
      readonly warehouseId?: string
    }
    result: StockAtPage
  }
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
  /** What a file to be imported is judged against. */
  importGround: { args: Record<never, never>; result: Result<ImportGround, Problem> }
  drafts: { args: { readonly type?: string }; result: readonly DraftRow[] }
  draft: { args: { readonly docId: string }; result: DraftDetail | undefined }
  findings: { args: PageArgs & { readonly only?: 'decide' }; result: Page<FindingRow> }
  /** How many findings wait for a decision. */
  decisions: { args: Record<never, never>; result: number }
  devices: { args: Record<never, never>; result: readonly DeviceRow[] }
  users: { args: Record<never, never>; result: readonly UserRow[] }
  /** What can be closed in the chosen branch, and what speaks against closing `month`. */
  closing: { args: { readonly month?: string }; result: ClosingDetail | undefined }
  costPolicy: { args: Record<never, never>; result: CostPolicyRow }
  /** From which month on the company can go over to another cost method. */
  methodChange: { args: Record<never, never>; result: MethodChangeDetail | undefined }
  methodImpact: {
    args: { readonly month: string; readonly method: string }
    result: MethodImpactRows | undefined
  }
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
export interface Commands extends ApprovalCommands, QuarantineCommands {
  /** First start of an empty server. */
  setUp: {
    args: {
      readonly company: { readonly name: string; readonly taxpayer: 'general' | 'small' }
      readonly owner: { readonly login: string; readonly name: string; readonly password: string }
      readonly branch: { readonly name: string }
    }
    result: Record<never, never>
  }
  setUpDemonstration: { args: Record<never, never>; result: Record<never, never> }
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
  /** A machine that was found to be a clone (`device-forked`) becomes a device of its own; online. */
  beginAnew: { args: SignIn; result: Record<never, never> }
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
  listGoods: ListGoods
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
    result: PostedResult
  }
  /**
   * Posts a whole document that never lay on a desk, for callers that have many: same checks, numbers and
   * records as `post`. A time in the past is where the document stands in stock and costs.
   */
  postDraft: {
    args: {
      readonly docId: string
      readonly type: string
      /** The chosen branch where left out. */
      readonly branchId?: string
      /** When it happened; now where left out. */
      readonly at?: number
      readonly header: FieldValues
      readonly lines: readonly (FieldValues & { readonly lineId: string })[]
    }
    result: PostedResult
  }
  reverse: {
    /** `at`: when it takes effect; now where left out, never before the document. */
    args: { readonly docId: string; readonly reason: string; readonly at?: number }
    result: Record<never, never>
  }
  /** 反审核: as `reverse`; answers the id under which its draft is open again, to be posted as the next version. */
  unapprove: {
    args: { readonly docId: string; readonly reason: string; readonly at?: number }
    result: { readonly docId: string }
  }
  /** Lays the draft of the next version of an unapproved document on the desk again, where it is gone. */
  reopenDraft: { args: { readonly docId: string }; result: { readonly docId: string } }
  /** Writes the part this person may write and the poster might not (e.g. prices of a keeper's receipt). */
  supplyPart: {
    args: {
      readonly docId: string
      readonly header: FieldValues
      readonly lines: readonly (FieldValues & { readonly lineId: string })[]
    }
    result: Record<never, never>
  }

  /** Somebody has looked at a finding that closes by that; it speaks again when its facts change. */
  seeFinding: {
    args: { readonly key: string; readonly seenAs: string; readonly branchId: string }
    result: Record<never, never>
  }

  /** The figures of this device were looked at: what comes from now on is new. */
  seeChanges: { args: Record<never, never>; result: Record<never, never> }

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
  /** 月末结账; `accepted`: codes of what is not in order and was seen. */
  closeMonth: {
    args: {
      readonly branchId: string
      readonly month: string
      readonly accepted: readonly string[]
    }
    result: Record<never, never>
  }
  /** 成本方法转换 of the company, from the first day of a month on. */
  changeCostMethod: {
    args: { readonly month: string; readonly method: string }
    result: Record<never, never>
  }
  /** 反结账 of the last closing. */
  reopenMonth: {
    args: { readonly branchId: string; readonly seal: string; readonly reason: string }
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
 * `masters:${entity}`, 'findings', 'approvals', 'changes', 'drafts', `draft:${docId}`, 'devices'. Where too many changed to be
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
