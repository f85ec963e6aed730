/**
 * The one text of a value: JSON with sorted keys, integers and strings only. Equal values have equal
 * texts on every device, so a hash of the text is a hash of the value. Knows nothing of records.
 */

import { assert } from './assert.ts'
import { limitDepth } from './limits.ts'
import { done, fail, type Result } from './result.ts'

/** Numbers are safe integers, never `-0`. No booleans, no null: leave the key out, or write 1. */
export type Json = string | number | readonly Json[] | { readonly [name: string]: Json }

export type JsonProblemCode =
  | 'number-not-integer'
  | 'kind-refused'
  | 'name-forbidden'
  | 'text-ill-formed'
  | 'too-deep'

export interface CanonicalProblem {
  readonly code: JsonProblemCode | 'not-json' | 'not-canonical'
}

/** Names that mean something else on every object: never keys of data. */
const forbiddenNames: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
])

export function isForbiddenName(name: string): boolean {
  return forbiddenNames.has(name)
}

/** Keys sorted by UTF-16 code unit, no spaces. Stops on a value that is not `Json`: a bug [CAN1]. */
export function canonicalText(value: Json): string {
  const problem = checkShape(value, 0)
  assert(problem === undefined, `not canonical: ${problem}`)
  const text = encode(value)
  assert(!hasLoneSurrogate(text), 'not canonical: text-ill-formed')
  return text
}

/**
 * Reads only what `canonicalText` writes: the value must encode to the very same text, so repeated
 * keys, other spellings of a number, spaces and unsorted keys are refused [CAN4].
 */
export function parseCanonical(text: string): Result<Json, CanonicalProblem> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  const problem = checkShape(parsed.value, 0)
  if (problem !== undefined) return fail({ code: problem })
  const value = parsed.value as Json
  if (encode(value) !== text) return fail({ code: 'not-canonical' })
  return hasLoneSurrogate(text) ? fail({ code: 'text-ill-formed' }) : done(value)
}

function parseJson(text: string): Result<unknown, CanonicalProblem> {
  try {
    return done(JSON.parse(text))
  } catch {
    return fail({ code: 'not-json' })
  }
}

/** Why `value` is not `Json` within the limits, for what comes from outside; undefined when it is. */
export function checkJson(value: unknown): JsonProblemCode | undefined {
  const problem = checkShape(value, 0)
  if (problem !== undefined) return problem
  return hasLoneSurrogate(encode(value as Json)) ? 'text-ill-formed' : undefined
}

/**
 * The engine's encoder writes a lone surrogate, and no other letter above U+001F, as an escape: one
 * native search of the whole text instead of a look at each letter of each string.
 */
function hasLoneSurrogate(encoded: string): boolean {
  return encoded.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud/.test(encoded)
}

function checkShape(value: unknown, depth: number): JsonProblemCode | undefined {
  switch (typeof value) {
    case 'string':
      return undefined
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? undefined : 'number-not-integer'
    case 'object':
      if (value === null) return 'kind-refused'
      if (depth >= limitDepth) return 'too-deep'
      return Array.isArray(value) ? checkItems(value, depth + 1) : checkFields(value, depth + 1)
    default:
      return 'kind-refused'
  }
}

function checkItems(items: readonly unknown[], depth: number): JsonProblemCode | undefined {
  // By index, because a hole is an undefined and not to be skipped.
  for (let i = 0; i < items.length; i++) {
    const problem = checkShape(items[i], depth)
    if (problem !== undefined) return problem
  }
  return undefined
}

function checkFields(fields: object, depth: number): JsonProblemCode | undefined {
  const prototype: unknown = Object.getPrototypeOf(fields)
  if (prototype !== Object.prototype && prototype !== null) return 'kind-refused'
  const values = fields as { readonly [name: string]: unknown }
  for (const name of Object.keys(values)) {
    if (forbiddenNames.has(name)) return 'name-forbidden'
    const problem = checkShape(values[name], depth)
    if (problem !== undefined) return problem
  }
  return undefined
}

function encode(value: Json): string {
  if (isSorted(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`
  const fields = value as { readonly [name: string]: Json }
  const pairs = Object.keys(fields)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${encode(fields[name] as Json)}`)
  return `{${pairs.join(',')}}`
}

/** Whether every object below holds its keys in order already, so that the engine's encoder will do. */
function isSorted(value: Json): boolean {
  if (typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isSorted)
  const fields = value as { readonly [name: string]: Json }
  let before = ''
  for (const name of Object.keys(fields)) {
    if (name < before || !isSorted(fields[name] as Json)) return false
    before = name
  }
  return true
}

/** Freezes a value and everything in it; what leaves a replica cannot be changed by a reader. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}
