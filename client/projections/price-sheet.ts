/** 价目表 and 客户专价 as a table: one row per SKU, unit, quantity and span of days. */
import { familyOf, type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { priceRowsField, priceRowsOf } from '#domain/masters/price-rows.ts'
import type { PriceSheet, PriceSheetRow, QueryArgs } from '#client/engine/face/face.ts'
import { productRowsById } from './product-rows.ts'
import { canRead, nameOf, type Reading } from './reading.ts'

/** [ANS40] Undefined where the person may not read prices, or nobody has spoken of the holder. */
export function priceSheet(
  reading: Reading,
  { entity, id, skuIds }: QueryArgs<'priceSheet'>,
): PriceSheet | undefined {
  const holder = reading.fold.masters.get(entity, id)
  if (holder === undefined || !canRead(reading, 'sales')) return undefined
  const rows = entity === 'customer' ? specialRows(holder) : listRows(reading, id)
  const codeOf = (skuId: string) => textOf(reading.fold.masters.get('sku', skuId) ?? {}, 'code')
  const keyOf = ({ skuId, unit }: PriceSheetRow) => `${codeOf(skuId)}\n${skuId}\n${unit}`
  return {
    name: nameOf(reading, entity, id),
    rows: rows
      .map((row) => ({ row, key: keyOf(row) }))
      .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
      .map(({ row }) => row),
    skus: productRowsById(reading, [...rows.map(({ skuId }) => skuId), ...skuIds]),
  }
}

function specialRows(customer: MasterFields): readonly PriceSheetRow[] {
  return [...familyOf(customer, 'specialPrice').keys()].flatMap((key) => {
    const [skuId = '', unit = ''] = cutAtSlash(key)
    return rowsOf(customer, 'specialPrice', { id: skuId, skuId, unit })
  })
}

function listRows(reading: Reading, listId: string): readonly PriceSheetRow[] {
  const rows: PriceSheetRow[] = []
  for (const { id: skuId, fields } of reading.fold.masters.list('sku')) {
    for (const key of familyOf(fields, 'listPrice').keys()) {
      const [id, unit = ''] = cutAtSlash(key)
      if (id === listId) rows.push(...rowsOf(fields, 'listPrice', { id, skuId, unit }))
    }
  }
  return rows
}

function rowsOf(
  holder: MasterFields,
  family: string,
  { id, skuId, unit }: { readonly id: string; readonly skuId: string; readonly unit: string },
): readonly PriceSheetRow[] {
  return priceRowsOf(holder, priceRowsField(family, id, unit)).map((row) => ({
    ...{ skuId, unit },
    ...row,
  }))
}

/** A unit may have a slash of its own; an id has none. */
function cutAtSlash(key: string): readonly string[] {
  const slash = key.indexOf('/')
  return slash < 0 ? [key] : [key.slice(0, slash), key.slice(slash + 1)]
}
