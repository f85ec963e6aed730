/** Reads the packed form (`packed-form.ts`) as values. */

import type { Json } from '#domain/values/canonical-text.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { type PackedProblem, PackedTape, tapeKind } from './packed-tape.ts'

/** Written over by each value that is read; nothing of it is left to anybody. */
const tape = new PackedTape()

/** The frozen value of `bytes`; refuses whatever `packJson` does not write [REC3]. */
export function unpackJson(bytes: Uint8Array): Result<Json, PackedProblem> {
  const problem = tape.read(bytes)
  return problem === undefined ? done(valueAt(0)) : fail(problem)
}

function valueAt(entry: number): Json {
  const value = tape.values[entry] ?? 0
  switch (tape.kinds[entry]) {
    case tapeKind.text:
      return tape.texts.textOf(value)
    case tapeKind.integer:
      return value
    case tapeKind.list:
      return listAt(entry, value)
    default:
      return fieldsAt(entry)
  }
}

function listAt(entry: number, count: number): Json {
  const items: Json[] = []
  let at = entry + 1
  for (let i = 0; i < count; i++) {
    items.push(valueAt(at))
    at = tape.ends[at] ?? 0
  }
  return Object.freeze(items)
}

/** The tape holds no name that would change the object instead of a field of it. */
function fieldsAt(entry: number): Json {
  const fields: { [name: string]: Json } = {}
  const end = tape.ends[entry] ?? 0
  for (let at = entry + 1; at < end; at = tape.ends[at + 1] ?? end) {
    fields[tape.texts.textOf(tape.values[at] ?? 0)] = valueAt(at + 1)
  }
  return Object.freeze(fields)
}
