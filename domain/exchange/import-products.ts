/**
 * 商品导入: products with units, barcodes, prices and opening stock per warehouse column. Takes our own
 * template and the goods template of jshERP. Only adds: what exists already is a problem of its row.
 */

import { barcodeKey } from '#domain/masters/barcode.ts'
import { codeKey } from '#domain/masters/code.ts'
import { familyName, type MasterFields, textOf } from '#domain/masters/master-field.ts'
import { oneSkuChanges } from '#domain/masters/product-form.ts'
import { asId, type ProductId, type SkuId } from '#domain/values/ids.ts'
import { zeroMoney } from '#domain/values/money.ts'
import { done, type Result } from '#domain/values/result.ts'
import { boundedPriceOf } from '#domain/values/unit-price.ts'
import { headerKey, productColumns } from './columns.ts'
import type { Sheet } from './decode.ts'
import { buildPlan, type ImportContext, type ImportPlan, type PlanBuilder } from './import-plan.ts'
import type { ImportProblem } from './import-problem.ts'
import { type KnownSkus, knownSkus, makeRowsByKey, type RowsByKey } from './known-skus.ts'
import {
  type Categories,
  makeCategories,
  makeWarehouses,
  type Warehouses,
} from './named-masters.ts'
import { type ProductKey, type ProductRow, readProductRow } from './product-row.ts'
import { type RowReader, readRow } from './row-reader.ts'
import { ignoredHeaders, readTable, type Table, type UnknownColumn } from './table.ts'
import { makeVariants, type Variants } from './variants.ts'

/** The plan of a product file; a failure when the sheet holds no product table at all. */
export function planProducts(
  sheet: Sheet,
  context: ImportContext,
): Result<ImportPlan, readonly ImportProblem[]> {
  const read = readTable(sheet, productColumns)
  if (!read.ok) return read
  const table = read.value
  const work = startWork(context)
  const warehouseColumns = warehouseColumnsOf(table, work.warehouses)
  for (const row of table.rows) {
    const reader = readRow(table, row)
    const product = readProductRow(reader, warehouseColumns)
    checkRow(work, reader, product)
    if (reader.problems.length > 0) work.builder.reject(reader.problems)
    else addRow(work, product)
  }
  for (const change of work.variants.products()) work.builder.change(change)
  const ignored = ignoredHeaders(table, productColumns, warehouseColumns)
  return done(work.builder.finish({ rows: table.rows.length, ignored, notes: table.notes }))
}

interface Work {
  readonly context: ImportContext
  readonly builder: PlanBuilder
  readonly known: KnownSkus
  readonly codes: RowsByKey
  readonly barcodes: RowsByKey
  readonly categories: Categories
  readonly warehouses: Warehouses
  readonly variants: Variants
}

function startWork(context: ImportContext): Work {
  const builder = buildPlan()
  return {
    context,
    builder,
    known: knownSkus(context.masters),
    codes: makeRowsByKey(),
    barcodes: makeRowsByKey(),
    categories: makeCategories(context, builder),
    warehouses: makeWarehouses(context, builder),
    variants: makeVariants(() => context.ids()),
  }
}

const openingPrefix = /^(期初库存|期初数量|期初|库存|opening)[:：]\s*/i

/**
 * Which unknown columns hold opening stock: those named after a warehouse that exists, '期初:总仓', and
 * in jshERP's template all behind 备注, whose headers are warehouse names by its own rule [EXP4].
 */
function warehouseColumnsOf(table: Table<ProductKey>, warehouses: Warehouses): UnknownColumn[] {
  const isJshErp = headerKey(table.headerOf('barcode')) === '基本条码'
  const afterNote = isJshErp && table.has('note') ? table.indexOf('note') : Number.POSITIVE_INFINITY
  return table.unknown.flatMap(({ header, index }) => {
    const name = header.replace(openingPrefix, '')
    const isWarehouse = name !== header || warehouses.has(name) || index > afterNote
    return isWarehouse && name !== '' ? [{ header: name, index }] : []
  })
}

