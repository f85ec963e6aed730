/**
 * What people and other systems write into cells, read into exact values. A cell is always text here;
 * what looks like a formula or a command ('=cmd|…') stays text and means nothing.
 */

import { type BusinessDate, businessDate, isBusinessDate } from '#domain/values/business-date.ts'
import { parseDecimal } from '#domain/values/decimal-text.ts'
import { halfWidth } from '#domain/values/half-width.ts'
import { limitText } from '#domain/values/limits.ts'
import { done, fail, type Result } from '#domain/values/result.ts'

export type CellProblemCode =
  | 'not-a-number'
  | 'too-many-decimals'
  | 'number-too-large'
  | 'number-negative'
  | 'code-in-exponent-form'
  | 'text-too-long'
  | 'not-a-date'
  | 'not-yes-or-no'

export interface CellProblem {
  readonly code: CellProblemCode
}

/** One line of text: no control or invisible letters, no spaces at its ends. */
export function lineOf(cell: string): Result<string, CellProblem> {
  const line = cell
    .replace(/[\p{Cc}\u00a0\u2028\u2029]+/gu, ' ')
    .replace(/[\u200b-\u200d\u2060\ufeff]|\p{Surrogate}/gu, '')
    .trim()
  return line.length > limitText ? fail({ code: 'text-too-long' }) : done(line)
}

/**
 * A code, barcode, phone or card number: '2001.0' is 2001 (a number cell written by another program),
 * "'0071" is 0071 (Excel's mark for text). '6.90123E+12' has lost its digits and is refused [EXC2].
 */
export function codeOf(cell: string): Result<string, CellProblem> {
  const line = lineOf(halfWidth(cell))
  if (!line.ok) return line
  const code = line.value.replace(/^'/, '').replace(/^(\d+)\.0+$/, '$1')
  return /^\d(\.\d+)?E\+?\d+$/i.test(code) ? fail({ code: 'code-in-exponent-form' }) : done(code)
}

/**
 * A number of at most `decimals` places, scaled to an integer: '1,234.50', '￥12', '１２', '1.5E-3',
 * and binary noise ('2.5499999999999998' is 2.55: fifteen digits, as Excel itself shows) [EXC3].
 */
export function numberOf(cell: string, decimals: number): Result<number, CellProblem> {
  const plain = shortPattern.test(cell) ? cell : plainNumber(cell)
  if (plain === undefined) return fail({ code: 'not-a-number' })
  const number = parseDecimal(plain, decimals)
  return number.ok ? number : fail({ code: number.problem.code })
}

/** The same, refusing what is below zero. */
export function amountOf(cell: string, decimals: number): Result<number, CellProblem> {
  const number = numberOf(cell, decimals)
  return number.ok && number.value < 0 ? fail({ code: 'number-negative' }) : number
}

/** '13%' and '13' are both thirteen per cent, in 10⁻⁴: 1,300. */
export function percentOf(cell: string): Result<number, CellProblem> {
  return amountOf(halfWidth(cell).trim().replace(/%$/, ''), 2)
}

/** What nearly every number cell holds: nothing to clean, and too short for noise. */
const shortPattern = /^-?\d{1,8}(?:\.\d{1,4})?$/

const numberPattern = /^([+-]?)(?:(\d{1,3}(?:,\d{3})+)|(\d*))(?:\.(\d*))?(?:E([+-]?\d{1,2}))?$/i

/** Sign, digits and point only; undefined when it is no number. */
function plainNumber(cell: string): string | undefined {
  const bare = halfWidth(cell)
    .replace(/[\s\u00a0]/g, '')
    .replace(/^([+-]?)[¥￥$]/, '$1')
    .replace(/元$/, '')
  const [, sign, grouped, whole = '', fraction = '', exponent = '0'] =
    numberPattern.exec(bare) ?? []
  const digits = grouped?.replaceAll(',', '') ?? whole
  if (sign === undefined || digits + fraction === '') return undefined
  return sign + withoutNoise(shifted(digits, fraction, Number(exponent)))
}

/** `digits.fraction × 10^exponent` without an exponent. */
function shifted(digits: string, fraction: string, exponent: number): string {
  const point = digits.length + exponent
  const all = digits + fraction
  if (point <= 0) return `0.${'0'.repeat(-point)}${all}`
  const padded = all.padEnd(point, '0')
  return `${padded.slice(0, point)}.${padded.slice(point)}`
}

/** Significant digits of a spreadsheet's number; what follows is noise of binary fractions. */
const excelDigits = 15

function withoutNoise(plain: string): string {
  const [whole = '', fraction = ''] = plain.replace(/^0+(?=\d)/, '').split('.')
  const leadingZeros = whole === '0' ? (/^0*/.exec(fraction)?.[0].length ?? 0) : 0
  const kept = excelDigits - (whole === '0' ? 0 : whole.length) + leadingZeros
  if (kept < 0 || fraction.length <= kept) return `${whole}.${fraction}`
  const isUp = fraction.charAt(kept) >= '5'
  const scaled = BigInt(whole + fraction.slice(0, kept)) + (isUp ? 1n : 0n)
  const digits = String(scaled).padStart(kept + 1, '0')
  return `${digits.slice(0, digits.length - kept)}.${digits.slice(digits.length - kept)}`
}

const yes: ReadonlySet<string> = new Set([
  '1',
  '1.0',
  '是',
  '有',
  '启用',
  '正常',
  'y',
  'yes',
  'true',
])
const no: ReadonlySet<string> = new Set([
  '0',
  '0.0',
  '否',
  '无',
  '禁用',
  '停用',
  'n',
  'no',
  'false',
])

export function yesOrNoOf(cell: string): Result<boolean, CellProblem> {
  const word = halfWidth(cell).trim().toLowerCase()
  if (yes.has(word)) return done(true)
  return no.has(word) ? done(false) : fail({ code: 'not-yes-or-no' })
}

/** No books that a shop brings along are older; what claims to be is an empty date of some system. */
const firstYear = '1980'

const datePattern =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/

/** A day, and the minutes and seconds after its midnight where the cell has them. */
export interface DateAndTime {
  readonly date: BusinessDate
  readonly secondOfDay: number
}

/**
 * '2026-11-22', '2026/1/5', '2026年1月5日', each with an optional time. Year first only: what begins
 * with a day or a month stays valid when the two are swapped, and is refused [EXC4].
 */
export function dateOf(cell: string): Result<DateAndTime, CellProblem> {
  const matched = datePattern.exec(halfWidth(cell).trim())
  if (matched === null) return fail({ code: 'not-a-date' })
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0'] = matched
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  if (!isBusinessDate(text) || year < firstYear || !isTime) return fail({ code: 'not-a-date' })
  const secondOfDay = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  return done({ date: businessDate(text), secondOfDay })
}
