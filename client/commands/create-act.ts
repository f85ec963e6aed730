/** A form's act in flight: busy while it runs, its problems until the next try. */
import { createSignal } from 'solid-js'
import type { CommandArgs, CommandName, Commands, Problem } from '#client/engine/face/face.ts'
import { command } from '#client/commands/command.ts'

export function createAct() {
  const [isBusy, setBusy] = createSignal(false)
  const [problems, setProblems] = createSignal<readonly Problem[]>([])
  /** The result when done; undefined when refused, and then `problems` say why. */
  const run = async <Name extends CommandName>(
    name: Name,
    args: CommandArgs<Name>,
  ): Promise<Commands[Name]['result'] | undefined> => {
    setBusy(true)
    setProblems([])
    try {
      const done = await command(name, args)
      if (done.ok) return done.value
      setProblems(done.problem)
      return undefined
    } catch (error) {
      // A bug, or an engine that cannot run: the person is told that nothing happened.
      console.error(`${name} failed`, error)
      setProblems([{ code: name }])
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, problems, run, setProblems }
}
