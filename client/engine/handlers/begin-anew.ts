/** Makes a machine that was found to be a clone a device of its own, with what it had not handed in. */
import { done, fail } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import type { Workshop } from './workshop.ts'

export async function beginAnew(
  { workplace, sessions, mending }: Workshop,
  { login, password }: CommandArgs<'beginAnew'>,
): Promise<CommandResult<'beginAnew'>> {
  if (workplace?.health.problem?.code !== 'device-forked') {
    return fail([{ code: 'device-not-forked' }])
  }
  const { identity, projector } = workplace
  const { id: forkOf, name: deviceName } = identity.device
  const own = identity.branches.map(({ id }) => id)
  const branches = projector.fold.directory.device(forkOf)?.branches ?? own
  const wish = { login, password, deviceName, kind: 'pc', branches, audiences: identity.audiences }
  const enrolled = await sessions.enrolAnew({ ...wish, kind: 'pc' }, forkOf)
  if (!enrolled.ok) return enrolled
  await mending.startAnew(identity, enrolled.value)
  return done({})
}
