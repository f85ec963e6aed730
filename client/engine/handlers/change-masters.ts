/** Writes changes of masters: all of them or none. */
import { done, fail } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import { bomProblems } from './bom-problems.ts'
import { checkChanges, masterRecords } from './master-records.ts'
import { pendingReaders } from './pending-readers.ts'
import { policyProblems } from './policy-problems.ts'
import { trackingProblems } from './tracking-problems.ts'
import { withInitials } from './with-initials.ts'
import { atWork, submit, type Workshop } from './workshop.ts'

export async function changeMasters(
  workshop: Workshop,
  args: CommandArgs<'changeMasters'>,
  commandId: string,
): Promise<CommandResult<'changeMasters'>> {
  const work = atWork(workshop)
  if (!work.ok) return work
  const { workplace, reading, actor } = work.value
  const changes = await withInitials(args.changes)
  const result = await submit(workplace, {
    commandId,
    by: actor.userId,
    plan({ pending }) {
      const { get } = pendingReaders(reading, pending).masters
      const { roles, audiences, branchId: branch } = actor
      const problems = [
        ...checkChanges(changes, { roles, audiences, get }),
        ...trackingProblems(changes, reading),
        ...policyProblems(changes, reading),
        ...bomProblems(changes, get),
      ]
      if (problems.length > 0) return fail(problems)
      const ids = () => workshop.ports.random.uuid()
      const records = masterRecords(changes, { branch, at: workshop.clock.now(), ids })
      return done({ records, result: {} })
    },
  })
  return result as CommandResult<'changeMasters'>
}
