/**
 * 最低售价 (SA-14): goods sold below the price that the company has set. Who may do so is the company's policy; what
 * the limit is, and what goods cost, is never said with it.
 */

import { textOf } from '#domain/masters/master-field.ts'
import { ownPrice } from '#domain/masters/price-proposal.ts'
import type { Role } from '#domain/records/kinds.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import type { AnyDocumentDefinition, PostProblem } from './define.ts'
import type { MasterReader } from './readers.ts'

type Values = Readonly<Record<string, Json | undefined>>

interface Sale {
  readonly lines: readonly (Values & { readonly lineId: string })[]
}

/** [MIN1] Lines of a sale whose price is below the minimum of their unit; gifts are no sale. */
export function belowMinimum(
  definition: AnyDocumentDefinition,
  { lines }: Sale,
  masters: MasterReader,
): readonly PostProblem[] {
  return lines
    .filter((line) => priceBelow(definition, line, masters))
    .map(({ lineId, skuId }) => ({ code: 'below-minimum-price', field: 'price', lineId, skuId }))
}

/** Whether the price of a line is too low; no on lines that take their price from an earlier document. */
export function priceBelow(
  definition: AnyDocumentDefinition,
  { skuId, unit, price, originId }: Values,
  masters: Pick<MasterReader, 'get'>,
): boolean {
  const isSale = definition.lines['price']?.audience === 'sales' && originId === undefined
  if (!isSale || typeof price !== 'number' || price === 0) return false
  const sku = masters.get('sku', typeof skuId === 'string' ? skuId : '') ?? {}
  const minimum = ownPrice({ sku, ...(typeof unit === 'string' && { unit }) }, 'minimumPrice')
  return minimum !== undefined && price < minimum
}

/** [MIN2] Where the company refuses, a manager may sell so all the same. */
export function isMinimumHeld(masters: MasterReader, roles: readonly Role[]): boolean {
  const [company] = masters.list('company')
  const isRefused = company !== undefined && textOf(company.fields, 'belowMinimum') === 'refuse'
  return isRefused && !roles.some((role) => role === 'owner' || role === 'manager')
}
