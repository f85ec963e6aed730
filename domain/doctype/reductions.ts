/**
 * 优惠 and 抹零 (SA-10): what a sale is less than its prices. A line's own percentage is part of its amount; what is
 * taken off the whole document is shared over its lines, so that tax, revenue and returns know their part.
 */

import { limitPercent } from '#domain/values/limits.ts'
import { type Money, money, shareMoney, zeroMoney } from '#domain/values/money.ts'
import { percentDecimals } from '#domain/values/percent.ts'
import type { UnitFactor } from '#domain/values/unit.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import {
  derived,
  type Field,
  inAudience,
  moneyField,
  optional,
  percentField,
  pricedLine,
} from './fields.ts'

const whole = 100 * 10 ** percentDecimals

/** A priced line of a sale, with a percentage off (优惠率). */
export function soldLine() {
  const { amount, tax, ...typed } = pricedLine('sales')
  return { ...typed, discountRate: inAudience('sales', optional(discountRate())), amount, tax }
}

function discountRate() {
  const field = percentField(['优惠率', 'Discount %'])
  const check: Field['check'] = (value) =>
    typeof value === 'number' && value > whole && value <= limitPercent
      ? 'number-too-large'
      : field.check(value)
  return { ...field, check }
}

/** What is taken off the whole document, for two reasons. */
export function reductionFields() {
  return {
    discount: inAudience('sales', optional(moneyField(['优惠金额', 'Discount']))),
    roundOff: inAudience('sales', optional(moneyField(['抹零', 'Rounding-off']))),
  }
}

/** The part of both that a line bears. */
export function allowanceField() {
  return inAudience('sales', derived(moneyField(['优惠分摊', 'Discount share'])))
}

type Values = Readonly<Record<string, string | number | undefined>>

/** Fen that are taken off a document; 0 where nothing is. */
export function reductionsOf(header: Readonly<Record<string, unknown>>): Money {
  const [discount, roundOff] = [header['discount'], header['roundOff']]
  return money(
    (typeof discount === 'number' ? discount : 0) + (typeof roundOff === 'number' ? roundOff : 0),
  )
}

/** [AMT4] The factor by which an amount is reckoned in one rounding with the line's percentage off. */
export function discountedFactor({ numerator, denominator }: UnitFactor, rate: number): UnitFactor {
  return rate === 0
    ? { numerator, denominator }
    : { numerator: numerator * whole, denominator: denominator * (whole - rate) }
}

/** [AMT3] Each line bears its share by amount. */
export function shareReductions<
  Document extends { readonly header: Values; readonly lines: readonly Values[] },
>(definition: AnyDocumentDefinition, document: Document): Document {
  const { header, lines } = document
  const isReduced = header['discount'] !== undefined || header['roundOff'] !== undefined
  if (!isReduced || !('allowance' in definition.lines) || lines.length === 0) return document
  const shares = shareMoney(
    reductionsOf(header),
    lines.map(({ amount }) => (typeof amount === 'number' ? amount : 0)),
  )
  return {
    ...document,
    lines: lines.map((line, i) => ({ ...line, allowance: shares[i] ?? zeroMoney })),
  }
}

/** [AMT5] What is taken off is no more than the lines come to. */
export function checkReductions({
  header,
  lines,
}: {
  readonly header: Values
  readonly lines: readonly Values[]
}): PostProblem[] {
  const off = reductionsOf(header)
  const amounts = lines.map(({ amount }) => amount)
  if (off === 0 || !amounts.every((amount) => typeof amount === 'number')) return []
  const isTooMuch = off > amounts.reduce((sum, amount) => sum + amount, 0)
  const field = header['discount'] === undefined ? 'roundOff' : 'discount'
  return isTooMuch ? [{ code: 'round-off-too-large', field }] : []
}
