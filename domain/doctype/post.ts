/**
 * 过账 (posting): turns a draft into the parts that become records. Pure: ids, time, number and all
 * that is known come in by the context; what goes out is data for the engine to sign and keep.
 */

import type { AskedFlow } from '#domain/masters/approval-flow.ts'
import type { Audience } from '#domain/records/audience.ts'
import type { ReversedBody, Role, UnapprovedBody } from '#domain/records/kinds.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import { assert } from '#domain/values/assert.ts'
import { previousVersionId } from '#domain/values/document-version.ts'
import type { Instant } from '#domain/values/instant.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { approvalAsked } from './approval.ts'
import { backdateProblem } from './backdate.ts'
import { checkDraft } from './check.ts'
import { goodsWarnings } from './check-goods.ts'
import { completeDraft } from './complete.ts'
import type { AnyDocumentDefinition, DraftDocument, PostProblem } from './define.ts'
import { oversizedStock, refusedShortages, shortagesOf } from './movements.ts'
import { atPartOfDay } from './part-of-day.ts'
import { belowMinimum, isMinimumHeld } from './minimum-price.ts'
import { makeParts, partsOfPosting } from './parts.ts'
import { actProblem } from './permission.ts'
import type { Readers } from './readers.ts'

/** Who acts, where and when, with which rights, and what this device knows. */
export interface PostContext extends Readers {
  readonly definition: AnyDocumentDefinition
  readonly actor: { readonly userId: string; readonly roles: readonly Role[] }
  readonly branchId: string
  /** Now, corrected by the server's clock. */
  readonly at: Instant
  /** The next 单据编号 of this device and type. */
  readonly number: string
  /** A fresh UUID at each call. */
  ids(): string
  readonly stock: Parameters<typeof shortagesOf>[1]
}

/** What an act on a document is about to write, one record per part, and what to tell the person. */
export interface Posting {
  readonly docId: string
  /** Of the posting that is made, supplied or taken back. */
  readonly postingId: string
  readonly type: string
  readonly number: string
  readonly at: Instant
  readonly parts: readonly ({ readonly audience: Audience; readonly recordId: string } & (
    | { readonly kind: 'posted.v1' | 'part-supplied.v1'; readonly body: PostedBody }
    | { readonly kind: 'reversed.v1'; readonly body: ReversedBody }
    | { readonly kind: 'unapproved.v1'; readonly body: UnapprovedBody }
  ))[]
  /** Said only: the goods are here, or have left. */
  readonly warnings: readonly (ReturnType<typeof shortagesOf>[number] | PostProblem)[]
}

/**
 * Permission, then the draft itself, then its parts. Of an audience that the actor may not write
 * nothing is asked and nothing written: that part waits for somebody who may [PST1] [PST2] [PST3].
 * What needs approval is submitted, and posted when it was approved [SUB1].
 */
export function post(
  context: PostContext,
  typed: DraftDocument,
): Result<Posting, readonly PostProblem[]> {
  const prepared = preparePosting(context, typed)
  if (!prepared.ok) return prepared
  const { posting, asked } = prepared.value
  return asked === undefined
    ? done(posting)
    : fail([{ code: 'approval-needed', flow: asked.flow.name }])
}

/** A posting that could be made, and the flow that asks for its approval first. */
export interface PreparedPosting {
  readonly posting: Posting
  readonly asked: AskedFlow | undefined
}

/** All checks of a draft, whether it is posted now or submitted. */
export function preparePosting(
  context: PostContext,
  typed: DraftDocument,
): Result<PreparedPosting, readonly PostProblem[]> {
  const { definition, number } = context
  assert(typed.type === definition.type, 'a draft is posted by its own definition')
  assert(typed.branch === context.branchId, 'a draft is posted in its own branch')
  const draft = atPartOfDay(typed, context.masters, context.at)
  const at = draft.at ?? context.at
  const problems = problemsOf(context, draft, at)
  if (problems.length > 0) return fail(problems)

  const document = completeDraft(definition, draft, context)
  const postingId = context.ids()
  const audiences = partsOfPosting(definition, document).filter((part) =>
    context.audiences.includes(part),
  )
  const parts = makeParts(
    { definition, document, postingId, number, written: {} },
    audiences,
    context,
  )
  const legs = parts.flatMap(({ body }) => body.legs ?? [])
  const shortages = shortagesOf(legs, context.stock)
  const tooLow = belowMinimum(definition, document, context.masters)
  const posting: Posting = {
    ...{ docId: draft.docId, postingId, type: definition.type, number, at },
    parts: parts.map((part) => ({ ...part, kind: 'posted.v1' })),
    warnings: [...shortages, ...goodsWarnings(definition, document, context), ...tooLow],
  }
  const refused = [
    ...oversizedStock(legs, context.stock),
    ...(isMinimumHeld(context.masters, context.actor.roles) ? tooLow : []),
    ...refusedShortages(context, { ...posting, branch: draft.branch }, shortages),
  ]
  if (refused.length > 0) return fail(refused)
  return done({ posting, asked: approvalAsked(definition, document, context) })
}

function problemsOf(
  context: PostContext,
  draft: DraftDocument,
  at: Instant,
): readonly PostProblem[] {
  const { definition, documents, audiences, actor } = context
  const state = documents.get(draft.docId)?.state ?? 'draft'
  const forbidden = actProblem(definition, 'post', state, actor.roles)
  if (forbidden !== undefined) return [forbidden]
  if (!audiences.includes(definition.lead)) {
    return [{ code: 'audience-missing', audience: definition.lead }]
  }
  if (at > context.at) return [{ code: 'dated-in-future', at, now: context.at }]
  const unable =
    backdateProblem(context, at) ??
    overrideProblem(draft, actor.roles) ??
    versionProblem(context, draft)
  return unable === undefined ? checkDraft(definition, draft, context) : [unable]
}

/** [UNA4] The next version is posted once the one before it is taken back. */
function versionProblem(
  { documents }: PostContext,
  { docId }: DraftDocument,
): PostProblem | undefined {
  const previous = previousVersionId(docId)
  if (previous === undefined) return undefined
  const before = documents.get(previous)
  if (before === undefined) return { code: 'document-unknown' }
  return before.state === 'posted' ? { code: 'version-stands', number: before.number } : undefined
}

/** What only a manager may say, and how it is refused to others; the document keeps who said it. */
const managersWords = {
  sellExpired: 'expired-needs-manager',
  acceptExcess: 'excess-needs-manager',
} as const

/** Expired goods are sold (policy 16) [GDF4], and excess is received [OCL6], on the word of a manager. */
function overrideProblem(
  { header }: DraftDocument,
  roles: readonly Role[],
): PostProblem | undefined {
  if (roles.some((role) => role === 'owner' || role === 'manager')) return undefined
  const said = Object.entries(managersWords).find(([field]) => header[field] === 1)
  return said && { code: said[1], field: said[0] }
}
