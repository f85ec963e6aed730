/** 一品多码: which SKU and unit a barcode means. Two answers are a conflict for a person to decide. */

import type { SkuId } from '#domain/values/ids.ts'
import { barcodeKey } from './barcode.ts'

export interface BarcodeHit {
  readonly skuId: SkuId
  /** Name of the unit that the barcode is printed on. */
  readonly unit: string
}

export interface BarcodeIndex {
  /** Replaces all barcodes of the SKU. */
  put(skuId: SkuId, bindings: readonly { barcode: string; unit: string }[]): void
  remove(skuId: SkuId): void
  /** All meanings of a scanned or typed barcode in order of SKU id; more than one is a conflict. */
  lookUp(barcode: string): readonly BarcodeHit[]
}

export function makeBarcodeIndex(): BarcodeIndex {
  const hitsByKey = new Map<string, BarcodeHit[]>()
  const keysBySku = new Map<SkuId, readonly string[]>()

  function remove(skuId: SkuId): void {
    for (const key of keysBySku.get(skuId) ?? []) {
      const left = (hitsByKey.get(key) ?? []).filter((hit) => hit.skuId !== skuId)
      if (left.length === 0) hitsByKey.delete(key)
      else hitsByKey.set(key, left)
    }
    keysBySku.delete(skuId)
  }

  function put(skuId: SkuId, bindings: readonly { barcode: string; unit: string }[]): void {
    remove(skuId)
    const keys = bindings.map(({ barcode }) => barcodeKey(barcode))
    for (const [i, { unit }] of bindings.entries()) {
      const key = keys[i] ?? ''
      const hits = [...(hitsByKey.get(key) ?? []), { skuId, unit }]
      hitsByKey.set(
        key,
        hits.sort((a, b) => (a.skuId < b.skuId ? -1 : 1)),
      )
    }
    keysBySku.set(skuId, keys)
  }

  function lookUp(barcode: string): readonly BarcodeHit[] {
    return hitsByKey.get(barcodeKey(barcode)) ?? []
  }

  return { put, remove, lookUp }
}
