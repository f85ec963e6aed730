/**
 * What a person types into a figure field, as domain values. Full-width digits, thousands commas and
 * spaces are accepted; everything else is the domain's parsers. Answers say what is wrong in words.
 */
import { formatDecimal, parseDecimal } from '#domain/values/decimal-text.ts'
import { halfWidth } from '#domain/values/half-width.ts'
import { limitMoney, limitPercent, limitUnitPrice } from '#domain/values/limits.ts'
import { type Money, money, moneyDecimals } from '#domain/values/money.ts'
import { type Percent, percent, percentDecimals } from '#domain/values/percent.ts'
import { type Quantity, quantityDecimals } from '#domain/values/quantity.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { baseFactor, type NamedUnit, parseQuantityText, quantityText } from '#domain/values/unit.ts'
import { type UnitPrice, unitPrice, unitPriceDecimals } from '#domain/values/unit-price.ts'
import { t } from '#client/text/translate.ts'

/** The sentence to show under the field. */
export interface EntryProblem {
  readonly message: string
}

/** `1,234.5` as 123,450 fen. */
export function readMoney(text: string): Result<Money, EntryProblem> {
  const read = readScaled(text, moneyDecimals, limitMoney)
  return read.ok ? done(money(read.value)) : read
}

/** `12.5` as 12,500,000 millionths of a yuan. */
export function readPrice(text: string): Result<UnitPrice, EntryProblem> {
  const read = readScaled(text, unitPriceDecimals, limitUnitPrice)
  return read.ok ? done(unitPrice(read.value)) : read
}

/** `13` or `13%` as 1,300. */
export function readPercent(text: string): Result<Percent, EntryProblem> {
  const read = readScaled(text.replace(/[%％]\s*$/, ''), percentDecimals, limitPercent)
  return read.ok ? done(percent(read.value)) : read
}

/** `3箱4瓶`, `40`, `2.5`; without units a bare count of the base unit. */
export function readQuantity(
  text: string,
  units: readonly NamedUnit[],
): Result<Quantity, EntryProblem> {
  const known = units.length > 0 ? units : [{ name: '', factor: baseFactor }]
  const read = parseQuantityText(tidy(text), known)
  if (read.ok) return read
  switch (read.problem.code) {
    case 'quantity-malformed':
      return fail({ message: t('number.notNumber') })
    case 'quantity-too-large':
      return fail({ message: t('number.tooLarge') })
    case 'too-many-decimals':
    case 'unit-not-exact':
      return fail({ message: t('number.decimals', quantityDecimals) })
    case 'unit-unknown':
    case 'unit-repeated':
      return fail({
        message: t('number.unknownUnit', units.map((unit) => unit.name).join(t('word.listEnd'))),
      })
  }
}

/** The text a field shows for editing: no thousands, no padding, reads back to the same value. */
export function moneyEntry(value: Money): string {
  return formatDecimal(value, moneyDecimals)
}

export function priceEntry(value: UnitPrice): string {
  return formatDecimal(value, unitPriceDecimals).replace(/(\.\d{2}\d*?)0+$/, '$1')
}

export function percentEntry(value: Percent): string {
  return formatDecimal(value, percentDecimals, { trim: true })
}

/** `2箱1瓶` where there are several units, plain digits otherwise. */
export function quantityEntry(value: Quantity, units: readonly NamedUnit[]): string {
  if (units.length > 1) return quantityText(value, units)
  return formatDecimal(value, quantityDecimals, { trim: true })
}

function readScaled(text: string, decimals: number, limit: number): Result<number, EntryProblem> {
  const read = parseDecimal(tidy(text), decimals)
  if (read.ok && Math.abs(read.value) <= limit) return read
  if (read.ok || read.problem.code === 'number-too-large') {
    return fail({ message: t('number.tooLarge') })
  }
  return fail({
    message:
      read.problem.code === 'too-many-decimals'
        ? t('number.decimals', decimals)
        : t('number.notNumber'),
  })
}

function tidy(text: string): string {
  return halfWidth(text).replaceAll('−', '-').replace(/[\s,]/g, '')
}
