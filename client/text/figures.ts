/** Figures as people read them. Digits come from the domain's integers; nothing here computes. */
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { type Money, moneyDecimals } from '#domain/values/money.ts'
import { type Percent, percentDecimals } from '#domain/values/percent.ts'
import { type Quantity, quantityDecimals } from '#domain/values/quantity.ts'
import { type UnitPrice, unitPriceDecimals } from '#domain/values/unit-price.ts'

/** A figure cut where the eye cuts it: sign, whole part with thousands, fraction with its point. */
export interface FigureParts {
  readonly sign: '' | '−'
  readonly whole: string
  readonly fraction: string
}

/** `-1,234.50` as −, 1,234, .50: always two decimals. */
export function moneyParts(value: Money): FigureParts {
  return cut(formatDecimal(value, moneyDecimals, { group: true }))
}

/** As many decimals as there are, none for whole counts. */
export function quantityParts(value: Quantity): FigureParts {
  return cut(formatDecimal(value, quantityDecimals, { group: true, trim: true }))
}

/** At least two decimals, up to six where the price has them. */
export function priceParts(value: UnitPrice): FigureParts {
  const full = formatDecimal(value, unitPriceDecimals, { group: true })
  return cut(full.replace(/(\.\d{2}\d*?)0+$/, '$1'))
}

export function moneyText(value: Money): string {
  return joined(moneyParts(value))
}

export function quantityDigits(value: Quantity): string {
  return joined(quantityParts(value))
}

export function priceText(value: UnitPrice): string {
  return joined(priceParts(value))
}

/** `1300` (13 %) as `13%`. */
export function percentText(value: Percent): string {
  return `${joined(cut(formatDecimal(value, percentDecimals, { trim: true })))}%`
}

/** A plain count with thousands. */
export function countText(count: number): string {
  return joined(cut(formatDecimal(count, 0, { group: true })))
}

/** Bytes as `3.4 MB`; whole steps below 10 KB are not worth telling apart. */
export function bytesText(bytes: number): string {
  const units = ['KB', 'MB', 'GB', 'TB']
  let tenths = Math.ceil((bytes * 10) / 1024)
  let unit = 0
  while (tenths >= 10_240 && unit < units.length - 1) {
    tenths = Math.round(tenths / 1024)
    unit += 1
  }
  const whole = tenths >= 100 ? Math.round(tenths / 10) * 10 : tenths
  return `${formatDecimal(whole, 1, { trim: true, group: true })} ${units[unit]}`
}

function cut(text: string): FigureParts {
  const isNegative = text.startsWith('-')
  const digits = isNegative ? text.slice(1) : text
  const point = digits.indexOf('.')
  return {
    sign: isNegative ? '−' : '',
    whole: point < 0 ? digits : digits.slice(0, point),
    fraction: point < 0 ? '' : digits.slice(point),
  }
}

function joined(parts: FigureParts): string {
  return parts.sign + parts.whole + parts.fraction
}
