/**
 * Everything that a fold knows, in one place: what the modules beside it change and the views read.
 * Derived from records alone; a checkpoint is this state as bytes.
 */

import { type AdjustmentIndex, adjustmentSchema } from './adjustment-rows.ts'
import type { ApprovalBook } from './approval-book.ts'
import { costPolicyOf } from './cost-policy.ts'
import { openTable, type Table } from '#domain/ledgers/columns/table.ts'
import { type ClaimLedger, openClaims } from '#domain/ledgers/claims/claim-table.ts'
import { RowSet } from '#domain/ledgers/columns/row-set.ts'
import { SortedRows } from '#domain/ledgers/columns/sorted-rows.ts'
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import {
  type LedgerTables,
  openStockLedger,
  type StockLedger,
} from '#domain/ledgers/stock/stock-ledger.ts'
import { isPoolTaintedBit } from '#domain/ledgers/stock/pool-flags.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { LegValue } from '#domain/records/posted-body.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { ClaimOfSku } from './claims.ts'
import { type Directory, openDirectory } from './directory.ts'
import {
  type DocumentTable,
  openDocumentTables,
  type PartTable,
  type ReferenceTable,
  type ReversalTable,
} from './document-tables.ts'
import type { JournalLogs } from './journal-log.ts'
import { openMasterTables, type MasterTables } from './master-tables.ts'
import type { Masters } from './masters.ts'
import { openNames, type Names } from './names.ts'
import { isApart, orderedName } from './halves.ts'
import { oversizedPoolsOf } from './oversized.ts'
import { type OwnValues, ownValuesOf } from './own-values.ts'
import { referencePrice } from './reference-price.ts'
import type { ReferenceIndex } from './references.ts'
import { bookOf, openFrom, type SealBook, sealBookOf, type SealNote } from './seals.ts'
import type { TrackedSkus } from './tracked-skus.ts'
import { openUniqueness, type Uniqueness } from './uniqueness.ts'
import { type WatchedDocuments, watchedOf } from './watched-documents.ts'

/** A row per document number: the document in force that bears it, −1 for none. */
export const numberSchema = { document: 'i32' } as const

/** Why a record does not count, by its place. */
export interface RecordProblemNote {
  readonly code: 'update-needed' | 'malformed-record'
  readonly journal: string
  readonly seq: number
  readonly recordId: string
  readonly kind: string
  readonly branch: string
  readonly audience: Audience
  /** Where in the record, and why; '' for an unknown kind. */
  readonly detail: string
}

/** Why a leg that refers to another stands by itself. */
export type BrokenLink =
  | 'origin-missing'
  | 'leg-missing'
  | 'origin-differs'
  | 'origin-is-linked'
  /** The origin came after the leg that refers to it was sealed. */
  | 'origin-late'

/** A posting that is not in force: its movements stay as dead rows, so that a seal can bring it back. */
export interface ParkedPosting {
  readonly type: number
  /** 单据编号, as a text. */
  readonly number: string
  readonly by: number
  readonly at: number
  readonly named: number
  /** First of its movements. */
  readonly first: number
  /** Of its movements, in their order. */
  readonly quantities: readonly number[]
  readonly references: readonly {
    readonly movement: number
    readonly document: number
    readonly leg: string
  }[]
}

/** What was said late of goods whose month was closed: a change of value at a later moment [SEL11]. */
export interface LateValue {
  /** The change, and the sealed movement that it prices. */
  readonly movement: number
  readonly of: number
  /** When it takes effect, what its record says, and whose record it is. */
  readonly at: number
  readonly own: number
  readonly hlc: number
  readonly device: number
  readonly document: number
  /** Fen. */
  readonly amount: number
  /** As of `LateLeg`. */
  readonly provisional: number
  readonly price?: number
  /** Of a change that takes another back: its place among those of the document. */
  readonly takesBack?: number
}

/** What the present batch of records has touched, in numbers. */
export interface Touched {
  readonly skus: Set<number>
  readonly documents: Set<number>
  readonly entities: Set<string>
  hasFindings: boolean
  hasApprovals: boolean
}

