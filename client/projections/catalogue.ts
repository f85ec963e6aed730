/**
 * Finding products: the search index, the barcode index and the order of the product list, kept current
 * with the masters. Built when first asked, because a till that only scans never lists 50,000 products.
 */
import type { EntityName } from '#domain/masters/entity.ts'
import {
  type BarcodeHit,
  type BarcodeIndex,
  makeBarcodeIndex,
} from '#domain/masters/barcode-index.ts'
import { hasFlag, type MasterFields, textOf } from '#domain/masters/master-field.ts'
import {
  makeProductSearch,
  type ProductSearch,
  searchTextsOf,
} from '#domain/masters/product-search.ts'
import { unitsOf } from '#domain/masters/unit.ts'
import type { SkuId } from '#domain/values/ids.ts'

/** The part of the fold's masters that the catalogue reads. */
export interface CatalogueMasters {
  get(entity: EntityName, id: string): MasterFields | undefined
  list(entity: EntityName): Iterable<{ readonly id: string; readonly fields: MasterFields }>
}

export type ChangedMasters = ReadonlyMap<EntityName, ReadonlySet<string>>

export interface Catalogue {
  /** SKUs by rank of the match, at most `limit`. */
  search(text: string, limit: number): readonly string[]
  /** What a barcode is printed on; more than one is a conflict. */
  scan(barcode: string): readonly BarcodeHit[]
  /** The SKU with exactly this code; of several the first by id. */
  byCode(code: string): string | undefined
  /** All SKUs: those in use first, by code. */
  ids(): readonly string[]
  refresh(changed: ChangedMasters): void
}

interface Index {
  readonly search: ProductSearch
  readonly barcodes: BarcodeIndex
  readonly skusByProduct: Map<string, Set<string>>
  readonly skusByCode: Map<string, Set<string>>
  readonly codeBySku: Map<string, string>
  order: readonly string[] | undefined
}

export function makeCatalogue(masters: CatalogueMasters): Catalogue {
  let built: Index | undefined

  function index(): Index {
    if (built !== undefined) return built
    built = {
      search: makeProductSearch(),
      barcodes: makeBarcodeIndex(),
      skusByProduct: new Map(),
      skusByCode: new Map(),
      codeBySku: new Map(),
      order: undefined,
    }
    for (const { id, fields } of masters.list('sku')) put(built, id, fields)
    return built
  }

  function put(into: Index, skuId: string, fields: MasterFields): void {
    const id = skuId as SkuId
    const productId = textOf(fields, 'productId')
    into.search.put(id, searchTextsOf(masters.get('product', productId) ?? {}, fields))
    const bindings = unitsOf(fields).flatMap(({ name, barcodes }) =>
      barcodes.map((barcode) => ({ barcode, unit: name })),
    )
    into.barcodes.put(id, bindings)
    addTo(into.skusByProduct, productId, skuId)
    const code = codeKey(textOf(fields, 'code'))
    const before = into.codeBySku.get(skuId)
    if (before !== code) {
      if (before !== undefined) into.skusByCode.get(before)?.delete(skuId)
      addTo(into.skusByCode, code, skuId)
      into.codeBySku.set(skuId, code)
    }
  }

  function ordered(into: Index): readonly string[] {
    const rows = [...masters.list('sku')].map(({ id, fields }) => ({
      id,
      isDisabled: hasFlag(fields, 'isDisabled'),
      code: textOf(fields, 'code'),
    }))
    rows.sort((one, other) => {
      if (one.isDisabled !== other.isDisabled) return one.isDisabled ? 1 : -1
      if (one.code !== other.code) return one.code < other.code ? -1 : 1
      return one.id < other.id ? -1 : 1
    })
    into.order = rows.map((row) => row.id)
    return into.order
  }

  return {
    search: (text, limit) =>
      index()
        .search.search(text, limit)
        .map((hit) => hit.skuId),
    scan: (barcode) => index().barcodes.lookUp(barcode),
    byCode: (code) => [...(index().skusByCode.get(codeKey(code)) ?? [])].sort()[0],
    ids: () => index().order ?? ordered(index()),
    refresh(changed) {
      if (built === undefined) return
      const skus = new Set(changed.get('sku'))
      for (const product of changed.get('product') ?? []) {
        for (const sku of built.skusByProduct.get(product) ?? []) skus.add(sku)
      }
      for (const sku of skus) {
        const fields = masters.get('sku', sku)
        if (fields !== undefined) put(built, sku, fields)
      }
      if (skus.size > 0) built.order = undefined
    },
  }
}

function codeKey(code: string): string {
  return code.trim().toLowerCase()
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, new Set([value]))
  else values.add(value)
}
