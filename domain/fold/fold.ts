/**
 * The fold: `state = fold(records)`. The set of records decides, never their order, batches or
 * repetitions; integers only; no clock; nothing in a record can make it throw. What is wrong in
 * merged data becomes a finding. Knows no storage, no Yjs and no screen.
 */

import type { RowSet } from '#domain/ledgers/columns/row-set.ts'
import { isJoinedBit } from '#domain/ledgers/stock/pool-flags.ts'
import { settle } from '#domain/ledgers/stock/settle.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import { base32Prefix } from '#domain/values/base32.ts'
import { type ApprovalsView, approvalsView } from './approvals-view.ts'
import { applyEntry, noteProblem } from './apply-record.ts'
import { journalsOfCheckpoint, openCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { forgetSettledClaims } from './claims.ts'
import { claimsView, type ClaimsView } from './claims-view.ts'
import { type CountView, countView } from './count-view.ts'
import { type SeenView, seenView } from './changed-goods.ts'
import { type DirectoryView, directoryView } from './directory.ts'
import { type DocumentsView, documentsView } from './documents.ts'
import type { Finding } from './finding.ts'
import { type Impact, impactOf, type TriedRecord } from './impact.ts'
import { type AuditProblem, auditOf } from './self-audit.ts'
import { decisionCountOf, findingsOf } from './findings.ts'
import type { FoldChanges, FoldEntry } from './fold-entry.ts'
import {
  emptyState,
  type FoldState,
  isProvisionalPool,
  nothingTouched,
  openState,
  type Touched,
} from './fold-state.ts'
import { clockAheadMs, type JournalLog, lastSeq, logOf, noteArrival } from './journal-log.ts'
import { type MastersView, mastersView } from './masters.ts'
import { type MethodImpact, methodImpactOf, type MethodWish } from './method-impact.ts'
import { docIdOf } from './names.ts'
import { isOversized } from './oversized.ts'
import { followOwnValues } from './own-values.ts'
import { type PricedView, pricedView } from './priced-view.ts'
import { type SalesView, salesView } from './sales.ts'
import { type SealsView, sealsView } from './seals.ts'
import { type Shortfall, shortfallsOf } from './shortfalls.ts'
import { stateHash } from './state-hash.ts'
import { type StockView, stockView } from './stock-view.ts'
import { settleTagged } from './tagged-goods.ts'
import { hasTouchedTracked } from './tracked-skus.ts'
import { type TransitView, transitView } from './transit-view.ts'

export { rulesVersion } from './checkpoint.ts'

export interface FoldOptions {
  /**
   * What `Fold.checkpoint` gave; the bytes belong to the fold from here on. Of another format or
   * broken, it is passed over: the watermark is empty then, and all records are to be fed again.
   */
  readonly checkpoint?: Uint8Array
  /** What this device may read; findings and pending parts of others are left out. All of them by default. */
  readonly audiences?: readonly Audience[]
}

export interface JournalMark {
  /** The last record without a gap. */
  readonly seq: number
  readonly hash: string
}

export interface Fold {
  /** Takes records in, in any order and batch, also known ones again; says what has changed. */
  apply(entries: readonly FoldEntry[]): FoldChanges
  readonly stock: StockView
  readonly counts: CountView
  readonly claims: ClaimsView
  readonly transit: TransitView
  readonly documents: DocumentsView
  readonly priced: PricedView
  readonly sales: SalesView
  readonly masters: MastersView
  readonly directory: DirectoryView
  /** What an act would change, without a trace of it; undefined for a document that is posted already. */
  impactOf(tried: readonly TriedRecord[]): Impact | undefined
  /** What a change of the cost method would change, without a trace of it. */
  methodImpactOf(wish: MethodWish): MethodImpact
  /** Goods that an act would leave below zero at some moment, and that would be higher without it. */
  shortfallsOf(tried: readonly TriedRecord[]): readonly Shortfall[]
  /** What of the state contradicts itself; undefined when all of it agrees. */
  audit(): AuditProblem | undefined
  /** 封账: what is closed. */
  readonly seals: SealsView
  /** 审批: what was submitted, and what became of it. */
  readonly approvals: ApprovalsView
  /** 上次看过的数: what stands otherwise since somebody looked. */
  readonly seen: SeenView
  /** In order of their keys. */
  findings(): readonly Finding[]
  /** How many of them, of the company and of some branches, wait for a decision; makes few of them. */
  decisionCount(branches: ReadonlySet<string>): number
  /** Whether some record, of those that this device may read, is newer than this build. */
  isUpdateNeeded(): boolean
  /** Per journal, how far it is folded without a gap: from there records are to be fed. */
  watermark(): ReadonlyMap<string, JournalMark>
  /** False while a record of the layer, or of goods below it, does not count: no hash is compared then. */
  isComplete(layer: Audience, branch: string): boolean
  /** 64 hex digits over the state of one layer of a branch, or of the company ('all'). */
  hash(layer: Audience, branch: string): string
  /** 校验码: 4 letters of that hash, for people. */
  agreementCode(layer: Audience, branch: string): string
  checkpoint(): Uint8Array
}

/**
 * The watermark that a fold opened from `checkpoint` would have, for bytes that are known to be as they were
 * written; empty where it would pass them over.
 */
export function watermarkOfCheckpoint(checkpoint: Uint8Array): ReadonlyMap<string, JournalMark> {
  return marksOf(journalsOfCheckpoint(checkpoint) ?? [])
}

export function openFold(options: FoldOptions = {}): Fold {
  const held = new Set(options.audiences ?? audiences)
  const stored = options.checkpoint && openCheckpoint(options.checkpoint)
  const state = openState(stored ?? emptyState())
  const findings = keptUntilStale<readonly Finding[]>()
  const hashes = new Map<string, { readonly version: number; readonly hash: Uint8Array }>()
  let findingsVersion = 0

  function apply(entries: readonly FoldEntry[]): FoldChanges {
    const changes = applyAll(state, entries)
    if (changes.hasFindingsChanged) findingsVersion++
    return changes
  }

  function hashOf(layer: Audience, branch: string): Uint8Array {
    const key = `${layer}|${branch}`
    const known = hashes.get(key)
    if (known?.version === state.version) return known.hash
    const hash = stateHash(state, layer, branch)
    hashes.set(key, { version: state.version, hash })
    return hash
  }

  return {
    apply,
    stock: stockView(state),
    counts: countView(state),
    claims: claimsView(state),
    transit: transitView(state),
    documents: documentsView(state, held),
    priced: pricedView(state, held),
    sales: salesView(state),
    masters: mastersView(state.masters),
    directory: directoryView(state.directory),
    impactOf: (tried) => impactOf(state, tried),
    methodImpactOf: (wish) => methodImpactOf(state, wish),
    shortfallsOf: (tried) => shortfallsOf(state, tried),
    audit: () => auditOf(state),
    seals: sealsView(state),
    approvals: approvalsView(state),
    seen: seenView(state),
    findings: () => findings(findingsVersion, () => findingsOf(state, held)),
    decisionCount: (branches) => decisionCountOf(state, held, branches),
    isUpdateNeeded: () =>
      [...state.problems.values()].some(
        ({ code, audience }) => code === 'update-needed' && held.has(audience),
      ),
    watermark: () => marksOf(state.journals.values()),
    isComplete: (layer, branch) => isComplete(state, layer, branch),
    hash: (layer, branch) => hexOf(hashOf(layer, branch)),
    agreementCode: (layer, branch) => base32Prefix(hashOf(layer, branch), 4),
    checkpoint: () => writeCheckpoint(state),
  }
}

function applyAll(state: FoldState, entries: readonly FoldEntry[]): FoldChanges {
  const { negativeChanges, countChanges } = state.ledger
  state.touched = nothingTouched()
  for (const entry of entries) applyOne(state, entry)
  followOwnValues(state)
  settlePools(state)
  forgetSettledClaims(state)
  if (settleTagged(state) || hasTouchedTracked(state)) state.touched.hasFindings = true
  state.version++
  const { names, touched, touchedSinceAsked } = state
  if (touchedSinceAsked !== undefined) for (const sku of touched.skus) touchedSinceAsked.add(sku)
  return {
    skus: new Set([...touched.skus].map((sku) => names.skus.text(sku))),
    documents: new Set([...touched.documents].map((document) => docIdOf(names, document))),
    masters: touched.entities,
    hasApprovalsChanged: touched.hasApprovals,
    hasFindingsChanged:
      touched.hasFindings ||
      state.ledger.negativeChanges !== negativeChanges ||
      state.ledger.countChanges !== countChanges,
  }
}

function applyOne(state: FoldState, entry: FoldEntry): void {
  const log = logOf(state.journals, entry.journal)
  const wasAhead = log !== undefined && clockAheadMs(log) > 0
  const arrival = noteArrival(log, entry)
  if (wasAhead || (log !== undefined && clockAheadMs(log) > 0)) state.touched.hasFindings = true
  switch (arrival) {
    case 'repeat':
      return
    case 'misplaced':
      return noteProblem(state, entry, {
        code: 'malformed-record',
        path: 'journal',
        reason: 'bad-form',
      })
    case 'forked':
      state.touched.hasFindings = true
      return applyEntry(state, entry)
    case 'new':
      return applyEntry(state, entry)
  }
}

/** Costs follow the movements of the whole batch at once; their SKUs have changed. */
function settlePools(state: FoldState): void {
  const { ledger, touched, provisionalPools, oversizedPools } = state
  for (const pool of settle(ledger)) {
    touched.skus.add(ledger.pools.first(pool))
    notePool(touched, provisionalPools, pool, isProvisionalPool(ledger, pool))
    notePool(touched, oversizedPools, pool, isOversized(ledger, pool))
    // What stated costs exceed follows from the costs of the goods that went out.
    const isJoined = ((ledger.poolTable.columns.flags[pool] as number) & isJoinedBit) !== 0
    if (isJoined && ledger.stated.size > 0) touched.hasFindings = true
  }
}

/** Of pools about which there is a finding. */
function notePool(touched: Touched, known: RowSet, pool: number, isAmong: boolean): void {
  if (isAmong || known.has(pool)) touched.hasFindings = true
  if (isAmong) known.add(pool)
  else known.delete(pool)
}

function marksOf(
  logs: Iterable<Pick<JournalLog, 'journal' | 'first' | 'length' | 'hash'>>,
): ReadonlyMap<string, JournalMark> {
  const marks = new Map<string, JournalMark>()
  for (const log of logs) {
    if (log.length > 0) marks.set(log.journal, { seq: lastSeq(log), hash: log.hash })
  }
  return marks
}

function isComplete(state: FoldState, layer: Audience, branch: string): boolean {
  for (const problem of state.problems.values()) {
    const isBelow = problem.audience === layer || problem.audience === 'goods'
    if (isBelow && (problem.branch === branch || problem.branch === 'all')) return false
  }
  return true
}

/** A value that is made again only when its version has changed. */
function keptUntilStale<Value>(): (version: number, make: () => Value) => Value {
  let kept: { readonly version: number; readonly value: Value } | undefined
  return (version, make) => {
    if (kept === undefined || kept.version !== version) kept = { version, value: make() }
    return kept.value
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
