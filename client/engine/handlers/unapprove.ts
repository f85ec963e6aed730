/** 反审核: takes a version of a document back and lays its draft on the desk again, as the next version. */
import { unapprove as unapproveDocument } from '#domain/doctype/unapprove.ts'
import { nextVersionId } from '#domain/values/document-version.ts'
import { instant, isInstant } from '#domain/values/instant.ts'
import { done, fail } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { type PostedAtWork, postedAtWork } from './posted-at-work.ts'
import { planOf, postContext } from './posting.ts'
import { typedIn } from './typed-in.ts'
import { type Refused, submit, type Workshop } from './workshop.ts'

export async function unapprove(
  workshop: Workshop,
  { docId, reason, at }: CommandArgs<'unapprove'>,
  commandId: string,
): Promise<CommandResult<'unapprove'>> {
  if (at !== undefined && !isInstant(at)) return fail([{ code: 'date-malformed', field: 'at' }])
  const when = at === undefined ? undefined : instant(at)
  const posted = await postedAtWork(workshop, docId)
  if (!posted.ok) return posted
  const { work, definition, branch, number } = posted.value
  const result = await submit(work.workplace, {
    commandId,
    by: work.actor.userId,
    plan(planning) {
      const context = postContext(workshop, work, definition, number, planning.pending)
      return planOf(unapproveDocument(context, docId, reason, when), branch)
    },
  })
  return result.ok ? reopened(workshop, posted.value, docId) : result
}

/** Opens the draft of the next version where it was lost or thrown away. */
export async function reopenDraft(
  workshop: Workshop,
  { docId }: CommandArgs<'reopenDraft'>,
): Promise<CommandResult<'reopenDraft'>> {
  const posted = await postedAtWork(workshop, docId)
  if (!posted.ok) return posted
  const entry = posted.value.work.reading.fold.documents.get(docId)
  if (entry?.reversedBy?.isUnapproval === undefined) return fail([{ code: 'version-stands' }])
  return reopened(workshop, posted.value, docId)
}

/** What somebody has typed into that draft meanwhile stays. */
function reopened(
  workshop: Workshop,
  { work, definition, branch, number }: PostedAtWork,
  docId: string,
): Refused<{ readonly docId: string }> {
  const { workplace, reading, actor } = work
  const next = nextVersionId(docId)
  const document = reading.documents.get(docId)
  const isThere = workplace.desks.read(next, actor.audiences) ?? reading.fold.documents.get(next)
  if (isThere !== undefined || document === undefined) return done({ docId: next })
  const act = { device: workplace.identity.device.id, hlc: workplace.appender.stamp() }
  const context = postContext(workshop, work, definition, number, [])
  const { audiences } = actor
  const typed = typedIn(definition, document, context)
  const edited = workplace.desks.edit(act, { branch, docId: next, definition, audiences, ...typed })
  return edited.ok ? done({ docId: next }) : edited
}
