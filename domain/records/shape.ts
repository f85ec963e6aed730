/**
 * Shapes of data from outside: what may stand where. Checking copies nothing and changes nothing;
 * a refusal names the place and the reason. Knows canonical values, not records. The plan of a shape
 * says the same of packed values that nobody has made objects of (`packed-shape.ts`).
 */

import { assert } from '#domain/values/assert.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { TapeCheck } from './packed-tape.ts'

/** Why a value does not fit. */
export type ShapeReason =
  | 'missing'
  | 'unexpected'
  | 'not-text'
  | 'not-integer'
  | 'not-list'
  | 'not-fields'
  | 'bad-form'
  | 'out-of-range'
  | 'too-many'
  | 'repeated'

/** The first place that does not fit. */
export interface ShapeProblem {
  /** Where: '' is the whole value, 'lines.3.lineId' a part of it. */
  readonly path: string
  readonly reason: ShapeReason
}

/** What values of type `Value` look like. `check` is undefined for a value that fits. */
export interface Shape<Value> {
  readonly check: (value: Json) => ShapeProblem | undefined
  /** INVARIANT: lets through exactly what `check` lets through. */
  readonly plan: ShapePlan
  readonly isOptional?: true
  /** For the compiler only. */
  readonly type?: Value
}

/** A shape as data, to be compiled into a check of packed values. */
export type ShapePlan =
  | { readonly is: 'any' }
  | {
      readonly is: 'text'
      readonly isOk: (value: string) => boolean
      /** `isOk` holds for every text of this form: packed ones need not be spelled. */
      readonly takes?: 'uuid' | 'hash'
    }
  | { readonly is: 'integer'; readonly min: number; readonly max: number }
  | {
      readonly is: 'list'
      readonly item: ShapePlan
      readonly limit: number
      /** Of items that are fields: the field, a text, that no two of them share. */
      readonly unique?: string
    }
  | {
      readonly is: 'fields'
      readonly named: ReadonlyMap<string, Shape<unknown>>
      /** Of fields with other names, if there may be any. */
      readonly others?: {
        readonly isName: (name: string) => boolean
        readonly plan: ShapePlan
      }
      readonly limit: number
      /** What the fields must be to each other. */
      readonly also?: TapeCheck
    }

/** The type of the values that a shape lets through. */
export type ShapeValue<S> = S extends Shape<infer Value> ? Value : never

/** A field of `fields` that may be absent. */
export interface OptionalShape<Value> extends Shape<Value> {
  readonly isOptional: true
}

type Fields = { readonly [name: string]: Shape<unknown> }
type OptionalNames<F extends Fields> = {
  [N in keyof F]: F[N] extends { readonly isOptional: true } ? N : never
}[keyof F]
type FieldValues<F extends Fields> = {
  readonly [N in Exclude<keyof F, OptionalNames<F>>]: ShapeValue<F[N]>
} & { readonly [N in OptionalNames<F>]?: ShapeValue<F[N]> }

/** Canonical fields of any names. */
export type JsonFields = { readonly [name: string]: Json }

/** Whether a value has fields, rather than being a text, a number or a list. */
export function isFields(value: Json): value is JsonFields {
  return typeof value === 'object' && !Array.isArray(value)
}

/** Any canonical value. */
export const anyJson: Shape<Json> = { check: () => undefined, plan: { is: 'any' } }

/** A text; with a test, a text of that form. `Text` is the branded type that the test stands for. */
export function text<Text extends string = string>(
  isOk: (value: string) => boolean = () => true,
): Shape<Text> {
  return {
    check(value) {
      if (typeof value !== 'string') return { path: '', reason: 'not-text' }
      return isOk(value) ? undefined : { path: '', reason: 'bad-form' }
    },
    plan: { is: 'text', isOk },
  }
}

/** A text of a form that every UUID has. */
export function idText<Text extends string>(isOk: (value: string) => boolean): Shape<Text> {
  return { ...text<Text>(isOk), plan: { is: 'text', isOk, takes: 'uuid' } }
}

/** A text of a form that every SHA-256 has. */
export function hashText(isOk: (value: string) => boolean): Shape<string> {
  return { ...text(isOk), plan: { is: 'text', isOk, takes: 'hash' } }
}

/** A text of at most `limit` UTF-16 units. */
export function shortText(limit: number): Shape<string> {
  return text((value) => value.length <= limit)
}

/** One of a few texts. */
export function oneOf<const Text extends string>(allowed: readonly Text[]): Shape<Text> {
  const words: ReadonlySet<string> = new Set(allowed)
  return text<Text>((value) => words.has(value))
}

/** An integer within `min`..`max`. */
export function integer<Value extends number = number>(min: number, max: number): Shape<Value> {
  return {
    check(value) {
      if (typeof value !== 'number') return { path: '', reason: 'not-integer' }
      return value >= min && value <= max ? undefined : { path: '', reason: 'out-of-range' }
    },
    plan: { is: 'integer', min, max },
  }
}

/** A list of at most `limit` items. */
export function list<Item>(item: Shape<Item>, limit: number): Shape<readonly Item[]> {
  return {
    check(value) {
      if (!Array.isArray(value)) return { path: '', reason: 'not-list' }
      if (value.length > limit) return { path: '', reason: 'too-many' }
      for (let i = 0; i < value.length; i++) {
        const problem = item.check(value[i] as Json)
        if (problem !== undefined) return inside(String(i), problem)
      }
      return undefined
    },
    plan: { is: 'list', item: item.plan, limit },
  }
}