/** What a checkpoint keeps; the rest of the state follows from it. */
export interface StoredState extends WatchedDocuments {
  readonly names: Names
  readonly ledgerTables: LedgerTables | undefined
  readonly documents: DocumentTable
  readonly parts: PartTable
  readonly reversals: ReversalTable
  readonly references: ReferenceTable
  readonly adjustments: Table<typeof adjustmentSchema>
  readonly numbers: Table<typeof numberSchema>
  readonly claims: ClaimLedger
  readonly masterTables: MasterTables
  readonly directory: Directory
  readonly approvals: ApprovalBook
  readonly journals: JournalLogs
  readonly problems: Map<string, RecordProblemNote>
  /** Costs that came before the posting they belong to, by row of their part. */
  readonly waitingValues: Map<number, readonly LegValue[]>
  /** By movement that is adjusted: what its own document says it is worth, fen; undefined where that has not come. */
  readonly baseValues: Map<number, number | undefined>
  readonly brokenLinks: Map<number, BrokenLink>
  /** By key of a finding, what of it somebody has seen. */
  readonly seen: Map<string, Set<string>>
  /** Documents by number, where more than one in force bears it. */
  readonly sharedNumbers: Map<number, Set<number>>
  /** Postings that are not in force, by row of their lead part. */
  readonly parked: Map<number, ParkedPosting>
  /** By document. */
  readonly lateValues: Map<number, readonly LateValue[]>
  /** What the server has said of seals, by record id. */
  readonly sealNotes: Map<string, SealNote>
  /** Rows of documents posted, in order of time, and how many they are. */
  readonly documentOrder: { readonly rows: Int32Array; readonly length: number }
}

export interface FoldState extends Omit<StoredState, 'ledgerTables' | 'documentOrder'> {
  readonly ledger: StockLedger
  readonly masters: Masters
  /** Documents posted, oldest first. */
  readonly inOrder: SortedRows
  /** Made when first needed. */
  referenceIndex: ReferenceIndex | undefined
  adjustmentIndex: AdjustmentIndex | undefined
  /** Documents about whose invoices and charges there are findings; made when first needed. */
  mispriced: Set<number> | undefined
  /** Types of documents for which there ever was an approval flow; made when first needed. */
  flowTypes: ReadonlySet<string> | undefined
  readonly unique: Uniqueness
  /** By number of the branch. */
  readonly sealBooks: Map<number, SealBook>
  /** Pools whose value is provisional. */
  readonly provisionalPools: RowSet
  /** Pools beyond `limitStock`. */
  readonly oversizedPools: RowSet
  /** By number of a SKU what became of the claims on it; made when asked for. */
  readonly settledClaims: Map<number, readonly ClaimOfSku[]>
  /** By id of a SKU; made when first needed. */
  trackedSkus: TrackedSkus | undefined
  /** Products whose batches have values of their own; stale when masters may say otherwise now. */
  ownValues: { readonly bySku: OwnValues; isStale: boolean }
  /** Rises with every change, so that views know whether what they keep is still true. */
  version: number
  touched: Touched
  /** SKUs touched since somebody asked what stands otherwise; undefined while nobody has. */
  touchedSinceAsked: Set<number> | undefined
}

export function emptyState(): StoredState {
  return {
    names: openNames(),
    ledgerTables: undefined,
    ...openDocumentTables(),
    adjustments: openTable(adjustmentSchema),
    numbers: openTable(numberSchema),
    claims: openClaims(),
    masterTables: openMasterTables(),
    directory: openDirectory(),
    approvals: new Map(),
    journals: new Map(),
    problems: new Map(),
    waitingValues: new Map(),
    baseValues: new Map(),
    brokenLinks: new Map(),
    seen: new Map(),
    sharedNumbers: new Map(),
    parked: new Map(),
    lateValues: new Map(),
    sealNotes: new Map(),
    ...watchedOf(),
    documentOrder: { rows: new Int32Array(0), length: 0 },
  }
}

