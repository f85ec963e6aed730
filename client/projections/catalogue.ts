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

export function makeCatalogue(masters: CatalogueMasters): Catalogue {
  let built: CatalogueIndex | undefined
  const index = () => {
    built ??= new CatalogueIndex(masters)
    return built
  }
  let order: readonly string[] | undefined
  return {
    search: (text, limit) =>
      index()
        .products.search(text, limit)
        .map((hit) => hit.skuId),
    scan: (barcode) => index().barcodes.lookUp(barcode),
    byCode: (code) => index().skuOfCode(code),
    ids() {
      order ??= orderOf(masters)
      return order
    },
    refresh(changed) {
      if (changed.has('sku')) order = undefined
      built?.refresh(changed)
    },
  }
}

class CatalogueIndex {
  readonly products: ProductSearch = makeProductSearch()
  readonly barcodes: BarcodeIndex = makeBarcodeIndex()
  readonly #masters: CatalogueMasters
  readonly #skusByProduct = new Map<string, Set<string>>()
  readonly #skusByCode = new Map<string, Set<string>>()
  readonly #codeBySku = new Map<string, string>()

  constructor(masters: CatalogueMasters) {
    this.#masters = masters
    for (const { id, fields } of masters.list('sku')) this.#put(id, fields)
  }

  #put(skuId: string, fields: MasterFields): void {
    const id = skuId as SkuId
    const productId = textOf(fields, 'productId')
    const product = this.#masters.get('product', productId) ?? {}
    const bindings = unitsOf(fields).flatMap(({ name, barcodes }) =>
      barcodes.map((barcode) => ({ barcode, unit: name })),
    )
    this.products.put(id, searchTextsOf(product, fields))
    this.barcodes.put(id, bindings)
    addTo(this.#skusByProduct, productId, skuId)
    this.#putCode(skuId, codeKey(textOf(fields, 'code')))
  }

  #putCode(skuId: string, code: string): void {
    const before = this.#codeBySku.get(skuId)
    if (before === code) return
    if (before !== undefined) this.#skusByCode.get(before)?.delete(skuId)
    addTo(this.#skusByCode, code, skuId)
    this.#codeBySku.set(skuId, code)
  }

  skuOfCode(code: string): string | undefined {
    return [...(this.#skusByCode.get(codeKey(code)) ?? [])].sort()[0]
  }

  refresh(changed: ChangedMasters): void {
    const skus = new Set(changed.get('sku'))
    for (const product of changed.get('product') ?? []) {
      for (const sku of this.#skusByProduct.get(product) ?? []) skus.add(sku)
    }
    for (const sku of skus) this.#put(sku, this.#masters.get('sku', sku) ?? {})
  }
}

/** Without the indexes for finding: a list is often shown long before anybody searches. */
function orderOf(masters: CatalogueMasters): readonly string[] {
  return [...masters.list('sku')]
    .map(({ id, fields }) => ({
      id,
      rank: hasFlag(fields, 'isDisabled') ? 1 : 0,
      code: textOf(fields, 'code'),
    }))
    .sort(
      (one, other) =>
        one.rank - other.rank ||
        compareTexts(one.code, other.code) ||
        compareTexts(one.id, other.id),
    )
    .map((row) => row.id)
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

function codeKey(code: string): string {
  return code.trim().toLowerCase()
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, new Set([value]))
  else values.add(value)
}
