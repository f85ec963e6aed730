/** 补录: the part that the poster might not write, such as a receipt's prices. */
import { supplyPart as supply } from '#domain/doctype/supply-part.ts'
import { originsIn } from '#client/projections/draft-rows.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { postedAtWork } from './posted-at-work.ts'
import { planOf, postContext } from './posting.ts'
import { submit, type Workshop } from './workshop.ts'

export async function supplyPart(
  workshop: Workshop,
  { docId, header, lines }: CommandArgs<'supplyPart'>,
  commandId: string,
): Promise<CommandResult<'supplyPart'>> {
  const posted = await postedAtWork(workshop, docId)
  if (!posted.ok) return posted
  const { work, definition, branch, number } = posted.value
  const { documents } = work.reading
  await documents.load(originsIn(documents.get(docId) ?? { lines: [] }))
  const result = await submit(work.workplace, {
    commandId,
    by: work.actor.userId,
    plan(planning) {
      // The part belongs to a posting that has its number.
      const context = postContext(workshop, work, definition, number, planning.pending)
      return planOf(supply(context, docId, { header, lines }), branch)
    },
  })
  return result as CommandResult<'supplyPart'>
}
