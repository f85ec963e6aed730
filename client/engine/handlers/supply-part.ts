/** 补录: the part that the poster might not write, such as a receipt's prices. */
import { supplyPart as supply } from '#domain/doctype/supply-part.ts'
import { definitionOf } from '#domain/registry.ts'
import { fail } from '#domain/values/result.ts'
import { originsIn } from '#client/projections/draft-rows.ts'
import type { CommandArgs, CommandResult } from '../face.ts'
import { planOf, postContext } from './posting.ts'
import { atWork, submit, type Workshop } from './workshop.ts'

export async function supplyPart(
  workshop: Workshop,
  { docId, header, lines }: CommandArgs<'supplyPart'>,
  commandId: string,
): Promise<CommandResult<'supplyPart'>> {
  const entry = workshop.reading?.fold.documents.get(docId)
  const definition = definitionOf(entry?.type ?? '')
  if (entry === undefined || definition === undefined) return fail([{ code: 'document-unknown' }])
  const work = atWork(workshop, entry.branch)
  if (!work.ok) return work
  const { workplace, reading, actor } = work.value
  await reading.documents.load([docId])
  await reading.documents.load(originsIn(reading.documents.get(docId) ?? { lines: [] }))
  const result = await submit(workplace, {
    commandId,
    by: actor.userId,
    plan(planning) {
      // The part belongs to a posting that has its number.
      const context = postContext(workshop, work.value, definition, entry.number, planning.pending)
      return planOf(supply(context, docId, { header, lines }), entry.branch)
    },
  })
  return result as CommandResult<'supplyPart'>
}
