/**
 * Reads golden scenarios strictly: an unknown operation, field, setting or expectation, a quantity
 * written as a JSON number, a reference to an operation that is not there: each is an error of its
 * case, and no other case suffers from it.
 */

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isBusinessDate } from '#domain/values/business-date.ts'
import { parseRatio } from '#domain/values/ratio.ts'
import { models, type Vocabulary } from './vocabulary.ts'

export type Value = string | number | boolean | null | readonly Value[] | Table
export interface Table {
  readonly [name: string]: Value
}

export interface Operation extends Table {
  readonly n: number
  readonly op: string
}

export interface Expectation extends Table {
  readonly what: string
}

/** One policy under which the operations have known results. */
export interface Variant {
  readonly setup: Table
  readonly expect: readonly Expectation[]
  /** The settings that this variant states and the case itself does not. */
  readonly stated: Table
}

export interface GoldenCase {
  readonly id: string
  readonly model: string
  readonly title: string
  readonly tags: readonly string[]
  /** Whether its figures are a matter of policy. */
  readonly isChoice: boolean
  readonly ops: readonly Operation[]
  /** The case's own setup first, then each of `alt`. */
  readonly variants: readonly [Variant, ...Variant[]]
}

/** A case that cannot be read, and why. */
export interface UnreadableCase {
  readonly id: string
  readonly problem: string
}

export class CaseProblem extends Error {}

/** Files, and folders of `.json` files, in the order of their names. */
export function readCases(paths: readonly string[]): (GoldenCase | UnreadableCase)[] {
  return paths.flatMap(filesOf).flatMap((file) => readFile(file))
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name))
}

function readFile(file: string): (GoldenCase | UnreadableCase)[] {
  let cases: unknown
  try {
    cases = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return [{ id: file, problem: `not JSON: ${String(error)}` }]
  }
  if (!Array.isArray(cases)) return [{ id: file, problem: 'a file is a list of cases' }]
  return cases.map((each: Value, index) => {
    const id = isTable(each) && typeof each['id'] === 'string' ? each['id'] : `${file}#${index}`
    try {
      return readCase(each)
    } catch (error) {
      if (!(error instanceof CaseProblem)) throw error
      return { id, problem: error.message }
    }
  })
}

const caseFields =
  'id kind title notes source fidelity policy policy_tags model setup ops expect alt peer_only'

/** One case; throws `CaseProblem`. */
export function readCase(given: Value): GoldenCase {
  const table = tableOf(given, 'a case')
  onlyKnown(table, caseFields, 'field')
  const model = textOf(table, 'model')
  const known = models[model]
  if (known === undefined || !Object.hasOwn(models, model)) throw unknown('model', model)
  const ops = listOf(table['ops'] ?? [], 'ops').map((op) => readOperation(op, known))
  checkNumbers(ops)
  const setup = tableOf(table['setup'] ?? {}, 'setup')
  checkSettings(setup, known)
  const own = { setup, stated: {}, expect: readExpectations(table['expect'] ?? [], known, ops) }
  const others = listOf(table['alt'] ?? [], 'alt').map((alt): Variant => {
    const { setup: stated = {}, expect = [], ...rest } = tableOf(alt, 'alt')
    onlyKnown(rest, '', 'field of alt')
    checkSettings(tableOf(stated, 'setup'), known)
    const merged = { ...setup, ...tableOf(stated, 'setup') }
    const own = readExpectations(expect, known, ops)
    return { setup: merged, stated: tableOf(stated, 'setup'), expect: own }
  })
  return {
    ...{ id: textOf(table, 'id'), model, title: textOf(table, 'title'), ops },
    isChoice: table['policy'] === true,
    tags: listOf(table['policy_tags'] ?? [], 'policy_tags').map(String),
    variants: [own, ...others],
  }
}

function readOperation(given: Value, { ops }: Vocabulary): Operation {
  const table = tableOf(given, 'an operation')
  const name = textOf(table, 'op')
  const fields = ops[name]
  if (fields === undefined || !Object.hasOwn(ops, name)) throw unknown('operation', name)
  onlyKnown(table, `n op note ${fields}`, `field of ${name}`)
  const number = table['n']
  if (!isOperationNumber(number)) throw new CaseProblem(`${name}: n is a whole number above 0`)
  checkValues(table, name)
  return table as Operation
}

