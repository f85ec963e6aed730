/**
 * 计量单位 (unit of measure): exact ratios between a unit and the base unit of its SKU, and the way
 * people write quantities in them ('3箱4瓶'). Which units a SKU has is a matter of masters.
 */

import { assert, unreachable } from './assert.ts'
import { formatDecimal, parseDecimal } from './decimal-text.ts'
import { halfWidth } from './half-width.ts'
import { limitQuantity, limitText, limitUnitFactor } from './limits.ts'
import { type Quantity, quantity, quantityDecimals, stepsPerUnit } from './quantity.ts'
import { done, fail, type Result } from './result.ts'

/** 换算率: 1 of this unit = numerator ÷ denominator base units; both positive integers. */
export interface UnitFactor {
  readonly numerator: number
  readonly denominator: number
}

export interface NamedUnit {
  readonly name: string
  readonly factor: UnitFactor
}

/** `count` of a unit, in 10⁻⁴ of that unit. */
export interface UnitPart {
  readonly unit: string
  readonly count: Quantity
}

export interface QuantityProblem {
  readonly code:
    | 'quantity-malformed'
    | 'quantity-too-large'
    | 'too-many-decimals'
    | 'unit-unknown'
    | 'unit-repeated'
    | 'unit-not-exact'
  readonly text: string
}

export const baseFactor: UnitFactor = Object.freeze({ numerator: 1, denominator: 1 })

/** Both integers within 1..`limitUnitFactor`; what a form or a file may offer as a factor. */
export function isUnitFactor(factor: UnitFactor): boolean {
  return [factor.numerator, factor.denominator].every(
    (part) => Number.isSafeInteger(part) && part >= 1 && part <= limitUnitFactor,
  )
}

