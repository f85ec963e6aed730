/**
 * The only way for a screen to act: one command with an id of its own, so that a repeat after a change of
 * the leading tab or a lost answer yields the first result instead of a second act.
 */
import { uuidv7 } from 'uuidv7'
import type { CommandArgs, CommandName, CommandResult } from '#client/engine/face/face.ts'
import { engine } from '#client/queries/engine.ts'

export function command<Name extends CommandName>(
  name: Name,
  args: CommandArgs<Name>,
): Promise<CommandResult<Name>> {
  return engine().command(name, args, uuidv7())
}
