/** One row of a product file as values of a product and its SKU, whatever system wrote it. */

import { checkChange } from '#domain/masters/entities.ts'
import type { MasterFields } from '#domain/masters/master-field.ts'
import { isUnitName, type UnitEntry } from '#domain/masters/unit.ts'
import type { Json } from '#domain/values/canonical-text.ts'
import { limitUnitFactor } from '#domain/values/limits.ts'
import { type Quantity, quantity, quantityDecimals } from '#domain/values/quantity.ts'
import { baseFactor, factorOf, isUnitFactor, type NamedUnit } from '#domain/values/unit.ts'
import { type UnitPrice, unitPrice, unitPriceDecimals } from '#domain/values/unit-price.ts'
import type { productColumns } from './columns.ts'
import { quantityOf } from './quantity-cell.ts'
import type { RowReader } from './row-reader.ts'
import type { UnknownColumn } from './table.ts'

export type ProductKey = (typeof productColumns)[number]['key']
type ProductReader = RowReader<ProductKey>

export interface ProductRow {
  readonly row: number
  /** Code of the SKU; the barcode where the file has no codes. */
  readonly code: string
  /** Fields of the product, without code and category. */
  readonly product: MasterFields
  /** Fields of the SKU, without code, product and barcodes. */
  readonly sku: MasterFields
  readonly isService: boolean
  readonly barcodes: readonly {
    readonly key: 'barcode' | 'packBarcode'
    readonly barcode: string
    readonly unit: string
  }[]
  /** Names from the root down. */
  readonly category: readonly string[]
  /** Values of the option axes; empty for a product with one SKU. */
  readonly options: readonly string[]
  readonly purchasePrice: UnitPrice | undefined
  /** Quantities above zero by the header of their warehouse column. */
  readonly opening: readonly { readonly header: string; readonly quantity: Quantity }[]
}

/** Problems go to `reader`; a row with any is not to be used. */
export function readProductRow(
  reader: ProductReader,
  warehouseColumns: readonly UnknownColumn[],
): ProductRow {
  const units = readUnits(reader)
  const purchasePrice = reader.amount('purchasePrice', unitPriceDecimals)
  const kind = readKind(reader)
  const barcode = reader.code('barcode')
  const barcodes = readBarcodes(reader, barcode, units)
  const code = reader.code('code')
  if (code === '' && barcode === '') reader.report('code', 'code-required')
  const row: ProductRow = {
    row: reader.row.row,
    code: code || barcode || '',
    product: readProduct(reader, kind),
    sku: readSku(reader, units, purchasePrice),
    isService: kind === 'service',
    barcodes,
    category: partsOf(reader.text('category'), /[/\\>＞]/),
    options: partsOf(reader.text('options'), /[,，、;；]/),
    purchasePrice: purchasePrice === undefined ? undefined : unitPrice(purchasePrice),
    opening: readOpening(reader, warehouseColumns, units),
  }
  if (reader.yesOrNo('serial', false) && reader.yesOrNo('batch', false)) {
    reader.report('batch', 'serial-and-batch')
  }
  if (row.isService && row.opening.length > 0) {
    reader.reportAt(row.opening[0]?.header ?? '', 'product-is-service', '')
  }
  checkRow(reader, row)
  return row
}

function partsOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function readProduct(reader: ProductReader, kind: string): MasterFields {
  const name = reader.text('name')
  if (name === '') reader.report('name', 'required')
  const specification = [reader.text('specification'), reader.text('model'), reader.text('color')]
  return filled({
    name,
    initials: reader.text('initials'),
    specification: specification.filter((part) => part !== '').join(' '),
    brand: reader.text('brand'),
    kind,
    shelfLifeDays: reader.amount('shelfLifeDays', 0) || '',
    manufacturer: reader.text('manufacturer'),
    note: reader.text('note'),
    isDisabled: reader.yesOrNo('status', true) ? '' : 1,
  })
}

