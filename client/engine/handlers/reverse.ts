/** 红冲: takes a posted document back, under a number of its own. */
import { reverse as reverseDocument } from '#domain/doctype/reverse.ts'
import { definitionOf } from '#domain/registry.ts'
import { fail } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult } from '../face.ts'
import { nextNumber, planOf, postContext } from './posting.ts'
import { atWork, submit, type Workshop } from './workshop.ts'

export async function reverse(
  workshop: Workshop,
  { docId, reason }: CommandArgs<'reverse'>,
  commandId: string,
): Promise<CommandResult<'reverse'>> {
  const entry = workshop.reading?.fold.documents.get(docId)
  const definition = definitionOf(entry?.type ?? '')
  if (entry === undefined || definition === undefined) return fail([{ code: 'document-unknown' }])
  const work = atWork(workshop, entry.branch)
  if (!work.ok) return work
  const { workplace, reading, actor } = work.value
  await reading.documents.load([docId])
  const result = await submit(workplace, {
    commandId,
    by: actor.userId,
    plan(planning) {
      const number = nextNumber(work.value, definition, workshop.clock.now(), planning)
      const context = postContext(workshop, work.value, definition, number, planning.pending)
      return planOf(reverseDocument(context, docId, reason), entry.branch)
    },
  })
  return result as CommandResult<'reverse'>
}
