/** Says that somebody has looked at a finding as it stands. */
import { done, fail } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { atWork, submit, type Workshop } from './workshop.ts'

export async function seeFinding(
  workshop: Workshop,
  { key, seenAs, branchId }: CommandArgs<'seeFinding'>,
  commandId: string,
): Promise<CommandResult<'seeFinding'>> {
  const work = atWork(workshop, branchId)
  if (!work.ok) return work
  const { workplace, reading, actor } = work.value
  const found = reading.fold.findings().find((each) => each.key === key)
  // It may have closed by itself, or say something else by now.
  if (found === undefined || found.seenAs !== seenAs || found.branch !== branchId) return done({})
  if (actor.roles.length === 0) return fail([{ code: 'role-missing' }])
  const result = await submit(workplace, {
    commandId,
    by: actor.userId,
    plan: () =>
      done({
        records: [
          {
            ...{ id: workshop.ports.random.uuid(), kind: 'finding-seen.v1' },
            ...{ audience: found.layer, branch: branchId, at: workshop.clock.now() },
            body: { finding: key, facts: seenAs },
          },
        ],
        result: {},
      }),
  })
  return result as CommandResult<'seeFinding'>
}
