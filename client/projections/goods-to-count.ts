/**
 * What there is to be counted in a warehouse: goods as the book has them, a row for each batch, bin and status, in the
 * order of the catalogue; and what a count has not listed of the goods that it counts.
 */
import type { CountScope, GoodsCursor, UnlistedGoods } from '#client/engine/face/face.ts'
import { serialsOf } from '#domain/doctype/goods-fields.ts'
import type { CellRow } from '#domain/fold/cell-rows.ts'
import { hasFlag, type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { isService, tracksOf } from '#domain/masters/product.ts'
import { productRow } from './product-rows.ts'
import { nameOf, type Reading } from './reading.ts'

/** Fields of a line that name goods and count nothing. */
export interface GoodsToCount {
  readonly skuId: string
  readonly batch?: string
  readonly binId?: string
  readonly status?: string
}

export interface AskedGoods {
  readonly warehouseId: string
  readonly scope: CountScope
  /** Goods of which the book has none, too. */
  readonly withEmpty: boolean
  /** Rows at most. */
  readonly limit: number
  readonly after?: GoodsCursor
  isListed(goods: GoodsToCount): boolean
}

export interface FoundGoods {
  readonly rows: readonly GoodsToCount[]
  /** Where to go on; left out at the end. */
  readonly next?: GoodsCursor
  /** 0..1 of the catalogue is done. */
  readonly share: number
}

/** More rows than this are only counted. */
const limitUnlisted = 200

/** [SCT11] From `after` on, as many as are asked for. */
export function goodsToCount(reading: Reading, asked: AskedGoods): FoundGoods {
  const rows: GoodsToCount[] = []
  for (const { row, at } of rowsFrom(reading, asked)) {
    if (asked.isListed(row)) continue
    if (rows.length === asked.limit) {
      return { rows, next: at, share: at.place / reading.catalogue.ids().length }
    }
    rows.push(row)
  }
  return { rows, share: 1 }
}

function* rowsFrom(
  reading: Reading,
  asked: AskedGoods,
): Generator<{ readonly row: GoodsToCount; readonly at: GoodsCursor }> {
  const { after = { place: 0, rows: 0 }, scope } = asked
  const isIn = scopeOf(reading, scope)
  for (const [place, skuId] of reading.catalogue.ids().entries()) {
    if (place < after.place || !isIn(skuId)) continue
    for (const [done, row] of rowsOfSku(reading, skuId, asked).entries()) {
      if (place === after.place && done < after.rows) continue
      yield { row, at: { place, rows: done } }
    }
  }
}

/** [SCT12] Batches and pieces that the book has of goods on the count, in its warehouse, and no line names. */
export function unlistedGoods(
  reading: Reading,
  warehouseId: string,
  lines: readonly Readonly<Record<string, unknown>>[],
): { readonly total: number; readonly rows: readonly UnlistedGoods[] } {
  const skus = new Set(lines.map((line) => textIn(line, 'skuId')).filter((id) => id !== ''))
  const listed = new Set(
    lines.map((line) => batchKey(textIn(line, 'skuId'), textIn(line, 'batch'))),
  )
  const pieces = new Set(
    lines.flatMap((line) =>
      serialsOf(line['serials'] as string | undefined).map((each) =>
        batchKey(textIn(line, 'skuId'), each),
      ),
    ),
  )
  const missing = [...skus].flatMap((skuId) =>
    reading.fold.stock.cells(skuId, warehouseId).filter(({ batch, serial, quantity }) => {
      if (quantity <= 0) return false
      if (serial !== undefined) return !pieces.has(batchKey(skuId, serial))
      return batch !== undefined && !listed.has(batchKey(skuId, batch))
    }),
  )
  const rows = missing.slice(0, limitUnlisted).map((cell) => unlistedRow(reading, cell))
  return { total: missing.length, rows }
}

function unlistedRow(reading: Reading, { sku, quantity, serial, ...cell }: CellRow): UnlistedGoods {
  return {
    ...fieldsOf({ sku, ...cell }),
    name: productRow(reading, sku)?.name ?? nameOf(reading, 'sku', sku),
    quantity,
    ...(serial !== undefined && { serial }),
  }
}

/** Pieces are read one by one: their SKU is listed, their numbers are not. */
function rowsOfSku(
  reading: Reading,
  skuId: string,
  { warehouseId, withEmpty }: AskedGoods,
): readonly GoodsToCount[] {
  const { masters, stock } = reading.fold
  const sku = masters.get('sku', skuId) ?? {}
  const product = productOf(reading, sku)
  if (isService(product) || hasFlag(product, 'isBundle')) return []
  const tracks = tracksOf(product)
  const cells = stock.cells(skuId, warehouseId)
  // What has no number although it should is another finding; a count could only ask for the number.
  const held = cells.filter(({ batch }) => !tracks.batch || batch !== undefined)
  if (held.length > 0) return distinct(held.map(fieldsOf))
  return withEmpty && !tracks.batch && !hasFlag(sku, 'isDisabled') ? [{ skuId }] : []
}

function fieldsOf({ sku, batch, bin, status }: Pick<CellRow, 'sku' | 'batch' | 'bin' | 'status'>) {
  return {
    skuId: sku,
    ...(batch !== undefined && { batch }),
    ...(bin !== undefined && { binId: bin }),
    ...(status !== undefined && { status }),
  }
}

function distinct(rows: readonly GoodsToCount[]): readonly GoodsToCount[] {
  return [...new Map(rows.map((row) => [goodsKey({ ...row }), row])).values()]
}

/** Equal for lines that count the same goods. */
export function goodsKey(line: Readonly<Record<string, unknown>>): string {
  const [skuId, batch, binId, status] = ['skuId', 'batch', 'binId', 'status'].map((name) =>
    textIn(line, name),
  )
  return [skuId, batch, binId, status === 'good' ? '' : status].join('|')
}

function scopeOf(reading: Reading, scope: CountScope): (skuId: string) => boolean {
  const { masters, stock } = reading.fold
  const product = (skuId: string) => productOf(reading, masters.get('sku', skuId) ?? {})
  switch (scope.kind) {
    case 'all':
      return () => true
    case 'brand':
      return (skuId) => textOf(product(skuId), 'brand') === scope.text
    case 'category':
      return (skuId) => isUnder(reading, textOf(product(skuId), 'categoryId'), scope.text)
    case 'bin':
      return (skuId) => stock.cells(skuId).some(({ bin }) => bin === scope.text)
  }
}

function isUnder({ fold }: Reading, category: string, wanted: string): boolean {
  const seen = new Set<string>()
  let at = category
  while (at !== '' && at !== wanted && !seen.has(at)) {
    seen.add(at)
    at = textOf(fold.masters.get('category', at) ?? {}, 'parentId')
  }
  return at === wanted
}

function productOf({ fold }: Reading, sku: MasterFields): MasterFields {
  return fold.masters.get('product', textOf(sku, 'productId')) ?? {}
}

function batchKey(skuId: string, number: string): string {
  return `${skuId}|${number}`
}

function textIn(line: Readonly<Record<string, unknown>>, name: string): string {
  const value = line[name]
  return typeof value === 'string' ? value : ''
}
