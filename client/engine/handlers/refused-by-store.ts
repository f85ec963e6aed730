/** What an act answers during which the store could not be read. */
import { fail } from '#domain/values/result.ts'
import type { CommandName, CommandResult } from '../face/face.ts'
import { StoreFailure } from '../store/store.ts'

/** [DEV5] A reason, not a bug: the act has not happened and may be tried again. */
export function refusedByStore<Name extends CommandName>(error: unknown): CommandResult<Name> {
  if (!(error instanceof StoreFailure) || error.code === 'term-lost') throw error
  return fail([{ code: error.code, facts: { detail: error.message } }])
}
