/** 红冲: takes a posted document back, under a number of its own. */
import { reverse as reverseDocument } from '#domain/doctype/reverse.ts'
import { instant, isInstant } from '#domain/values/instant.ts'
import { fail } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { postedAtWork } from './posted-at-work.ts'
import { nextNumber, planOf, postContext } from './posting.ts'
import { submit, type Workshop } from './workshop.ts'

export async function reverse(
  workshop: Workshop,
  { docId, reason, at }: CommandArgs<'reverse'>,
  commandId: string,
): Promise<CommandResult<'reverse'>> {
  if (at !== undefined && !isInstant(at)) return fail([{ code: 'date-malformed', field: 'at' }])
  const when = at === undefined ? undefined : instant(at)
  const posted = await postedAtWork(workshop, docId)
  if (!posted.ok) return posted
  const { work, definition, branch } = posted.value
  const result = await submit(work.workplace, {
    commandId,
    by: work.actor.userId,
    plan(planning) {
      const number = nextNumber(work, definition, workshop.clock.now(), planning)
      const context = postContext(workshop, work, definition, number, planning.pending)
      return planOf(reverseDocument(context, docId, reason, when), branch)
    },
  })
  return result as CommandResult<'reverse'>
}
