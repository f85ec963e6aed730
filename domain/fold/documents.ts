/**
 * Documents as lists and screens ask for them: entries made from columns when asked, newest first.
 * What a document says is in its records; here is only what the fold decided about it.
 */

import { definitionOf } from '#domain/registry.ts'
import { type Audience, audiences } from '#domain/records/audience.ts'
import type { Hlc } from '#domain/values/hybrid-clock.ts'
import type { Instant } from '#domain/values/instant.ts'
import type { Money } from '#domain/values/money.ts'
import { branchText, findPosted, isListed, isOfOther, isPosted } from './document-rows.ts'
import { isUnpricedBit } from './document-tables.ts'
import { goodsFollowersOf, pricersOf } from './followers.ts'
import type { FoldState } from './fold-state.ts'
import { isLateDocument, isLateReversal } from './late.ts'
import { docIdOf, documentKey } from './names.ts'
import { bearersOf } from './numbers.ts'
import { partInForce } from './parts.ts'
import { isUnapproval } from './reversal.ts'
import { openFrom, sealBookOf } from './seals.ts'

export interface DocumentEntry {
  readonly docId: string
  readonly type: string
  /** 单据编号. */
  readonly number: string
  readonly branch: string
  /** Another branch that has posted it: what is here is what it means for this one. */
  readonly postedIn?: string
  /** 业务时间. */
  readonly at: Instant
  /** Where it counts, of a late arrival: `at` was closed before the document became known. */
  readonly effectiveAt?: Instant
  /** 已封账: the month in which it counts is closed. */
  readonly isSealed?: true
  readonly hlc: Hlc
  readonly device: string
  readonly by: string
  readonly state: 'posted' | 'reversed'
  /** The posting in force. */
  readonly postingId: string
  /** Records that stand for each audience of it. */
  readonly partRecordIds: Readonly<Partial<Record<Audience, string>>>
  /** Audiences whose part has not come, of those that this device holds. */
  readonly pendingParts: readonly Audience[]
  /** What it comes to; undefined where its type is not priced, or that part has not come. */
  readonly amount?: DocumentAmount
  readonly reversedBy?: ReversalEntry
}

export interface DocumentAmount {
  /** Who may read it. */
  readonly audience: Audience
  /** 应付金额, tax included: the lines less what was rounded off. */
  readonly gross: Money
  readonly net: Money
}

export interface ReversalEntry {
  readonly recordId: string
  /** 反审核: the document was reopened, and counts again as its next version. */
  readonly isUnapproval?: true
  readonly number: string
  readonly reason: string
  readonly at: Instant
  /** As of a document. */
  readonly effectiveAt?: Instant
  readonly device: string
  readonly by: string
}

export interface DocumentFilter {
  readonly type?: string
  readonly branch?: string
  /** First moment, included. */
  readonly from?: Instant
  /** Last moment, excluded. */
  readonly to?: Instant
}

export interface DocumentPage {
  /** Documents that pass the filter, on all pages. */
  readonly total: number
  readonly rows: readonly DocumentEntry[]
}

export interface DocumentsView {
  /** Undefined while no posting is known. */
  get(docId: string, branch?: string): DocumentEntry | undefined
  /** Documents that bear a number: one, but for its versions, unless a machine was cloned. */
  byNumber(number: string): readonly DocumentEntry[]
  /** Standing documents that build on it: return its goods, carry out its lines, price them. */
  followersOf(docId: string): readonly DocumentEntry[]
  page(filter: DocumentFilter & { readonly offset: number; readonly limit: number }): DocumentPage
  readonly count: number
}

export function documentsView(state: FoldState, held: ReadonlySet<Audience>): DocumentsView {
  return {
    get(docId, branch) {
      const document = branch === undefined ? findPosted(state, docId) : find(state, docId, branch)
      return document < 0 ? undefined : documentEntry(state, document, held)
    },
    byNumber: (number) =>
      bearersOf(state, number)
        .filter((document) => isListed(state, document))
        .map((document) => documentEntry(state, document, held)),
    followersOf(docId) {
      const document = findPosted(state, docId)
      if (document < 0) return []
      const followers = [...goodsFollowersOf(state, document), ...pricersOf(state, document)]
      return [...new Set(followers)].map((each) => documentEntry(state, each, held))
    },
    page(asked) {
      const passed = filtered(state, asked)
      const end = Math.max(passed.length - asked.offset, 0)
      const rows = passed.slice(Math.max(end - asked.limit, 0), end).reverse()
      return {
        total: passed.length,
        rows: [...rows].map((document) => documentEntry(state, document, held)),
      }
    },
    get count() {
      return state.inOrder.length
    },
  }
}

