/** 红冲 (reversal): takes a posted document back, whichever of its postings is in force, for ever. */

import { assert } from '#domain/values/assert.ts'
import { asId, type DocumentId, type PostingId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { limitNote } from '#domain/values/limits.ts'
import { negateQuantity } from '#domain/values/quantity.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { PostProblem } from './define.ts'
import { backdateProblem } from './backdate.ts'
import { refusedShortages, shortagesOf } from './movements.ts'
import { actProblem } from './permission.ts'
import type { PostContext, Posting } from './post.ts'
import type { PostedDocument } from './readers.ts'

/**
 * One record in the lead's journal; the fold mirrors the legs of every audience [F3]. The number of
 * the context is the red document's own. Refused while linked returns stand: the goods would come
 * back twice. It takes effect now, or at a `stated` moment between the document's own and now, which is where it
 * happened, or where it should never have happened (原日期红冲) [REV1] [REV2] [REV3].
 */
export function reverse(
  context: PostContext,
  docId: string,
  reason: string,
  stated?: Instant,
): Result<Posting, readonly PostProblem[]> {
  const { definition, documents, number } = context
  const at = stated ?? context.at
  const seen = documents.get(docId)
  if (seen === undefined) return fail([{ code: 'document-unknown' }])
  assert(seen.type === definition.type, 'a document is reversed by its own definition')
  const problem =
    takeBackProblem(context, seen, { act: 'reverse', reason }) ??
    momentProblem(context, seen, stated)
  if (problem !== undefined) return fail([problem])

  const postingId = asId<PostingId>(seen.postingId)
  const { alsoTo } = seen
  const body = {
    ...{ docId: asId<DocumentId>(docId), postingId, number, reason },
    ...(alsoTo !== undefined && { alsoTo }),
  }
  return takenBack(context, seen, {
    ...{ docId, postingId, type: seen.type, number, at },
    parts: [{ audience: definition.lead, kind: 'reversed.v1', recordId: context.ids(), body }],
  })
}

/** With a warning of what goes short, or refused for it where the company wants that. */
export function takenBack(
  context: PostContext,
  { legs, branch }: PostedDocument,
  act: Omit<Posting, 'warnings'>,
): Result<Posting, readonly PostProblem[]> {
  const mirrored = legs.map((leg) => ({ ...leg, quantity: negateQuantity(leg.quantity) }))
  const warnings = shortagesOf(mirrored, context.stock)
  const posting: Posting = { ...act, warnings }
  const refused = refusedShortages(context, { ...posting, branch }, warnings)
  return refused.length > 0 ? fail(refused) : done(posting)
}

export function momentProblem(
  context: PostContext,
  seen: PostedDocument,
  at: Instant | undefined,
): PostProblem | undefined {
  // Now is always right, also by a clock that is behind that of the poster.
  if (at === undefined) return undefined
  if (at > context.at) return { code: 'dated-in-future', field: 'at', at, now: context.at }
  if (at < seen.at) return { code: 'dated-before-origin', field: 'at', at }
  return backdateProblem(context, at)
}

/** Why a document cannot be taken back: the right, the reason, or what stands on it. */
export function takeBackProblem(
  { definition, actor, documents, promised, priced }: PostContext,
  seen: PostedDocument,
  { act, reason }: { readonly act: 'reverse' | 'unapprove'; readonly reason: string },
): PostProblem | undefined {
  const forbidden = actProblem(definition, act, seen.state, actor.roles)
  if (forbidden !== undefined) return forbidden
  if (seen.postedIn !== undefined) return { code: 'document-of-other-branch' }
  if (reason.trim() === '') return { code: 'required', field: 'reason' }
  if (reason.length > limitNote) return { code: 'text-too-long', field: 'reason' }
  if (promised?.isTakenFrom(seen.docId)) return { code: 'order-carried-out' }
  const invoice = priced?.pricedBy(seen.docId)
  if (invoice !== undefined) return { code: 'document-invoiced', number: invoice }
  const hasReturns = seen.legs.some(({ leg }) => documents.returnedOf(seen.docId, leg) > 0)
  return hasReturns ? { code: 'document-returned' } : undefined
}
