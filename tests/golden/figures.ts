/** Exact figures of scenarios: how they are read, compared under the precision rule, and shown. */

import {
  compareRatios,
  divideRatios,
  parseRatio,
  type Ratio,
  ratio,
  ratioOfScaled,
  roundRatio,
} from '#domain/values/ratio.ts'
import { CaseProblem, isTable, type Table, type Value } from './read-cases.ts'

/** What a play answers: exact numbers, texts, truths, and lists and tables of them. */
export type Figure =
  | Ratio
  | string
  | boolean
  | undefined
  | readonly Figure[]
  | { readonly [name: string]: Figure }

export function exactOf(value: Value | undefined, what = 'a figure'): Ratio {
  const parsed = typeof value === 'string' ? parseRatio(value) : undefined
  if (!parsed?.ok) throw new CaseProblem(`${what} is no exact number: ${JSON.stringify(value)}`)
  return parsed.value
}

/** The exact number of a field, or `otherwise` where it is left out or null. */
export function exactIn<Other>(table: Table, name: string, otherwise: Other): Ratio | Other {
  const value = table[name]
  return value === undefined || value === null ? otherwise : exactOf(value, name)
}

/** Steps of a quantity, or fen, as an exact number. */
export function scaled(value: number, decimals: number): Ratio {
  return ratioOfScaled(value, decimals)
}

export function isRatio(figure: Figure): figure is Ratio {
  return typeof figure === 'object' && typeof (figure as Ratio).numerator === 'bigint'
}

/**
 * A figure claims the decimals that it shows: the exact value, rounded half away from zero to as
 * many, equals it. A fraction claims to be exact.
 */
export function claims(expected: Value, got: Figure): boolean {
  if (got === undefined) return false
  if (isRatio(got)) return claimsNumber(expected, got)
  if (Array.isArray(got)) {
    if (!Array.isArray(expected) || expected.length !== got.length) return false
    return got.every((each, index) => claims(expected[index] as Value, each as Figure))
  }
  if (typeof got === 'object') {
    if (!isTable(expected)) return false
    const names = new Set([...Object.keys(expected), ...Object.keys(got)])
    return [...names].every((name) => {
      const figure = (got as { readonly [name: string]: Figure })[name]
      return Object.hasOwn(expected, name) && claims(expected[name] as Value, figure)
    })
  }
  return expected === got
}

function claimsNumber(expected: Value, got: Ratio): boolean {
  const parsed = typeof expected === 'string' ? parseRatio(expected) : undefined
  if (typeof expected !== 'string' || !parsed?.ok) return false
  if (expected.includes('/')) return compareRatios(parsed.value, got) === 0
  const decimals = expected.split('.')[1]?.length ?? 0
  const step = ratio(1n, 10n ** BigInt(decimals))
  return compareRatios(parsed.value, roundRatio(got, step)) === 0
}

/** As JSON would show it: numbers as decimals where they end, else as fractions. */
export function shown(figure: Figure): Value {
  if (figure === undefined) return null
  if (isRatio(figure)) return shownNumber(figure)
  if (Array.isArray(figure)) return figure.map((each) => shown(each as Figure))
  if (typeof figure === 'object') {
    return Object.fromEntries(
      Object.entries(figure).map(([name, each]) => [name, shown(each as Figure)]),
    )
  }
  return figure
}

function shownNumber(value: Ratio): string {
  const { numerator, denominator } = value
  for (let decimals = 0; decimals <= 20; decimals++) {
    const scale = 10n ** BigInt(decimals)
    if ((numerator * scale) % denominator === 0n) return decimalText(value, decimals)
  }
  return `${numerator}/${denominator} (${decimalText(value, 6)}…)`
}

function decimalText(value: Ratio, decimals: number): string {
  const scale = ratio(1n, 10n ** BigInt(decimals))
  const { numerator } = divideRatios(roundRatio(value, scale), scale)
  const digits = String(numerator < 0n ? -numerator : numerator).padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const sign = numerator < 0n ? '-' : ''
  return `${sign}${digits.slice(0, point)}${decimals === 0 ? '' : `.${digits.slice(point)}`}`
}
