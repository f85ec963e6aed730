/** 过账: makes a draft a fact. What the draft says when it is read, once, is what is posted. */
import type { DraftDocument } from '#domain/doctype/define.ts'
import { post as posted } from '#domain/doctype/post.ts'
import { instant, isInstant } from '#domain/values/instant.ts'
import { fail } from '#domain/values/result.ts'
import { draftDocument } from '#client/projections/draft-rows.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { draftAtWork, draftContext } from './draft-at-work.ts'
import { planOf } from './posting.ts'
import { atWork, submit, type Workshop } from './workshop.ts'

/** A draft of a desk. */
export async function post(
  workshop: Workshop,
  { docId }: CommandArgs<'post'>,
  commandId: string,
): Promise<CommandResult<'post'>> {
  const work = atWork(workshop)
  if (!work.ok) return work
  const { workplace, reading, actor } = work.value
  const joined = workplace.desks.read(docId, actor.audiences)
  if (joined === undefined) {
    const isPosted = reading.fold.documents.get(docId) !== undefined
    return fail([{ code: isPosted ? 'already-posted' : 'document-unknown' }])
  }
  return postDocument(workshop, draftDocument(joined), commandId)
}

/** A draft that comes whole with the command. */
export async function postDraft(
  workshop: Workshop,
  { docId, type, branchId, at, header, lines }: CommandArgs<'postDraft'>,
  commandId: string,
): Promise<CommandResult<'postDraft'>> {
  const work = atWork(workshop)
  if (!work.ok) return work
  if (at !== undefined && !isInstant(at)) return fail([{ code: 'date-malformed', field: 'at' }])
  const branch = branchId ?? work.value.actor.branchId
  const when = at === undefined ? {} : { at: instant(at) }
  return postDocument(workshop, { docId, type, branch, ...when, header, lines }, commandId)
}

async function postDocument(
  workshop: Workshop,
  draft: DraftDocument,
  commandId: string,
): Promise<CommandResult<'post'>> {
  const found = await draftAtWork(workshop, draft)
  if (!found.ok) return found
  const { workplace, actor } = found.value.work
  const result = await submit(workplace, {
    commandId,
    by: actor.userId,
    plan: (planning) =>
      planOf(posted(draftContext(workshop, found.value, planning), draft), draft.branch),
  })
  return result as CommandResult<'post'>
}
