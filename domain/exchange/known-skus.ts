/** SKUs that exist, by the codes and barcodes under which files refer to them. */

import { makeBarcodeIndex } from '#domain/masters/barcode-index.ts'
import { codeKey } from '#domain/masters/code.ts'
import { type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { isService } from '#domain/masters/product.ts'
import { type SkuUnit, unitsOf } from '#domain/masters/unit.ts'
import { asId, type SkuId } from '#domain/values/ids.ts'
import type { MasterSource } from './import-plan.ts'

export interface KnownSku {
  readonly skuId: SkuId
  /** The base unit first. */
  readonly units: readonly SkuUnit[]
  readonly isService: boolean
}

export interface KnownSkus {
  byCode(code: string): KnownSku | undefined
  /** All SKUs that a barcode may mean, each with the unit it is printed on. */
  byBarcode(barcode: string): readonly { readonly sku: KnownSku; readonly unit: string }[]
}

export function knownSkus(masters: MasterSource): KnownSkus {
  const productById = new Map<string, MasterFields>()
  for (const { id, fields } of masters.list('product')) productById.set(id, fields)
  const skuById = new Map<SkuId, KnownSku>()
  const skuByCode = new Map<string, KnownSku>()
  const barcodes = makeBarcodeIndex()
  for (const { id, fields } of masters.list('sku')) {
    const skuId = asId<SkuId>(id)
    const units = unitsOf(fields)
    const product = productById.get(textOf(fields, 'productId')) ?? {}
    const known = { skuId, units, isService: isService(product) }
    skuById.set(skuId, known)
    skuByCode.set(codeKey(textOf(fields, 'code')), known)
    barcodes.put(
      skuId,
      units.flatMap((unit) => unit.barcodes.map((barcode) => ({ barcode, unit: unit.name }))),
    )
  }
  return {
    byCode: (code) => skuByCode.get(codeKey(code)),
    byBarcode: (barcode) =>
      barcodes.lookUp(barcode).flatMap(({ skuId, unit }) => {
        const sku = skuById.get(skuId)
        return sku === undefined ? [] : [{ sku, unit }]
      }),
  }
}

/** The row of a file in which a code, barcode or name stood first. */
export interface RowsByKey {
  /** The row that had `key` before; undefined, and from now on `row`, when it is new. */
  firstRow(key: string, row: number): number | undefined
}

export function makeRowsByKey(): RowsByKey {
  const rowByKey = new Map<string, number>()
  return {
    firstRow(key, row) {
      const before = rowByKey.get(key)
      if (before === undefined) rowByKey.set(key, row)
      return before
    },
  }
}