export function openState(stored: StoredState): FoldState {
  const { ledgerTables, documentOrder, ...kept } = stored
  const { names } = kept
  const masters: Masters = {
    names,
    tables: kept.masterTables,
    fieldsByMaster: new Map(),
    byEntity: { counted: 0, rows: new Map() },
  }
  const sealBooks = booksOf(kept)
  const ledgerNames = {
    texts: names.texts,
    deviceText: (device: number) => names.devices.text(device),
    documentText: (document: number) => orderedName(state, document),
    referencePrice: (sku: number, at: Instant, branch: number) => {
      const book = sealBookOf({ sealBooks }, branch)
      return referencePrice(masters, names.skus.text(sku), { at, branch, book })
    },
    batchValuations: (sku: number) => {
      const { bySku } = state.ownValues
      return bySku.size === 0 ? [] : (bySku.get(names.skus.text(sku)) ?? [])
    },
    closedUntil: (branch: number) =>
      openFrom(sealBookOf({ sealBooks }, branch)) ?? Number.NEGATIVE_INFINITY,
  }
  const ledger = openStockLedger(
    { ...ledgerNames, isApart: isApart(names) },
    ledgerTables,
    costPolicyOf(masters),
  )
  const state: FoldState = {
    ...kept,
    ledger,
    masters,
    inOrder: new SortedRows(
      (a, b) => compareDocuments(kept, a, b),
      documentOrder.rows,
      documentOrder.length,
    ),
    referenceIndex: undefined,
    adjustmentIndex: undefined,
    mispriced: undefined,
    flowTypes: undefined,
    sealBooks,
    unique: openUniqueness(kept.masterTables.masters.rows),
    provisionalPools: provisionalPoolsOf(ledger),
    oversizedPools: oversizedPoolsOf(ledger),
    settledClaims: new Map(),
    trackedSkus: undefined,
    ownValues: { bySku: ownValuesOf(masters), isStale: false },
    version: 0,
    touched: nothingTouched(),
    touchedSinceAsked: undefined,
  }
  return state
}

export function nothingTouched(): Touched {
  return {
    ...{ skus: new Set(), documents: new Set(), entities: new Set() },
    ...{ hasFindings: false, hasApprovals: false },
  }
}

/** Whether the value of a pool may still change without any goods moving. */
export function isProvisionalPool(ledger: StockLedger, pool: number): boolean {
  const { quantity, flags } = ledger.poolTable.columns
  return (quantity[pool] as number) < 0 || ((flags[pool] as number) & isPoolTaintedBit) !== 0
}

/** All of them, from the ledger as it stands. */
export function provisionalPoolsOf(ledger: StockLedger): RowSet {
  const found = new RowSet()
  for (let pool = 0; pool < ledger.poolTable.rows; pool++) {
    if (isProvisionalPool(ledger, pool)) found.add(pool)
  }
  return found
}

function booksOf({
  names,
  sealNotes,
}: Pick<StoredState, 'names' | 'sealNotes'>): Map<number, SealBook> {
  const notes = [...sealNotes.values()]
  const branches = [...new Set(notes.map(({ branch }) => branch))]
  const deviceOf = (device: string) => names.devices.intern(device)
  return new Map(
    branches.map((branch) => [names.branches.intern(branch), bookOf(notes, branch, deviceOf)]),
  )
}

/** By trade moment, then clock, device and id: the same order on every device. */
function compareDocuments(
  { names, documents, parts }: Pick<StoredState, 'names' | 'documents' | 'parts'>,
  a: number,
  b: number,
): number {
  const { at, lead } = documents.columns
  const byMoment = (at[a] as number) - (at[b] as number)
  if (byMoment !== 0) return byMoment
  const { hlc, device } = parts.columns
  const leadA = lead[a] as number
  const leadB = lead[b] as number
  return (
    (hlc[leadA] as number) - (hlc[leadB] as number) ||
    compareTexts(
      names.devices.text(device[leadA] as number),
      names.devices.text(device[leadB] as number),
    ) ||
    compareTexts(names.documents.text(a), names.documents.text(b))
  )
}