/** A list in which no two items have the same text under `name`. */
export function uniqueBy<Item>(
  name: keyof Item & string,
  item: Shape<Item>,
  limit: number,
): Shape<readonly Item[]> {
  const items = list(item, limit)
  return {
    check(value) {
      const problem = items.check(value)
      if (problem !== undefined) return problem
      const repeated = firstRepeated(value as readonly JsonFields[], name)
      return repeated < 0 ? undefined : { path: `${repeated}.${name}`, reason: 'repeated' }
    },
    plan: { is: 'list', item: item.plan, limit, unique: name },
  }
}

/** Named fields of a fixed set; others are refused. */
export function fields<F extends Fields>(shapes: F): Shape<FieldValues<F>> {
  const named = new Map<string, Shape<unknown>>(Object.entries(shapes))
  const required = requiredOf(named)
  return {
    check(value) {
      if (!isFields(value)) return { path: '', reason: 'not-fields' }
      return checkEach(value, named, required, noOthers)
    },
    plan: { is: 'fields', named, limit: named.size },
  }
}

/** Fields of any name that passes `isName`, at most `limit`, all of one shape. */
export function fieldsOf<Value>(
  isName: (name: string) => boolean,
  shape: Shape<Value>,
  limit: number,
): Shape<{ readonly [name: string]: Value }> {
  return fieldsBeside({}, isName, shape, limit)
}

/** Named fields, and beside them others as `fieldsOf` has them; `limit` is for all together. */
export function fieldsBeside<F extends Fields, Value>(
  shapes: F,
  isName: (name: string) => boolean,
  shape: Shape<Value>,
  limit: number,
): Shape<FieldValues<F> & { readonly [name: string]: Value }> {
  const named = new Map<string, Shape<unknown>>(Object.entries(shapes))
  const required = requiredOf(named)
  const otherOf = (name: string) => (isName(name) ? shape : undefined)
  return {
    check(value) {
      if (!isFields(value)) return { path: '', reason: 'not-fields' }
      if (Object.keys(value).length > limit) return { path: '', reason: 'too-many' }
      return checkEach(value, named, required, otherOf)
    },
    plan: { is: 'fields', named, others: { isName, plan: shape.plan }, limit },
  }
}

/**
 * `shape` of fields with what these must be to each other: said of values, and of their entry on a
 * tape.
 */
export function also<Value>(
  shape: Shape<Value>,
  check: (value: Value) => ShapeProblem | undefined,
  tapeCheck: TapeCheck,
): Shape<Value> {
  const { plan } = shape
  assert(plan.is === 'fields' && plan.also === undefined, 'fields agree in one way')
  return {
    check: (value) => shape.check(value) ?? check(value as unknown as Value),
    plan: { ...plan, also: tapeCheck },
  }
}

/** A field that may be absent; there is no null. */
export function optional<Value>(shape: Shape<Value>): OptionalShape<Value> {
  return { ...shape, isOptional: true }
}

/** `problem` as seen from the value that holds the checked one under `name`. */
export function inside(name: string, problem: ShapeProblem): ShapeProblem {
  const path = problem.path === '' ? name : `${name}.${problem.path}`
  return { path, reason: problem.reason }
}

/** Lists up to this long are compared each with each. */
const shortList = 8

/** The first row that has the same under `name` as one before it; −1 where none has. */
function firstRepeated(rows: readonly JsonFields[], name: string): number {
  if (rows.length > shortList) return firstRepeatedOfMany(rows, name)
  for (let i = 1; i < rows.length; i++) {
    for (let before = 0; before < i; before++) {
      if (rows[i]?.[name] === rows[before]?.[name]) return i
    }
  }
  return -1
}

function firstRepeatedOfMany(rows: readonly JsonFields[], name: string): number {
  const seen = new Set<unknown>()
  for (let i = 0; i < rows.length; i++) {
    seen.add(rows[i]?.[name])
    if (seen.size <= i) return i
  }
  return -1
}

function requiredOf(named: ReadonlyMap<string, Shape<unknown>>): readonly string[] {
  return [...named].filter(([, shape]) => !shape.isOptional).map(([name]) => name)
}

function noOthers(): undefined {
  return undefined
}

/** Each record is checked before it is folded: nothing is made here for one that is as it should be. */
function checkEach(
  value: JsonFields,
  named: ReadonlyMap<string, Shape<unknown>>,
  required: readonly string[],
  otherOf: (name: string) => Shape<unknown> | undefined,
): ShapeProblem | undefined {
  let present = 0
  for (const name in value) {
    const own = named.get(name)
    const shape = own ?? otherOf(name)
    if (shape === undefined) return { path: name, reason: 'unexpected' }
    const problem = shape.check(value[name] as Json)
    if (problem !== undefined) return inside(name, problem)
    if (own !== undefined && own.isOptional !== true) present++
  }
  return present === required.length ? undefined : checkPresent(value, required)
}

function checkPresent(value: JsonFields, required: readonly string[]): ShapeProblem | undefined {
  for (const name of required) {
    if (!Object.hasOwn(value, name)) return { path: name, reason: 'missing' }
  }
  return undefined
}
