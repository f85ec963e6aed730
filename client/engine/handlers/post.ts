/** 过账: makes a draft a fact. The draft is read here, once; what it says then is what is posted. */
import { post as postDraft } from '#domain/doctype/post.ts'
import { definitionOf } from '#domain/registry.ts'
import { fail } from '#domain/values/result.ts'
import { draftDocument, originsIn } from '#client/projections/draft-rows.ts'
import type { CommandArgs, CommandResult } from '../face.ts'
import { nextNumber, planOf, postContext } from './posting.ts'
import { atWork, submit, type Workshop } from './workshop.ts'

export async function post(
  workshop: Workshop,
  { docId }: CommandArgs<'post'>,
  commandId: string,
): Promise<CommandResult<'post'>> {
  const found = atWork(workshop)
  if (!found.ok) return found
  const { workplace, reading } = found.value
  const joined = workplace.desks.read(docId, found.value.actor.audiences)
  const definition = definitionOf(joined?.type ?? '')
  if (joined === undefined || definition === undefined) {
    const isPosted = reading.fold.documents.get(docId) !== undefined
    return fail([{ code: isPosted ? 'already-posted' : 'document-unknown' }])
  }
  // A draft may be of another branch than the one on screen: its own roles count.
  const work = atWork(workshop, joined.branch)
  if (!work.ok) return work
  const draft = draftDocument(joined)
  await reading.documents.load([docId, ...originsIn(draft)])
  const result = await submit(workplace, {
    commandId,
    by: work.value.actor.userId,
    plan(planning) {
      const at = draft.at ?? workshop.clock.now()
      const number = nextNumber(work.value, definition, at, planning)
      const context = postContext(workshop, work.value, definition, number, planning.pending)
      return planOf(postDraft(context, draft), joined.branch)
    },
  })
  return result as CommandResult<'post'>
}
