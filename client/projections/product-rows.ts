/** Products as lists, forms and scans show them: one row per SKU. */
import { categoryPath } from '#domain/masters/category.ts'
import { hasFlag, integerOf, type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { isBundle, isService, tracksOf } from '#domain/masters/product.ts'
import { skuName } from '#domain/masters/sku.ts'
import { unitPriceOf, unitsOf } from '#domain/masters/unit.ts'
import type { Page, ProductRow, QueryArgs, UnitRow } from '#client/engine/face/face.ts'
import { bundlesIn } from './makeable.ts'
import { canRead, type Reading, placesOf, todayOf, warehousesOf } from './reading.ts'

/** SKUs that one search may find. */
const limitFound = 2_000

export function productPage(reading: Reading, args: QueryArgs<'products'>): Page<ProductRow> {
  const ids = foundSkus(reading, args.search)
  const page = ids.slice(args.offset, args.offset + args.limit)
  const rows = page.flatMap((skuId) => productRow(reading, skuId) ?? [])
  return { total: ids.length, offset: args.offset, rows }
}

/** The SKUs of a search, best first; all of them without one. */
export function foundSkus(reading: Reading, search: string | undefined): readonly string[] {
  const text = search?.trim() ?? ''
  return text === '' ? reading.catalogue.ids() : reading.catalogue.search(text, limitFound)
}

export function productRow(reading: Reading, skuId: string): ProductRow | undefined {
  const { masters, stock } = reading.fold
  const sku = masters.get('sku', skuId)
  if (sku === undefined) return undefined
  const productId = textOf(sku, 'productId')
  const product = masters.get('product', productId) ?? {}
  const category = categoryPath(textOf(product, 'categoryId'), (id) => masters.get('category', id))
  const units = unitRows(reading, sku)
  return {
    skuId,
    productId,
    code: textOf(sku, 'code'),
    name: skuName(product, sku),
    specification: textOf(product, 'specification'),
    ...(category.length === 0 ? {} : { category: category.join(' / ') }),
    ...(textOf(product, 'brand') === '' ? {} : { brand: textOf(product, 'brand') }),
    baseUnit: textOf(sku, 'baseUnit'),
    units,
    barcodes: units.flatMap((unit) => unit.barcodes),
    ...prices(reading, sku),
    isDisabled: hasFlag(sku, 'isDisabled'),
    isService: isService(product),
    ...(isBundle(product) && { isBundle: true }),
    ...trackingOf(product),
    ...sizesOf(sku),
    onHand: placesOf(reading).reduce((sum, { id }) => sum + stock.balance(skuId, id), 0),
    available: warehousesOf(reading).reduce(
      (sum, { id }) => sum + availableIn(reading, skuId, id, product),
      0,
    ),
  }
}

function availableIn(
  reading: Reading,
  skuId: string,
  warehouseId: string,
  product: MasterFields,
): number {
  if (isBundle(product)) return bundlesIn(reading, skuId, warehouseId)
  return reading.fold.claims.figures(skuId, warehouseId, todayOf(reading)).available
}

export function productRowsById(
  reading: Reading,
  skuIds: Iterable<string>,
): Record<string, ProductRow> {
  const rows: Record<string, ProductRow> = {}
  for (const skuId of new Set(skuIds)) {
    const row = productRow(reading, skuId)
    if (row !== undefined) rows[skuId] = row
  }
  return rows
}

export function unitRows(reading: Reading, sku: MasterFields): UnitRow[] {
  const isPriced = canRead(reading, 'sales')
  return unitsOf(sku).map(({ name, factor, barcodes }) => {
    const price = isPriced ? unitPriceOf(sku, 'retailPrice', name) : undefined
    const { numerator, denominator } = factor
    return { name, numerator, denominator, barcodes, ...(price === undefined ? {} : { price }) }
  })
}

function trackingOf(product: MasterFields): Pick<ProductRow, 'tracking'> {
  const { batch, serial } = tracksOf(product)
  const [shelfLifeDays, nearExpiryDays] = ['shelfLifeDays', 'nearExpiryDays'].map((name) =>
    integerOf(product, name),
  )
  const isInspected = hasFlag(product, 'isInspected')
  const isPlain = !batch && !serial && !isInspected
  if (isPlain && shelfLifeDays === undefined) return {}
  return {
    tracking: {
      ...{ hasBatches: batch, hasSerials: serial, isInspected },
      ...(textOf(product, 'valuation') === 'batch' && { isByBatch: true }),
      ...(hasFlag(product, 'namesBatches') && { namesBatches: true }),
      ...(shelfLifeDays === undefined ? {} : { shelfLifeDays }),
      ...(nearExpiryDays === undefined ? {} : { nearExpiryDays }),
    },
  }
}

function sizesOf(sku: MasterFields): Pick<ProductRow, 'weight' | 'volume'> {
  const [weight, volume] = ['weight', 'volume'].map((name) => integerOf(sku, name))
  return {
    ...(weight === undefined ? {} : { weight }),
    ...(volume === undefined ? {} : { volume }),
  }
}

/** A device may hold prices that the person in front of it may not see. */
function prices(reading: Reading, sku: MasterFields): Partial<ProductRow> {
  const unit = textOf(sku, 'baseUnit')
  const own = {
    retailPrice: canRead(reading, 'sales') ? unitPriceOf(sku, 'retailPrice', unit) : undefined,
    wholesalePrice: canRead(reading, 'sales')
      ? unitPriceOf(sku, 'wholesalePrice', unit)
      : undefined,
    minimumPrice: canRead(reading, 'sales') ? unitPriceOf(sku, 'minimumPrice', unit) : undefined,
    purchasePrice: canRead(reading, 'buying')
      ? unitPriceOf(sku, 'referencePurchasePrice', unit)
      : undefined,
  }
  return Object.fromEntries(Object.entries(own).filter(([, price]) => price !== undefined))
}