function readSku(
  reader: ProductReader,
  units: readonly NamedUnit[],
  purchasePrice: number | undefined,
): MasterFields {
  const others = units.slice(1).map(({ name, factor }): UnitEntry => ({ name, ...factor }))
  return filled({
    baseUnit: units[0]?.name ?? '',
    units: others.length > 0 ? others.map((entry) => ({ ...entry })) : '',
    retailPrice: reader.amount('retailPrice', unitPriceDecimals) ?? '',
    wholesalePrice: reader.amount('wholesalePrice', unitPriceDecimals) ?? '',
    minimumPrice: reader.amount('minimumPrice', unitPriceDecimals) ?? '',
    referencePurchasePrice: purchasePrice ?? '',
  })
}

function filled(fields: Readonly<Record<string, Json>>): MasterFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

/** The base unit, and the greater one when the row has it: 副单位 with its 比例. */
function readUnits(reader: ProductReader): NamedUnit[] {
  const name = reader.text('baseUnit')
  if (name === '') reader.report('baseUnit', 'required')
  else if (!isUnitName(name)) reader.report('baseUnit', 'unit-malformed')
  const base = { name, factor: baseFactor }
  const packName = reader.text('packUnit')
  const size = reader.amount('packSize', quantityDecimals)
  if (packName === '' && size === undefined) return [base]
  if (packName === '' || !size) {
    reader.report(packName === '' ? 'packUnit' : 'packSize', 'pack-incomplete')
    return [base]
  }
  if (!isUnitName(packName)) reader.report('packUnit', 'unit-malformed')
  if (packName === name) reader.report('packUnit', 'unit-repeated')
  const factor = factorOf(quantity(size))
  if (!isUnitFactor(factor)) reader.report('packSize', 'out-of-range', { limit: limitUnitFactor })
  return isUnitFactor(factor) ? [base, { name: packName, factor }] : [base]
}

const kinds: Readonly<Record<string, string>> = {
  '': '',
  库存商品: '',
  商品: '',
  普通商品: '',
  stock: '',
  服务: 'service',
  服务商品: 'service',
  service: 'service',
}

function readKind(reader: ProductReader): string {
  const word = reader.text('kind').toLowerCase()
  if (Object.hasOwn(kinds, word)) return kinds[word] ?? ''
  reader.report('kind', 'kind-unknown')
  return ''
}

function readBarcodes(
  reader: ProductReader,
  own: string | undefined,
  units: readonly NamedUnit[],
): ProductRow['barcodes'] {
  const pack = reader.code('packBarcode') ?? ''
  const [base, greater] = units
  if (pack !== '' && greater === undefined) reader.report('packBarcode', 'pack-incomplete')
  const barcodes = [
    { key: 'barcode' as const, barcode: own ?? '', unit: base?.name ?? '' },
    { key: 'packBarcode' as const, barcode: pack, unit: greater?.name ?? '' },
  ]
  return barcodes.filter(({ barcode }) => barcode !== '')
}

function readOpening(
  reader: ProductReader,
  columns: readonly UnknownColumn[],
  units: readonly NamedUnit[],
): ProductRow['opening'] {
  return columns.flatMap(({ header, index }) => {
    const cell = (reader.row.cells[index] ?? '').trim()
    const read = quantityOf(cell, units)
    if (!read.ok) reader.reportAt(header, read.problem.code, cell)
    return read.ok && read.value > 0 ? [{ header, quantity: read.value }] : []
  })
}

/** What the masters themselves object to, as a problem of the row. */
function checkRow(reader: ProductReader, row: ProductRow): void {
  if (reader.problems.length > 0) return
  const problems = [
    ...checkChange({ entity: 'product', id: '', fields: row.product }),
    ...checkChange({ entity: 'sku', id: '', fields: row.sku }),
  ]
  for (const { field } of problems) reader.reportAt(field, 'out-of-range', '')
}
