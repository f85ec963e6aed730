/**
 * 最低售价 (SA-14): goods sold below the price that the company has set. Who may do so is the company's policy; what
 * the limit is, and what goods cost, is never said with it.
 */

import { textOf } from '#domain/masters/master-field.ts'
import { ownPrice } from '#domain/masters/price-proposal.ts'
import { unitsOf } from '#domain/masters/unit.ts'
import type { Role } from '#domain/records/kinds.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { quantity } from '#domain/values/quantity.ts'
import { boundedPriceOf } from '#domain/values/unit-price.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import type { MasterReader } from './readers.ts'

type Values = Readonly<Record<string, Json | undefined>>

interface Sale {
  readonly header: Values
  readonly lines: readonly (Values & { readonly lineId: string })[]
}

/** [MIN1] Lines of a sale whose price is below the minimum of their unit; gifts are no sale. */
export function belowMinimum(
  definition: AnyDocumentDefinition,
  { header, lines }: Sale,
  masters: MasterReader,
): readonly PostProblem[] {
  return lines
    .filter((line) => priceBelow(definition, { header, line }, masters))
    .map(({ lineId, skuId }) => ({ code: 'below-minimum-price', field: 'price', lineId, skuId }))
}

/**
 * Whether a line is sold too cheaply, by what is left of its amount after discounts; 抹零 is none. No on lines that take
 * their price from an earlier document.
 */
export function priceBelow(
  definition: AnyDocumentDefinition,
  { header, line }: { readonly header: Values; readonly line: Values },
  masters: Pick<MasterReader, 'get'>,
): boolean {
  const { skuId, unit, price, quantity: steps, amount, allowance, originId } = line
  const isSale = definition.lines['price']?.audience === 'sales' && originId === undefined
  if (!isSale || price === 0 || typeof steps !== 'number' || typeof amount !== 'number')
    return false
  const sku = masters.get('sku', typeof skuId === 'string' ? skuId : '') ?? {}
  const minimum = ownPrice({ sku, ...(typeof unit === 'string' && { unit }) }, 'minimumPrice')
  const factor = unitsOf(sku).find(({ name }) => name === (unit ?? textOf(sku, 'baseUnit')))?.factor
  if (minimum === undefined || factor === undefined) return false
  const least = boundedPriceOf(quantity(steps), minimum, factor) ?? 0
  const isReduced = header['discount'] !== undefined && typeof allowance === 'number'
  return Number(price) < minimum || amount - (isReduced ? allowance : 0) < least
}

/** [MIN2] Where the company refuses, a manager may sell so all the same. */
export function isMinimumHeld(masters: MasterReader, roles: readonly Role[]): boolean {
  const [company] = masters.list('company')
  const isRefused = company !== undefined && textOf(company.fields, 'belowMinimum') === 'refuse'
  return isRefused && !roles.some((role) => role === 'owner' || role === 'manager')
}