/** [EXP2] Codes and barcodes that exist or stood in an earlier row; variants that cannot be; totals. */
function checkRow(work: Work, reader: RowReader<ProductKey>, product: ProductRow): void {
  checkBarcodes(work, reader, product)
  checkCode(work, reader, product)
  if (reader.problems.length > 0) return
  const variantProblem = product.options.length > 0 ? work.variants.check(product) : undefined
  if (variantProblem !== undefined) reader.report('options', variantProblem)
  else if (isCostMissing(work, product)) reader.report('purchasePrice', 'cost-required')
  else if (!reserveOpening(work, product)) reader.report('purchasePrice', 'number-too-large')
}

/** [EXO3] A blank cost is not zero: zero is typed. */
function isCostMissing({ context }: Work, { opening, purchasePrice }: ProductRow): boolean {
  return opening.length > 0 && purchasePrice === undefined && context.costWhenBlank === undefined
}

function checkBarcodes(work: Work, reader: RowReader<ProductKey>, product: ProductRow): void {
  for (const { key, barcode } of product.barcodes) {
    const firstRow = work.barcodes.firstRow(barcodeKey(barcode), product.row)
    if (firstRow !== undefined) reader.report(key, 'barcode-repeated', { firstRow })
    if (work.known.byBarcode(barcode).length > 0) reader.report(key, 'barcode-exists')
  }
}

function checkCode(work: Work, reader: RowReader<ProductKey>, { row, code }: ProductRow): void {
  if (code === '') return
  const firstRow = work.codes.firstRow(codeKey(code), row)
  const isOwn = reader.cell('code') !== ''
  // A barcode that stands in for the code has been reported as barcode.
  if (!isOwn && reader.problems.length > 0) return
  const column = isOwn ? 'code' : 'barcode'
  if (firstRow !== undefined) reader.report(column, 'code-repeated', { firstRow })
  if (work.known.byCode(code) !== undefined) reader.report(column, 'code-exists')
}

function reserveOpening(
  { builder, context }: Work,
  { opening, purchasePrice }: ProductRow,
): boolean {
  const quantities = opening.map(({ quantity }) => quantity)
  const values = quantities.map((each) =>
    purchasePrice === undefined ? context.costWhenBlank : boundedPriceOf(each, purchasePrice),
  )
  return builder.reserve({ quantities, values })
}

function addRow(work: Work, product: ProductRow): void {
  const { context, builder } = work
  const skuId = asId<SkuId>(context.ids())
  const barcodes = product.barcodes.map(({ barcode, unit }) => [
    familyName('barcode', barcode),
    unit,
  ])
  const sku = { ...product.sku, ...Object.fromEntries(barcodes) }
  const fields = productFieldsOf(work, product)
  if (product.options.length === 0) {
    const ids = { productId: asId<ProductId>(context.ids()), skuId }
    const values = { ...fields, ...sku, code: product.code }
    for (const change of oneSkuChanges(ids, values)) builder.change(change)
  } else {
    const productId = work.variants.add(product, fields)
    const own = { productId, code: product.code, options: [...product.options] }
    builder.change({ entity: 'sku', id: skuId, fields: { ...sku, ...own } })
  }
  for (const { header, quantity } of product.opening) {
    const { purchasePrice: price } = product
    const cost = price === undefined ? { amount: context.costWhenBlank ?? zeroMoney } : { price }
    builder.open(work.warehouses.idOf(header), { skuId, quantity, ...cost })
  }
  builder.accept()
}

function productFieldsOf(
  { context, categories }: Work,
  { product, category }: ProductRow,
): MasterFields {
  const categoryId = categories.idOf(category)
  const initials = textOf(product, 'initials') || context.initialsOf(textOf(product, 'name'))
  return {
    ...product,
    ...(initials === '' ? {} : { initials }),
    ...(categoryId === undefined ? {} : { categoryId }),
  }
}
