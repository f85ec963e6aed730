/**
 * 提交, 审批, 撤回 (submission, decision, withdrawal): what is asked of approvers and what they say. A submission
 * carries the document as it would be posted, part by part, and moves nothing; what became of it is the fold's
 * matter.
 */

import { canonicalText, type Json } from '#domain/values/canonical-text.ts'
import { sha256Hex } from '#domain/values/digest.ts'
import { type DocumentId, isId, isUuid, type PostingId, type UserId } from '#domain/values/ids.ts'
import { limitNote, limitText } from '#domain/values/limits.ts'
import { type Audience, audiences } from './audience.ts'
import { isHashText } from './packed-form.ts'
import { type PostedBody, postedBody } from './posted-body.ts'
import {
  fields,
  fieldsOf,
  hashText,
  idText,
  integer,
  list,
  oneOf,
  optional,
  type Shape,
  type ShapeProblem,
  type ShapeValue,
  shortText,
} from './shape.ts'

/** Steps of one flow, and approvers of one step. */
export const limitFlowSteps = 10
export const limitApprovers = 20
/** A step waits this long at most before it is called overdue. */
export const limitStepHours = 8_760

/** 审批结论: what an approver says. */
export const verdicts = ['approve', 'decline', 'send-back'] as const

export type Verdict = (typeof verdicts)[number]

const aHash = hashText(isHashText)

/** Who may decide a step: whoever has a role in the branch, or one person. */
const approver: Shape<Approver> = fields({
  role: optional(shortText(40)),
  user: optional(idText<UserId>(isUuid)),
})

const step: Shape<StatedStep> = fields({
  approvers: list(approver, limitApprovers),
  needs: oneOf(['any', 'all']),
  hours: optional(integer(1, limitStepHours)),
})

/** The flow as it was in force: only the steps that this document needs. */
const statedFlow: Shape<StatedFlow> = fields({
  id: shortText(limitText),
  name: shortText(limitText),
  isSeparate: optional(integer<1>(1, 1)),
  steps: list(step, limitFlowSteps),
})

/**
 * 'submitted.v1': a part of a document as it would be posted, its posting id being that of the submission. The
 * lead part states the flow, and of each part a hash that nobody can guess the content from without its salt.
 */
export const submitted = fields({
  posting: postedBody,
  salt: idText<string>(isUuid),
  flow: optional(statedFlow),
  hashes: optional(
    fieldsOf((name) => (audiences as readonly string[]).includes(name), aHash, audiences.length),
  ),
})

/** 'decided.v1', in the lead's journal: one verdict on one step of what has just this content. */
export const decided = fields({
  docId: idText<DocumentId>(isId),
  submission: idText<PostingId>(isId),
  hash: aHash,
  step: integer(0, limitFlowSteps - 1),
  verdict: oneOf(verdicts),
  note: shortText(limitNote),
})

/** 'withdrawn.v1': the author takes a submission back. */
export const withdrawn = fields({
  docId: idText<DocumentId>(isId),
  submission: idText<PostingId>(isId),
  reason: shortText(limitNote),
})

/** One of the two is there. */
export interface Approver {
  readonly role?: string
  readonly user?: UserId
}

export interface StatedStep {
  readonly approvers: readonly Approver[]
  /** One of the approvers, or each of them, every one by another person. */
  readonly needs: 'any' | 'all'
  /** 时限. */
  readonly hours?: number
}

export interface StatedFlow {
  readonly id: string
  readonly name: string
  /** 不相容职务分离: the author's own approval does not count. */
  readonly isSeparate?: 1
  readonly steps: readonly StatedStep[]
}

export type SubmittedBody = ShapeValue<typeof submitted>
export type DecidedBody = ShapeValue<typeof decided>
export type WithdrawnBody = ShapeValue<typeof withdrawn>

/** What the part says, whoever posts it and whenever. */
export function contentHash(posting: PostedBody): string {
  const { postingId: _, parts: __, submission: ___, ...content } = posting
  return sha256Hex(canonicalText(content as unknown as Json))
}

/** Names the content of one part to readers of others, who learn nothing of it. */
export function partHash({ salt, posting }: Pick<SubmittedBody, 'salt' | 'posting'>): string {
  return sha256Hex(`${salt}${contentHash(posting)}`)
}

/** What a decision is bound to: all parts together. */
export function submissionHash(hashes: Readonly<Partial<Record<Audience, string>>>): string {
  return sha256Hex(canonicalText(hashes as Json))
}

/** Whether a submitted part stands where it says, and states what its part states [APR1]. */
export function checkSubmitted(
  { posting, flow, hashes }: SubmittedBody,
  place: { readonly id: string; readonly audience: string },
): ShapeProblem | undefined {
  if (posting.part !== place.audience) return { path: 'posting.part', reason: 'bad-form' }
  if (posting.parts[posting.part] !== place.id) {
    return { path: `posting.parts.${posting.part}`, reason: 'bad-form' }
  }
  const isLead = posting.part === posting.lead
  if (isLead !== (flow !== undefined)) return { path: 'flow', reason: reasonOf(isLead) }
  if (isLead !== (hashes !== undefined)) return { path: 'hashes', reason: reasonOf(isLead) }
  return undefined
}

function reasonOf(isLead: boolean): 'missing' | 'unexpected' {
  return isLead ? 'missing' : 'unexpected'
}
