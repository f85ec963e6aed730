/** Reads the packed form (`packed-form.ts`) as values. */

import type { Json } from '#domain/values/canonical-text.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { type PackedProblem, PackedTape, tapeKind } from './packed-tape.ts'

/** Written over by each value that is read; nothing of it is left to anybody. */
const ownTape = new PackedTape()

/** The frozen value of `bytes`; refuses whatever `packJson` does not write [REC3]. */
export function unpackJson(bytes: Uint8Array): Result<Json, PackedProblem> {
  const problem = ownTape.read(bytes)
  return problem === undefined ? done(valueAt(ownTape, 0)) : fail(problem)
}

/** The frozen value at an entry of a tape. */
export function valueAt(tape: PackedTape, entry: number): Json {
  const value = tape.values[entry] ?? 0
  switch (tape.kinds[entry]) {
    case tapeKind.text:
      return tape.texts.textOf(value)
    case tapeKind.integer:
      return value
    case tapeKind.list:
      return listAt(tape, entry, value)
    default:
      return fieldsAt(tape, entry)
  }
}

function listAt(tape: PackedTape, entry: number, count: number): Json {
  const items: Json[] = []
  let at = entry + 1
  for (let i = 0; i < count; i++) {
    items.push(valueAt(tape, at))
    at = tape.ends[at] ?? 0
  }
  return Object.freeze(items)
}

/** The tape holds no name that would change the object instead of a field of it. */
function fieldsAt(tape: PackedTape, entry: number): Json {
  const fields: { [name: string]: Json } = {}
  const end = tape.ends[entry] ?? 0
  for (let at = entry + 1; at < end; at = tape.ends[at + 1] ?? end) {
    fields[tape.texts.textOf(tape.values[at] ?? 0)] = valueAt(tape, at + 1)
  }
  return Object.freeze(fields)
}
