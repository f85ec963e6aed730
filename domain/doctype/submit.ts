/**
 * 提交审批 (submission): a draft as it would be posted, laid before those whom a flow names; and the posting of what
 * they approved, word for word. Pure, as `post.ts`.
 */

import { statedFlow } from '#domain/masters/stated-flow.ts'
import type { Audience } from '#domain/records/audience.ts'
import { partHash, type SubmittedBody } from '#domain/records/approval-body.ts'
import type { PostedBody } from '#domain/records/posted-body.ts'
import { asId, type PostingId, type RecordId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { DraftDocument, PostProblem } from './define.ts'
import { oversizedStock, refusedShortages, shortagesOf } from './movements.ts'
import { actProblem } from './permission.ts'
import { type PostContext, type Posting, preparePosting } from './post.ts'

/** What a submission is about to write, one record per part. */
export interface Submission {
  readonly docId: string
  readonly submission: string
  readonly number: string
  readonly at: Instant
  readonly parts: readonly {
    readonly audience: Audience
    readonly recordId: string
    readonly body: SubmittedBody
  }[]
}

/** [SUB2] The same checks as posting; the flow as it is in force now. */
export function submit(
  context: PostContext,
  typed: DraftDocument,
): Result<Submission, readonly PostProblem[]> {
  const prepared = preparePosting(context, typed)
  if (!prepared.ok) return prepared
  const { posting, asked } = prepared.value
  if (asked === undefined) return fail([{ code: 'approval-not-asked' }])
  const bodies = posting.parts.flatMap(({ audience, recordId, body }) =>
    'lines' in body ? [{ audience, recordId, body: { posting: body, salt: context.ids() } }] : [],
  )
  const hashes = Object.fromEntries(
    bodies.map(({ audience, body }) => [audience, partHash(body)] as const),
  )
  const stated = { flow: statedFlow(asked), hashes }
  const { docId, postingId: submission, number, at } = posting
  return done({
    ...{ docId, submission, number, at },
    parts: bodies.map((part) => {
      const isLead = part.audience === context.definition.lead
      return isLead ? { ...part, body: { ...part.body, ...stated } } : part
    }),
  })
}

/** What was approved, as far as this device holds it. */
export interface ApprovedDocument {
  readonly submission: string
  readonly branch: string
  readonly at: Instant
  /** One for each part that the lead names, all of them here. */
  readonly parts: readonly PostedBody[]
}

/** [SUB3] Posts what was approved under its own document id and number; only stock and closed months are asked again. */
export function postApproved(
  context: PostContext,
  approved: ApprovedDocument,
): Result<Posting, readonly PostProblem[]> {
  const { definition, documents, actor, audiences } = context
  const [first] = approved.parts
  if (first === undefined) return fail([{ code: 'document-unknown' }])
  const { docId, number } = first
  const state = documents.get(docId)?.state ?? 'draft'
  const forbidden =
    actProblem(definition, 'post', state, actor.roles) ??
    approved.parts
      .map(({ part }) => part)
      .filter((part) => !audiences.includes(part))
      .map((audience): PostProblem => ({ code: 'audience-missing', audience }))[0] ??
    periodProblem(context, approved)
  if (forbidden !== undefined) return fail([forbidden])

  const postingId = context.ids()
  const parts = partsAnew(context, approved, postingId)
  const legs = approved.parts.flatMap((body) => body.legs ?? [])
  const shortages = shortagesOf(legs, context.stock)
  const posting: Posting = {
    ...{ docId, postingId, type: definition.type, number, at: approved.at, parts },
    warnings: shortages,
  }
  const refused = [
    ...oversizedStock(legs, context.stock),
    ...refusedShortages(context, { ...posting, branch: approved.branch }, shortages),
  ]
  return refused.length > 0 ? fail(refused) : done(posting)
}

/** Its month was closed while it waited. */
function periodProblem(
  { openFrom }: PostContext,
  { branch, at }: ApprovedDocument,
): PostProblem | undefined {
  const open = openFrom?.(branch)
  if (open === undefined || at >= open) return undefined
  return { code: 'month-closed', field: 'at', at, openFrom: open }
}

/** Under ids of this posting: two devices that post at once write two postings of one document. */
function partsAnew(
  { ids }: PostContext,
  { submission, parts: bodies }: ApprovedDocument,
  postingId: string,
): Posting['parts'] {
  const parts = Object.fromEntries(bodies.map(({ part }) => [part, ids() as RecordId] as const))
  return bodies.map((body) => ({
    ...{ audience: body.part, recordId: parts[body.part] ?? '', kind: 'posted.v1' as const },
    body: {
      ...{ ...body, parts, postingId: asId<PostingId>(postingId) },
      submission: asId<PostingId>(submission),
    },
  }))
}
