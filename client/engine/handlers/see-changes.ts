/** 全部看过: what has changed since the last time has been looked at. */
import { done } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { lookAtFigures } from '../start/look.ts'
import { atWork, type Workshop } from './workshop.ts'

export async function seeChanges(
  workshop: Workshop,
  _args: CommandArgs<'seeChanges'>,
): Promise<CommandResult<'seeChanges'>> {
  const work = atWork(workshop)
  if (!work.ok) return work
  const { term, projector } = work.value.workplace
  const { clock, ports } = workshop
  await lookAtFigures({ store: ports.store, term, news: projector.news, clock })
  workshop.announce(['changes'])
  return done({})
}
