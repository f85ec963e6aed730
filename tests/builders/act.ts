/** An act that has to succeed, on an engine of this process. */
import { uuidv7 } from 'uuidv7'
import type { Engine } from '#client/engine/engine.ts'
import type { CommandArgs, CommandName, Commands } from '#client/engine/face/face.ts'

export async function act<Name extends CommandName>(
  engine: Engine,
  name: Name,
  args: CommandArgs<Name>,
): Promise<Commands[Name]['result']> {
  const result = await engine.command(name, args, uuidv7())
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.problem)}`)
  return result.value
}