/** The ratio of a decimal number of base units, in lowest terms: 2.5 is 5/2. More than zero. */
export function factorOf(size: Quantity): UnitFactor {
  assert(size > 0, 'a unit holds more than nothing of the base unit')
  const divisor = greatestCommonDivisor(size, stepsPerUnit)
  return { numerator: size / divisor, denominator: stepsPerUnit / divisor }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/**
 * What was entered in a unit, in base units. `unit-not-exact` when the ratio does not come out in
 * whole steps (a third of a box): the person enters the base unit, nothing is rounded away [UNT1].
 */
export function toBaseQuantity(
  entered: Quantity,
  factor: UnitFactor,
): Result<Quantity, QuantityProblem> {
  assert(isUnitFactor(factor), 'a unit factor is a positive ratio within its limit')
  const text = formatDecimal(entered, quantityDecimals, { trim: true })
  const product = BigInt(entered) * BigInt(factor.numerator)
  const denominator = BigInt(factor.denominator)
  if (product % denominator !== 0n) return fail({ code: 'unit-not-exact', text })
  const steps = Number(product / denominator)
  if (Math.abs(steps) > limitQuantity) return fail({ code: 'quantity-too-large', text })
  return done(quantity(steps))
}

/**
 * 25 with 1箱=12瓶 as 2箱, 1瓶: whole counts of the greater units, the greatest first, and what is
 * left in the base unit, which must be among `units`. Parts of zero are left out, but for a zero
 * quantity; all counts carry the sign. Units below the base unit or not in whole steps are skipped.
 */
export function splitInUnits(value: Quantity, units: readonly NamedUnit[]): UnitPart[] {
  const sign = value < 0 ? -1 : 1
  const parts: UnitPart[] = []
  let left = Math.abs(value)
  for (const { name, steps } of unitsInSteps(units)) {
    if (steps <= stepsPerUnit) continue
    const count = Math.floor(left / steps)
    left -= count * steps
    if (count > 0) parts.push({ unit: name, count: quantity(sign * count * stepsPerUnit) })
  }
  const base = units.find(({ factor }) => factor.numerator === factor.denominator)
  assert(base !== undefined, 'the base unit is among the units')
  if (left > 0 || parts.length === 0) parts.push({ unit: base.name, count: quantity(sign * left) })
  return parts
}

function unitsInSteps(units: readonly NamedUnit[]): { name: string; steps: number }[] {
  return units
    .map(({ name, factor }) => ({
      name,
      steps: (stepsPerUnit * factor.numerator) / factor.denominator,
    }))
    .filter(({ steps }) => Number.isSafeInteger(steps))
    .sort((a, b) => b.steps - a.steps)
}

/** '2箱1瓶', '-2箱1瓶', '0.5瓶'. `parseQuantityText` reads it back. */
export function quantityText(value: Quantity, units: readonly NamedUnit[]): string {
  const parts = splitInUnits(value, units).map(
    ({ unit, count }) => formatDecimal(Math.abs(count), quantityDecimals, { trim: true }) + unit,
  )
  return (value < 0 ? '-' : '') + parts.join('')
}

/**
 * Reads '3箱4瓶', '40', '2.5', '12*' (as typed before a scan) and their full-width forms into base
 * units. A bare number counts in the first of `units`. Letters of either case name a unit.
 */
export function parseQuantityText(
  text: string,
  units: readonly NamedUnit[],
): Result<Quantity, QuantityProblem> {
  if (text.length > limitText) return malformed(text.slice(0, limitText))
  const [, sign, plain = ''] = /^([+-]?)\s*(.*?)\s*[*×]?$/.exec(halfWidth(text).trim()) ?? []
  const parts = readParts(plain.toLowerCase(), units)
  if (!parts.ok) return parts
  let steps = 0
  for (const { digits, unit } of parts.value) {
    const part = partInBase(digits, unit.factor)
    if (!part.ok) return part
    steps += part.value
  }
  if (steps > limitQuantity) return fail({ code: 'quantity-too-large', text })
  return done(quantity(sign === '-' ? 0 - steps : steps))
}

interface NumberAndUnit {
  readonly digits: string
  readonly unit: NamedUnit
}

const numberPattern = /^(\d+\.?\d*|\.\d+)\s*/

/** '3箱4瓶' as 3 of 箱 and 4 of 瓶, each unit at most once; a number may stand alone, but only alone. */
function readParts(
  plain: string,
  units: readonly NamedUnit[],
): Result<NumberAndUnit[], QuantityProblem> {
  const [first] = units
  const [all, bare] = numberPattern.exec(plain) ?? []
  if (bare !== undefined && all === plain && first) return done([{ digits: bare, unit: first }])
  const parts: NumberAndUnit[] = []
  let rest = plain
  do {
    const part = readPart(rest, units)
    if (!part.ok) return part
    const { digits, unit } = part.value
    if (parts.some((before) => before.unit === unit)) {
      return fail({ code: 'unit-repeated', text: unit.name })
    }
    parts.push({ digits, unit })
    rest = part.value.rest
  } while (rest !== '')
  return done(parts)
}

function readPart(
  text: string,
  units: readonly NamedUnit[],
): Result<NumberAndUnit & { rest: string }, QuantityProblem> {
  const [all = '', digits] = numberPattern.exec(text) ?? []
  const named = text.slice(all.length)
  if (digits === undefined || /^[\d.]|^$/.test(named)) return malformed(text)
  const unit = unitAtStart(named, units)
  if (unit === undefined) {
    return fail({ code: 'unit-unknown', text: named.replace(/\s*\d.*$/, '') })
  }
  return done({ digits, unit, rest: named.slice(unit.name.length).trimStart() })
}

/** The longest name wins, so that 箱 does not hide 箱装. */
function unitAtStart(text: string, units: readonly NamedUnit[]): NamedUnit | undefined {
  const fitting = units.filter(({ name }) => text.startsWith(halfWidth(name).toLowerCase()))
  return fitting.reduce<NamedUnit | undefined>(
    (longest, unit) => (unit.name.length > (longest?.name.length ?? 0) ? unit : longest),
    undefined,
  )
}

function malformed(text: string): Result<never, QuantityProblem> {
  return fail({ code: 'quantity-malformed', text })
}

function partInBase(digits: string, factor: UnitFactor): Result<Quantity, QuantityProblem> {
  const entered = parseDecimal(digits, quantityDecimals)
  if (entered.ok) return toBaseQuantity(quantity(entered.value), factor)
  switch (entered.problem.code) {
    case 'not-a-number':
      return malformed(digits)
    case 'number-too-large':
      return fail({ code: 'quantity-too-large', text: digits })
    case 'too-many-decimals':
      return fail({ code: 'too-many-decimals', text: digits })
    default:
      return unreachable(entered.problem.code)
  }
}