function checkNumbers(ops: readonly Operation[]): void {
  const numbers = ops.map(({ n }) => n)
  if (numbers.some((n, index) => index > 0 && n <= Number(numbers[index - 1]))) {
    throw new CaseProblem('n rises from operation to operation')
  }
  const dangling = ops.find(({ n, of }) => referred(of).some((each) => !isBefore(each, n, numbers)))
  if (dangling) throw new CaseProblem(`operation ${dangling.n} refers to one that is not before it`)
}

function isBefore(each: number, n: number, numbers: readonly number[]): boolean {
  return each < n && numbers.includes(each)
}

/** The operations that a field `of` names. */
export function referred(of: Value | undefined): number[] {
  if (of === undefined) return []
  return (Array.isArray(of) ? of : [of]).map(Number)
}

function readExpectations(
  given: Value,
  { expectations }: Vocabulary,
  ops: readonly Operation[],
): Expectation[] {
  const numbers = ops.map(({ n }) => n)
  return listOf(given, 'expect').map((each) => {
    const table = tableOf(each, 'an expectation')
    const what = textOf(table, 'what')
    const fields = expectations[what]
    if (fields === undefined || !Object.hasOwn(expectations, what)) {
      throw unknown('expectation', what)
    }
    onlyKnown(table, `what is after seen ${fields}`, `field of ${what}`)
    if (!Object.hasOwn(table, 'is')) throw new CaseProblem(`${what} says no figure`)
    if (typeof table['is'] === 'number') throw new CaseProblem(`${what}: a figure is a text`)
    const named = [...referred(table['of']), ...referred(table['after']), ...referred(byOf(table))]
    if (named.some((n) => !numbers.includes(n))) {
      throw new CaseProblem(`${what} refers to an operation that is not there`)
    }
    checkValues({ ...table, is: '' }, what)
    return table as Expectation
  })
}

function byOf(table: Table): Value | undefined {
  return typeof table['by'] === 'number' ? table['by'] : undefined
}

function checkSettings(setup: Table, { settings }: Vocabulary): void {
  for (const [name, value] of Object.entries(setup)) {
    const values = settings[name]
    if (values === undefined || !Object.hasOwn(settings, name)) throw unknown('setting', name)
    if (values === 'any') continue
    if (values === 'exact') exactIn(name, value)
    else if (values === 'date') dateIn(name, value)
    else if (!values.includes(value as string))
      throw unknown(`value of ${name}`, JSON.stringify(value))
  }
}

const exactFields = words('qty price amount counted book extra sell_price rate cross step')
const dateFields = words('at until expires received asof')
const numberFields = words('n of after by replaces')

/** Figures are texts; numbers of JSON name operations and nothing else. */
function checkValues(table: Table, name: string): void {
  for (const [field, value] of Object.entries(table)) {
    const where = `${name}.${field}`
    if (typeof value === 'number' && !numberFields.has(field)) {
      throw new CaseProblem(`${where}: a figure is a text, not the number ${value}`)
    }
    if (dateFields.has(field) && value !== null) dateIn(where, value)
    if (exactFields.has(field) && value !== null) {
      for (const each of isTable(value) ? Object.values(value) : [value]) exactIn(where, each)
    }
  }
}

function exactIn(where: string, value: Value): void {
  if (typeof value !== 'string' || !parseRatio(value).ok) {
    throw new CaseProblem(`${where} is no exact number: ${JSON.stringify(value)}`)
  }
}

function dateIn(where: string, value: Value): void {
  const [day = '', time] = typeof value === 'string' ? value.split('T') : []
  const isTime = time === undefined || /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time)
  if (!isBusinessDate(day) || !isTime) {
    throw new CaseProblem(`${where} is no date: ${JSON.stringify(value)}`)
  }
}

export function onlyKnown(table: Table, fields: string, what: string): void {
  const known = words(fields)
  const other = Object.keys(table).find((name) => !known.has(name))
  if (other !== undefined) throw unknown(what, other)
}

function unknown(what: string, name: string): CaseProblem {
  return new CaseProblem(`unknown ${what}: ${name}`)
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' ').filter((word) => word !== ''))
}

function isOperationNumber(value: Value | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

export function isTable(value: Value | undefined): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function tableOf(value: Value | undefined, what: string): Table {
  if (!isTable(value)) throw new CaseProblem(`${what} is a table of fields`)
  return value
}

export function listOf(value: Value | undefined, what: string): readonly Value[] {
  if (!Array.isArray(value)) throw new CaseProblem(`${what} is a list`)
  return value as readonly Value[]
}

/** The text of a value that names something; '' of anything else. */
export function nameOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function textOf(table: Table, name: string): string {
  const value = table[name]
  if (typeof value !== 'string') throw new CaseProblem(`${name} is a text`)
  return value
}
