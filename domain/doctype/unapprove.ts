/**
 * 反审核 (unapproval): takes one version of a document back so that its draft opens again, to be posted under the
 * same number. Only where nothing builds on it and its month is open; whatever else is wrong needs a 红冲.
 */

import { assert } from '#domain/values/assert.ts'
import { limitVersions, versionOf } from '#domain/values/document-version.ts'
import { asId, type DocumentId } from '#domain/values/ids.ts'
import type { Instant } from '#domain/values/instant.ts'
import { fail, type Result } from '#domain/values/result.ts'
import type { PostProblem } from './define.ts'
import type { PostContext, Posting } from './post.ts'
import type { PostedDocument } from './readers.ts'
import { momentProblem, takeBackProblem, takenBack } from './reverse.ts'

/**
 * One record in the lead's journal, without number or legs. It takes effect now, or at a `stated` moment as a
 * reversal does; what was counted is uncounted at the moment of the count [UNA1] [UNA2] [UNA3].
 */
export function unapprove(
  context: PostContext,
  docId: string,
  reason: string,
  stated?: Instant,
): Result<Posting, readonly PostProblem[]> {
  const { definition, documents } = context
  const seen = documents.get(docId)
  if (seen === undefined) return fail([{ code: 'document-unknown' }])
  assert(seen.type === definition.type, 'a document is unapproved by its own definition')
  const problem =
    reopenProblem(context, seen) ??
    takeBackProblem(context, seen, { act: 'unapprove', reason }) ??
    momentProblem(context, seen, stated)
  if (problem !== undefined) return fail([problem])

  const { docId: first, version } = versionOf(docId)
  const { alsoTo } = seen
  const body = {
    ...{ docId: asId<DocumentId>(first), version, reason },
    ...(alsoTo !== undefined && { alsoTo }),
  }
  const { type, number, postingId } = seen
  return takenBack(context, seen, {
    ...{ docId, postingId, type, number, at: countedFrom(seen) ?? stated ?? context.at },
    parts: [{ audience: definition.lead, kind: 'unapproved.v1', recordId: context.ids(), body }],
  })
}

/** What stands against reopening that does not stand against a reversal. */
function reopenProblem(context: PostContext, seen: PostedDocument): PostProblem | undefined {
  const { definition, audiences, openFrom } = context
  // A price that this person cannot read would be missing from the draft.
  const hidden = [...definition.parts, ...definition.extraParts].find(
    (part) => !audiences.includes(part),
  )
  if (hidden !== undefined) return { code: 'reopening-needs-all', audience: hidden }
  const open = openFrom?.(seen.branch)
  if (open !== undefined && seen.at < open) return { code: 'document-sealed', openFrom: open }
  if (versionOf(seen.docId).version >= limitVersions - 1) return { code: 'too-many-versions' }
  const followers = seen.state === 'posted' ? (context.followersOf?.(seen.docId) ?? []) : []
  return followers.length > 0 ? { code: 'document-built-on', numbers: followers } : undefined
}

/** An assertion about goods holds at its own moment, and so does what takes it back. */
function countedFrom({ at, legs }: PostedDocument): Instant | undefined {
  const counted = legs.filter((leg) => leg.counted !== undefined)
  if (counted.length === 0) return undefined
  return Math.min(at, ...counted.map(({ countedAt = at }) => countedAt)) as Instant
}
