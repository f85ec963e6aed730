/** SKU: what is counted, priced, moved and scanned; one of a product's variants, or its only one. */

import type { Json } from '#domain/values/canonical-text.ts'
import type { EntityDefinition, MasterProblem } from './entity.ts'
import {
  family,
  flag,
  integer,
  inAudience,
  list,
  type MasterFields,
  price,
  reference,
  required,
  text,
  textOf,
} from './master-field.ts'
import { isPriceRows } from './price-rows.ts'
import { checkBoms, isBomRows } from './sku-bom.ts'
import { checkUnits, isUnitList } from './unit.ts'

/** Grams, cubic centimetres: a thousand tons, or a thousand cubic metres. */
const limitSize = 1_000_000_000

export const sku: EntityDefinition = {
  entity: 'sku',
  label: ['SKU', 'SKU'],
  title: ['code'],
  fields: {
    productId: required(reference('product', ['商品', 'Product'])),
    code: required(text(['编码', 'Code'])),
    options: list(['规格', 'Options'], isOptionList),
    baseUnit: required(text(['基本单位', 'Base unit'])),
    units: list(['其他单位', 'Other units'], isUnitList),
    /** `barcode:6901…` holds the name of the unit; additive, so two devices may bind at once. */
    barcode: family(text(['条码', 'Barcode'])),
    /** Prices per base unit, `retailPrice:箱` per box where the box has its own. */
    retailPrice: inAudience('sales', family(price(['零售价', 'Retail price']))),
    wholesalePrice: inAudience('sales', family(price(['批发价', 'Wholesale price']))),
    minimumPrice: inAudience('sales', family(price(['最低售价', 'Minimum price']))),
    /** `listPrice:<price list>/<unit>`: what one unit costs on a list (`price-rows.ts`). */
    listPrice: inAudience('sales', family(list(['价目表价', 'List price'], isPriceRows))),
    referencePurchasePrice: inAudience(
      'buying',
      family(price(['参考进价', 'Reference purchase price'])),
    ),
    /** Of one base unit: what charges are shared by (费用分摊). */
    weight: integer(['单重 (克)', 'Weight (g)'], { min: 0, max: limitSize }),
    volume: integer(['体积 (立方厘米)', 'Volume (cm³)'], { min: 0, max: limitSize }),
    /** `bom:2026-03-01` is the recipe from that day on (`sku-bom.ts`). */
    bom: family(list(['物料清单', 'Recipe'], isBomRows)),
    isPhantom: flag(['虚拟件', 'Phantom']),
    isDisabled: flag(['停用', 'Disabled']),
  },
  check: checkSku,
}

function isOptionList(value: Json): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '')
}

function checkSku(id: string, fields: MasterFields): readonly MasterProblem[] {
  return [...checkUnits(fields), ...checkBoms(id, fields)]
}

/** The values of the product's axes that make this variant, in the order of the axes. */
export function optionsOf(fields: MasterFields): readonly string[] {
  const options = fields['options']
  return Array.isArray(options) && isOptionList(options) ? (options as readonly string[]) : []
}

/** '速写T恤 橙色,M': the product's name and, for a variant, its options. */
export function skuName(productFields: MasterFields, skuFields: MasterFields): string {
  const options = optionsOf(skuFields).join(',')
  return options === ''
    ? textOf(productFields, 'name')
    : `${textOf(productFields, 'name')} ${options}`
}
