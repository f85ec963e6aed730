/** The facts of a problem as people read them, the same in every language. */
import { formatDecimal } from '#domain/values/decimal-text.ts'
import { moneyDecimals } from '#domain/values/money.ts'
import { quantityDecimals } from '#domain/values/quantity.ts'
import type { Facts } from './problem-saying.ts'

/** A quantity among the facts, 10⁻⁴ of the base unit. */
export function steps(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'number' ? formatDecimal(value, quantityDecimals, { trim: true }) : '?'
}

/** An amount among the facts, fen. */
export function yuan(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'number' ? formatDecimal(value, moneyDecimals, { group: true }) : '?'
}

/** Milliseconds among the facts, as whole seconds upwards. */
export function seconds(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'number' ? String(Math.ceil(value / 1000)) : '?'
}

/** A number or text among the facts; `otherwise` without one. */
export function plain(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name]
  return typeof value === 'number' || typeof value === 'string' ? String(value) : otherwise
}

/** A list of texts among the facts; `otherwise` without any. */
export function named(facts: Facts, name: string, otherwise: string): string {
  const value = facts[name]
  return Array.isArray(value) && value.length > 0 ? value.map(String).join(' · ') : otherwise
}
