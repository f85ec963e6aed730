/**
 * Decimal text ↔ scaled integers, digit by digit, never through a float. Knows neither locales nor
 * currencies; thousands separators are written but not read.
 */

import { assert } from './assert.ts'
import { done, fail, type Result } from './result.ts'

export interface DecimalProblem {
  readonly code: 'not-a-number' | 'too-many-decimals' | 'number-too-large'
  readonly text: string
}

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?$/

/**
 * `parseDecimal('2.5', 4)` is 25,000. Takes a sign, digits and a point; refuses exponents,
 * separators and spaces, and digits other than 0 beyond `decimals`. Never `-0`.
 */
export function parseDecimal(text: string, decimals: number): Result<number, DecimalProblem> {
  const [, sign, whole = '', fraction = ''] = decimalPattern.exec(text) ?? []
  if (sign === undefined || whole + fraction === '') return fail({ code: 'not-a-number', text })
  if (/[^0]/.test(fraction.slice(decimals))) return fail({ code: 'too-many-decimals', text })
  const digits = whole + fraction.slice(0, decimals).padEnd(decimals, '0')
  let scaled = 0
  for (let i = 0; i < digits.length; i++) {
    scaled = scaled * 10 + (digits.charCodeAt(i) - 48)
    if (scaled > Number.MAX_SAFE_INTEGER) return fail({ code: 'number-too-large', text })
  }
  return done(sign === '-' ? 0 - scaled : scaled)
}

export interface DecimalFormat {
  /** Leave out zeros at the end of the fraction, and a point with nothing after it. */
  readonly trim?: boolean
  /** Separate thousands by commas. */
  readonly group?: boolean
}

/** `formatDecimal(25_000, 4)` is '2.5000'; trimmed '2.5'. `scaled` is a safe integer. */
export function formatDecimal(
  scaled: number,
  decimals: number,
  format: DecimalFormat = {},
): string {
  assert(Number.isSafeInteger(scaled), 'a scaled decimal is a safe integer')
  const digits = String(Math.abs(scaled)).padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const whole = digits.slice(0, point)
  const fraction = digits.slice(point)
  const shownWhole = format.group ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole
  const shownFraction = format.trim ? fraction.replace(/0+$/, '') : fraction
  return `${scaled < 0 ? '-' : ''}${shownWhole}${shownFraction === '' ? '' : `.${shownFraction}`}`
}
