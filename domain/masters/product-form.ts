/**
 * A product with one SKU is one thing to most shops: one form, whose fields go to the product or to
 * its only SKU. Products with variants use the two entities as they are.
 */

import { assert } from '#domain/values/assert.ts'
import type { ProductId, SkuId } from '#domain/values/ids.ts'
import { type MasterChange, fieldOf } from './entities.ts'
import type { MasterFields } from './master-field.ts'

export interface OneSkuIds {
  readonly productId: ProductId
  readonly skuId: SkuId
}

/** Fields that a product and its only SKU share. */
const sharedNames: ReadonlySet<string> = new Set(['code', 'isDisabled'])

/** The two changes that a filled or edited form makes; `values` by field name of either entity. */
export function oneSkuChanges(ids: OneSkuIds, values: MasterFields): MasterChange[] {
  const productFields: Record<string, MasterFields[string]> = {}
  const skuFields: Record<string, MasterFields[string]> = {}
  for (const [name, value] of Object.entries(values)) {
    const isProductField = fieldOf('product', name) !== undefined
    assert(isProductField || fieldOf('sku', name) !== undefined, `unknown field ${name}`)
    if (isProductField) productFields[name] = value
    if (!isProductField || sharedNames.has(name)) skuFields[name] = value
  }
  return [
    { entity: 'product', id: ids.productId, fields: productFields },
    { entity: 'sku', id: ids.skuId, fields: { ...skuFields, productId: ids.productId } },
  ]
}

/** The form's values as they stand. */
export function oneSkuValues(productFields: MasterFields, skuFields: MasterFields): MasterFields {
  const { productId: _, ...own } = skuFields
  return { ...productFields, ...own }
}
