/**
 * 提交与审批 (submissions and decisions) as they were said, by document: a set that grows, so that order and
 * repetition of arrival mean nothing. What became of each submission is in `approval-outcome.ts`.
 */

import type { Audience } from '#domain/records/audience.ts'
import {
  contentHash,
  type DecidedBody,
  partHash,
  type StatedFlow,
  type WithdrawnBody,
} from '#domain/records/approval-body.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import type { RecordOf } from '#domain/records/kinds.ts'
import { compareTexts } from '#domain/ledgers/stock/order.ts'
import { addWrapped } from '#domain/values/wrapped-sum.ts'
import type { FoldState } from './fold-state.ts'
import { type Hashed, type PartRecord, reductionsIn } from './parts.ts'

/** Who wrote a record, when; what orders two of them on every device. */
interface Stamped {
  readonly record: string
  /** Of the record's hash, its first digits. */
  readonly hash: number
  readonly hlc: number
  readonly device: string
  readonly by: string
  readonly at: number
  readonly audience: Audience
}

/** One part of a submission. */
export interface SubmittedNote extends Stamped {
  readonly submission: string
  readonly type: string
  readonly number: string
  /** What the lead part calls this one, and what a posting of it must say. */
  readonly partHash: string
  readonly content: string
  /** 应付金额 of this part, fen; left out where its lines have none. */
  readonly amount?: number
  /** On the lead part. */
  readonly flow?: StatedFlow
  readonly hashes?: Readonly<Partial<Record<Audience, string>>>
}

export interface DecidedNote extends Stamped {
  readonly said: DecidedBody
}

export interface WithdrawnNote extends Stamped {
  readonly said: WithdrawnBody
}

export type ApprovalAct = DecidedNote | WithdrawnNote

/** A posting that says it was approved. */
export interface ApprovedPosting extends Pick<Stamped, 'record' | 'hash' | 'audience'> {
  readonly posting: string
  readonly submission: string
  readonly content: string
}

export interface DocumentApprovals {
  readonly docId: string
  readonly branch: string
  readonly submitted: readonly SubmittedNote[]
  readonly acts: readonly ApprovalAct[]
  readonly postings: readonly ApprovedPosting[]
}

/** By document and branch. */
export type ApprovalBook = Map<string, DocumentApprovals>

export function approvalKey(docId: string, branch: string): string {
  return `${docId}@${branch}`
}

export function applySubmitted(
  state: FoldState,
  { record, hash }: Hashed<RecordOf<'submitted.v1'>>,
): void {
  const { posting, flow, hashes } = record.body
  const note: SubmittedNote = {
    ...stampOf({ record, hash }),
    submission: posting.postingId,
    ...{ type: posting.type, number: posting.number },
    ...{ partHash: partHash(record.body), content: contentHash(posting) },
    ...amountIn(posting),
    ...(flow !== undefined && { flow }),
    ...(hashes !== undefined && { hashes }),
  }
  grow(state, posting.docId, record.branch, 'submitted', note)
}

function amountIn({ header, lines }: PostedBody): Pick<SubmittedNote, 'amount'> {
  const amounts = lines
    .map((line) => line['amount'])
    .filter((each): each is number => typeof each === 'number')
  if (amounts.length === 0) return {}
  return { amount: amounts.reduce(addWrapped, 0) - reductionsIn({ header }) }
}

export function applyApprovalAct(
  state: FoldState,
  { record, hash }: Hashed<RecordOf<'decided.v1' | 'withdrawn.v1'>>,
): void {
  const note = { ...stampOf({ record, hash }), said: record.body } as ApprovalAct
  grow(state, record.body.docId, record.branch, 'acts', note)
}

/** [APR7] Of a posting that was made from a submission: what it says, to be held against that. */
export function noteApprovedPosting(state: FoldState, { record, hash }: Hashed<PartRecord>): void {
  const { body } = record
  if (body.submission === undefined) return
  grow(state, body.docId, record.branch, 'postings', {
    ...{ record: record.id, hash, audience: record.audience },
    ...{ posting: body.postingId, submission: body.submission, content: contentHash(body) },
  })
}

/** By (hlc, device), and by id and hash where a broken device repeats its clock. */
export function compareNotes(a: Stamped, b: Stamped): number {
  return (
    a.hlc - b.hlc ||
    compareTexts(a.device, b.device) ||
    compareTexts(a.record, b.record) ||
    a.hash - b.hash
  )
}

type Part = 'submitted' | 'acts' | 'postings'

function grow<Name extends Part>(
  state: FoldState,
  docId: string,
  branch: string,
  name: Name,
  note: DocumentApprovals[Name][number],
): void {
  const key = approvalKey(docId, branch)
  const known = state.approvals.get(key) ?? emptyApprovals(docId, branch)
  const notes: readonly Pick<Stamped, 'record' | 'hash'>[] = known[name]
  if (notes.some(({ record, hash }) => record === note.record && hash === note.hash)) return
  state.approvals.set(key, { ...known, [name]: [...notes, note] })
  state.touched.hasFindings = true
  state.touched.hasApprovals = true
}

function emptyApprovals(docId: string, branch: string): DocumentApprovals {
  return { docId, branch, submitted: [], acts: [], postings: [] }
}

function stampOf({
  record: { id, hlc, device, by, at, audience },
  hash,
}: Hashed<
  Pick<RecordOf<'decided.v1'>, 'id' | 'hlc' | 'device' | 'by' | 'at' | 'audience'>
>): Stamped {
  return { record: id, hash, hlc, device, by, at, audience }
}
