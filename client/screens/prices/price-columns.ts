/** The columns of a table of prices. */
import { suggestSkus } from '#client/documents/line-columns.ts'
import { namedUnits } from '#client/documents/named-units.ts'
import type { ProductRow } from '#client/engine/face/face.ts'
import { priceText } from '#client/text/figures.ts'
import { t } from '#client/text/translate.ts'
import type { LineColumn } from '#client/ui/line-columns.ts'
import { unitPrice } from '#domain/values/unit-price.ts'
import type { TypedPrice } from './price-sheet-values.ts'

export function priceColumns(
  nameOf: (skuId: string) => string,
  skuOf: (skuId: string | undefined) => ProductRow | undefined,
): readonly LineColumn<TypedPrice>[] {
  const unitsOf = (row: TypedPrice | undefined) => {
    const sku = skuOf(row?.skuId)
    return sku === undefined ? [] : namedUnits(sku)
  }
  return [
    {
      ...{ key: 'skuId', label: t('frame.products'), kind: 'reference', width: 200, grow: 3 },
      isRequired: true,
      value: (row) => row.skuId,
      display: (row) => nameOf(row.skuId ?? ''),
      note: (row) => noteOf(skuOf(row.skuId)),
      suggest: suggestSkus,
    },
    {
      ...{ key: 'unit', label: t('prices.unit'), kind: 'choice', width: 76 },
      value: (row) => row.unit ?? skuOf(row.skuId)?.baseUnit,
      options: (row) => unitsOf(row).map(({ name }) => ({ value: name, label: name })),
    },
    {
      ...{ key: 'price', label: t('prices.price'), kind: 'price', width: 110 },
      isRequired: true,
      value: (row) => row.price,
      note: (row) => retailNote(skuOf(row.skuId), row.unit),
    },
    {
      ...{ key: 'least', label: t('prices.least'), kind: 'quantity', width: 110 },
      value: (row) => row.least,
      units: unitsOf,
    },
    {
      ...{ key: 'since', label: t('prices.since'), kind: 'date', width: 116 },
      value: (row) => row.since,
    },
    {
      ...{ key: 'until', label: t('prices.until'), kind: 'date', width: 116 },
      value: (row) => row.until,
    },
  ]
}

function noteOf(sku: ProductRow | undefined): string | undefined {
  return sku === undefined ? undefined : [sku.specification, sku.code].filter(Boolean).join(' · ')
}

/** '零售价 3.50' beside the price of the same unit. */
function retailNote(sku: ProductRow | undefined, unit: string | undefined): string | undefined {
  const isBase = unit === undefined || unit === sku?.baseUnit
  const price = isBase ? sku?.retailPrice : sku?.units.find(({ name }) => name === unit)?.price
  return price === undefined ? undefined : `${t('prices.listPrice')} ${priceText(unitPrice(price))}`
}