export function documentEntry(
  state: FoldState,
  document: number,
  held: ReadonlySet<Audience>,
): DocumentEntry {
  const { names, documents, parts } = state
  const { lead, type, number, at, by, reversal } = documents.columns
  const part = lead[document] as number
  const reversed = reversal[document] as number
  return {
    docId: docIdOf(names, document),
    type: names.types.text(type[document] as number),
    number: names.numbers.text(number[document] as number),
    branch: branchText(state, document),
    ...(isOfOther(state, document) && {
      postedIn: names.branches.text(parts.columns.home[part] as number),
    }),
    at: at[document] as Instant,
    ...whenCounted(state, document),
    hlc: parts.columns.hlc[part] as Hlc,
    device: names.devices.text(parts.columns.device[part] as number),
    by: names.users.text(by[document] as number),
    state: reversed < 0 ? 'posted' : 'reversed',
    postingId: names.texts.read(parts.columns.posting[part] as number),
    ...partsInForce(state, document, held),
    ...amountIn(state, document),
    ...(reversed >= 0 && { reversedBy: reversalEntry(state, reversed) }),
  }
}

function whenCounted(
  state: FoldState,
  document: number,
): Pick<DocumentEntry, 'effectiveAt' | 'isSealed'> {
  const { branch, effective } = state.documents.columns
  const moment = effective[document] as Instant
  const closedUntil = openFrom(sealBookOf(state, branch[document] as number)) ?? 0
  return {
    ...(isLateDocument(state, document) && { effectiveAt: moment }),
    ...(moment < closedUntil && { isSealed: true }),
  }
}

/** A part is pending where the type has one, or the poster named one, and none has come [J6]. */
function partsInForce(
  state: FoldState,
  document: number,
  held: ReadonlySet<Audience>,
): Pick<DocumentEntry, 'partRecordIds' | 'pendingParts'> {
  const { names, documents, parts } = state
  const { type, named } = documents.columns
  const ofType = definitionOf(names.types.text(type[document] as number))?.parts ?? []
  const partRecordIds: Partial<Record<Audience, string>> = {}
  const pendingParts: Audience[] = []
  for (const [index, audience] of audiences.entries()) {
    const part = partInForce(state, document, audience)
    const isNamed = ((named[document] as number) & (1 << index)) !== 0
    if (part >= 0) partRecordIds[audience] = names.texts.read(parts.columns.record[part] as number)
    else if (held.has(audience) && (isNamed || ofType.includes(audience)))
      pendingParts.push(audience)
  }
  return { partRecordIds, pendingParts }
}

function amountIn(state: FoldState, document: number): Pick<DocumentEntry, 'amount'> {
  const { names, documents, parts } = state
  const type = names.types.text(documents.columns.type[document] as number)
  const audience = definitionOf(type)?.lines['amount']?.audience
  const part = audience === undefined ? -1 : partInForce(state, document, audience)
  if (audience === undefined || part < 0) return {}
  if (((parts.columns.kind[part] as number) & isUnpricedBit) !== 0) return {}
  const gross = parts.columns.amount[part] as Money
  const net = (gross - (parts.columns.tax[part] as number)) as Money
  return { amount: { audience, gross, net } }
}

function reversalEntry(state: FoldState, reversal: number): ReversalEntry {
  const { names, reversals } = state
  const { record, number, reason, at, effective, device, by } = reversals.columns
  return {
    recordId: names.texts.read(record[reversal] as number),
    ...(isUnapproval(state, reversal) && { isUnapproval: true }),
    number: names.texts.read(number[reversal] as number),
    reason: names.texts.read(reason[reversal] as number),
    at: at[reversal] as Instant,
    ...(isLateReversal(state, reversal) && { effectiveAt: effective[reversal] as Instant }),
    device: names.devices.text(device[reversal] as number),
    by: names.users.text(by[reversal] as number),
  }
}

function find(state: FoldState, docId: string, branch: string): number {
  const number = state.names.branches.find(branch)
  const document = number < 0 ? -1 : state.names.documents.find(documentKey(docId, number))
  return document >= 0 && isPosted(state, document) ? document : -1
}

/** Rows that pass, oldest first. */
function filtered(state: FoldState, filter: DocumentFilter): Int32Array {
  const all = state.inOrder.view()
  const { type: types, branch: branches, at } = state.documents.columns
  const type = filter.type === undefined ? undefined : state.names.types.find(filter.type)
  const branch = filter.branch === undefined ? undefined : state.names.branches.find(filter.branch)
  const from = filter.from ?? 0
  const to = filter.to ?? Number.POSITIVE_INFINITY
  return all.filter((document) => {
    const moment = at[document] as number
    return (
      moment >= from &&
      moment < to &&
      (type === undefined || types[document] === type) &&
      (branch === undefined || branches[document] === branch) &&
      (branch !== undefined || isListed(state, document))
    )
  })
}
