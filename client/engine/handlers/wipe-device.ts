/** Removes everything from a device that was shut out, once the server has signed that it keeps all of it. */
import { done, fail } from '#domain/values/result.ts'
import type { CommandArgs, CommandResult } from '../face/face.ts'
import type { Workshop } from './workshop.ts'

export async function wipeDevice(
  { lastHandIn, mending }: Workshop,
  _args: CommandArgs<'wipeDevice'>,
): Promise<CommandResult<'wipeDevice'>> {
  if (!(await lastHandIn.mayWipe())) return fail([{ code: 'not-handed-in' }])
  await mending.wipe()
  return done({})
}
