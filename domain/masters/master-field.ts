/**
 * 档案字段 (master field): what one field of a master may hold and who may read it. Fields merge one
 * by one, the latest change winning, so each holds one fact; `''` clears a field, because canonical
 * text knows no null. Knows nothing of single entities.
 */

import { isBusinessDate } from '#domain/values/business-date.ts'
import { checkJson, type Json } from '#domain/values/canonical-text.ts'
import { isId } from '#domain/values/ids.ts'
import { limitNote, limitPercent, limitText, limitUnitPrice } from '#domain/values/limits.ts'
import { unreachable } from '#domain/values/assert.ts'

export type Label = readonly [zh: string, en: string]

/** 读者范围 of a field: masters hold nothing for the books alone. */
export type FieldAudience = 'goods' | 'sales' | 'buying'

/** The fields of one master as merged so far, or those of one change. */
export type MasterFields = Readonly<Record<string, Json>>

export type FieldProblemCode =
  | 'must-be-text'
  | 'text-too-long'
  | 'text-untidy'
  | 'must-be-integer'
  | 'number-out-of-range'
  | 'choice-unknown'
  | 'reference-malformed'
  | 'date-malformed'
  | 'list-malformed'
  | 'entry-malformed'

/** What the values of a field look like. */
export type FieldShape =
  /** One line, without spaces at its ends, at most `limitText`. */
  | { readonly kind: 'text' }
  /** Several lines, at most `limitNote`. */
  | { readonly kind: 'note' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** `UnitPrice` of at least 0. */
  | { readonly kind: 'price' }
  /** `Percent` of at least 0. */
  | { readonly kind: 'percent' }
  | { readonly kind: 'date' }
  /** 1, or absent. */
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, Label>> }
  | { readonly kind: 'reference'; readonly entity: string }
  /** An array that only its own check understands. */
  | { readonly kind: 'list'; readonly isWellFormed: (value: Json) => boolean }
  /** Named values that only their own check understands. */
  | { readonly kind: 'entry'; readonly isWellFormed: (value: Json) => boolean }

export interface MasterField {
  readonly shape: FieldShape
  readonly label: Label
  readonly audience: FieldAudience
  /** The master is incomplete without it. */
  readonly isRequired: boolean
  /** Also written as `name:key`, one value per key: 'retailPrice:箱', 'barcode:6901…'. */
  readonly isFamily: boolean
}

function field(label: Label, shape: FieldShape): MasterField {
  return { shape, label, audience: 'goods', isRequired: false, isFamily: false }
}

export function text(label: Label): MasterField {
  return field(label, { kind: 'text' })
}

export function note(label: Label): MasterField {
  return field(label, { kind: 'note' })
}

export function integer(label: Label, range: { min: number; max: number }): MasterField {
  return field(label, { kind: 'integer', ...range })
}

export function price(label: Label): MasterField {
  return field(label, { kind: 'price' })
}

export function percentage(label: Label): MasterField {
  return field(label, { kind: 'percent' })
}

export function flag(label: Label): MasterField {
  return field(label, { kind: 'flag' })
}

export function choice(label: Label, choices: Readonly<Record<string, Label>>): MasterField {
  return field(label, { kind: 'choice', choices })
}

export function reference(entity: string, label: Label): MasterField {
  return field(label, { kind: 'reference', entity })
}

export function list(label: Label, isWellFormed: (value: Json) => boolean): MasterField {
  return field(label, { kind: 'list', isWellFormed })
}

export function entry(label: Label, isWellFormed: (value: Json) => boolean): MasterField {
  return field(label, { kind: 'entry', isWellFormed })
}

export function required(inner: MasterField): MasterField {
  return { ...inner, isRequired: true }
}

export function family(inner: MasterField): MasterField {
  return { ...inner, isFamily: true }
}

export function inAudience(audience: FieldAudience, inner: MasterField): MasterField {
  return { ...inner, audience }
}

/** Why `value` cannot stand in the field; `''` always can: it clears. */
export function checkFieldValue(inner: MasterField, value: Json): FieldProblemCode | undefined {
  if (value === '') return undefined
  const { shape } = inner
  switch (shape.kind) {
    case 'text':
      return checkText(value, limitText, /^\s|\s$|\p{Cc}/u)
    case 'note':
      return checkText(value, limitNote, /[^\P{Cc}\n\t]/u)
    case 'integer':
      return checkInteger(value, shape.min, shape.max)
    case 'price':
      return checkInteger(value, 0, limitUnitPrice)
    case 'percent':
      return checkInteger(value, 0, limitPercent)
    case 'flag':
      return checkInteger(value, 1, 1)
    case 'date':
      return checkTextBy(value, isBusinessDate, 'date-malformed')
    case 'choice':
      return checkTextBy(value, (each) => Object.hasOwn(shape.choices, each), 'choice-unknown')
    case 'reference':
      return checkTextBy(value, isId, 'reference-malformed')
    case 'list':
      return Array.isArray(value) && shape.isWellFormed(value) ? undefined : 'list-malformed'
    case 'entry':
      return shape.isWellFormed(value) ? undefined : 'entry-malformed'
    default:
      return unreachable(shape)
  }
}

function checkText(value: Json, limit: number, untidy: RegExp): FieldProblemCode | undefined {
  if (typeof value !== 'string') return 'must-be-text'
  if (value.length > limit) return 'text-too-long'
  return untidy.test(value) || checkJson(value) !== undefined ? 'text-untidy' : undefined
}

function checkTextBy(
  value: Json,
  isRight: (text: string) => boolean,
  problem: FieldProblemCode,
): FieldProblemCode | undefined {
  return typeof value === 'string' && isRight(value) ? undefined : problem
}

function checkInteger(value: Json, min: number, max: number): FieldProblemCode | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'must-be-integer'
  return value < min || value > max ? 'number-out-of-range' : undefined
}

/** The named values of one entry of a list field; undefined for anything but a plain object. */
export function entryOf(value: Json): MasterFields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as MasterFields
}

/** The text of a field; '' where it is absent, cleared or not a text. */
export function textOf(fields: MasterFields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** The integer of a field; undefined where it is absent, cleared or not a number. */
export function integerOf(fields: MasterFields, name: string): number | undefined {
  const value = fields[name]
  return typeof value === 'number' ? value : undefined
}

export function hasFlag(fields: MasterFields, name: string): boolean {
  return fields[name] === 1
}

/** The values of a family by key: `{ '箱': 60_000_000 }` of 'retailPrice:箱'; cleared ones left out. */
export function familyOf(fields: MasterFields, name: string): ReadonlyMap<string, Json> {
  const values = new Map<string, Json>()
  for (const [key, value] of Object.entries(fields)) {
    if (key.startsWith(`${name}:`) && value !== '') values.set(key.slice(name.length + 1), value)
  }
  return values
}

export function familyName(name: string, key: string): string {
  return `${name}:${key}`
}
