/** The columns of a recipe's grid: part, quantity, loss, alternative, and the share of a by-product. */
import { namedUnits } from '#client/documents/named-units.ts'
import { suggestSkus } from '#client/documents/line-columns.ts'
import type { ProductRow } from '#client/engine/face/face.ts'
import { t } from '#client/text/translate.ts'
import type { LineColumn } from '#client/ui/line-columns.ts'
import type { RecipeRow } from './recipe-values.ts'

export function recipeColumns(
  nameOf: (skuId: string) => string,
  skuOf: (skuId: string) => ProductRow | undefined,
): readonly LineColumn<RecipeRow>[] {
  const unitsOf = (row: RecipeRow | undefined) => {
    const sku = skuOf(row?.skuId ?? '')
    return sku === undefined ? [] : namedUnits(sku)
  }
  return [
    {
      ...{ key: 'skuId', label: t('recipe.part'), kind: 'reference', width: 200, grow: 3 },
      isRequired: true,
      value: (row) => row.skuId,
      display: (row) => nameOf(row.skuId ?? ''),
      note: (row) => skuOf(row.skuId ?? '')?.specification,
      suggest: suggestSkus,
    },
    {
      ...{ key: 'quantity', label: t('recipe.quantity'), kind: 'quantity', width: 120 },
      isRequired: true,
      value: (row) => row.quantity,
      units: unitsOf,
    },
    {
      ...{ key: 'loss', label: t('recipe.loss'), kind: 'percent', width: 90 },
      value: (row) => row.loss,
    },
    {
      ...{ key: 'alternative', label: t('recipe.alternative'), kind: 'reference', width: 160 },
      grow: 2,
      value: (row) => row.alternative,
      display: (row) => nameOf(row.alternative ?? ''),
      suggest: suggestSkus,
    },
    {
      ...{ key: 'share', label: t('recipe.share'), kind: 'percent', width: 130 },
      value: (row) => row.share,
    },
  ]
}
