/** 期初库存导入: quantities and their cost for SKUs that exist, by code or barcode, per warehouse. */

import { asId, type WarehouseId } from '#domain/values/ids.ts'
import { limitMoney } from '#domain/values/limits.ts'
import { type Money, money, moneyDecimals, zeroMoney } from '#domain/values/money.ts'
import { type Quantity, zeroQuantity } from '#domain/values/quantity.ts'
import { done, type Result } from '#domain/values/result.ts'
import type { NamedUnit } from '#domain/values/unit.ts'
import {
  boundedPriceOf,
  type UnitPrice,
  unitPrice,
  unitPriceDecimals,
} from '#domain/values/unit-price.ts'
import { openingColumns } from './columns.ts'
import type { Sheet } from './decode.ts'
import { buildPlan, type ImportContext, type ImportPlan, type OpeningLine } from './import-plan.ts'
import type { ImportProblem } from './import-problem.ts'
import { type KnownSku, type KnownSkus, knownSkus } from './known-skus.ts'
import { makeWarehouses, nameKey, type Warehouses } from './named-masters.ts'
import { quantityOf } from './quantity-cell.ts'
import { type RowReader, readRow } from './row-reader.ts'
import { ignoredHeaders, readTable } from './table.ts'

type OpeningReader = RowReader<(typeof openingColumns)[number]['key']>

/** The plan of an opening-stock file; a failure when the sheet holds no such table. */
export function planOpening(
  sheet: Sheet,
  context: ImportContext,
): Result<ImportPlan, readonly ImportProblem[]> {
  const read = readTable(sheet, openingColumns)
  if (!read.ok) return read
  const table = read.value
  const builder = buildPlan()
  const known = knownSkus(context.masters)
  const warehouses = makeWarehouses(context, builder)
  for (const row of table.rows) {
    const reader = readRow(table, row)
    const warehouseId = readWarehouse(reader, warehouses, context.warehouseId)
    const line = readLine(reader, known, context.costWhenBlank)
    const additions = { quantities: [line?.quantity ?? zeroQuantity], values: [line?.value] }
    if (reader.problems.length === 0 && !builder.reserve(additions)) {
      reader.report('quantity', 'number-too-large')
    }
    if (reader.problems.length > 0 || line === undefined || warehouseId === undefined) {
      builder.reject(reader.problems)
      continue
    }
    if (line.quantity > 0) builder.open(warehouseId, line.stated)
    builder.accept()
  }
  const ignored = ignoredHeaders(table, openingColumns)
  return done(builder.finish({ rows: table.rows.length, ignored, notes: table.notes }))
}

/** A cell names a warehouse that exists: a slip of the pen must not make a new one [EXP5]. */
function readWarehouse(
  reader: OpeningReader,
  warehouses: Warehouses,
  otherwise: WarehouseId | undefined,
): WarehouseId | undefined {
  const name = reader.text('warehouse')
  if (name === '' && otherwise === undefined) reader.report('warehouse', 'warehouse-required')
  if (name === '') return otherwise
  if (warehouses.has(name)) return asId<WarehouseId>(warehouses.idOf(name))
  reader.report('warehouse', 'warehouse-unknown')
  return undefined
}

interface ReadLine {
  readonly quantity: Quantity
  /** What the line will be booked at. */
  readonly value: Money
  readonly stated: OpeningLine
}

function readLine(
  reader: OpeningReader,
  known: KnownSkus,
  blankCost: Money | undefined,
): ReadLine | undefined {
  const found = readSku(reader, known)
  const unit = found === undefined ? undefined : readUnit(reader, found)
  if (found === undefined || unit === undefined) return undefined
  const units = [unit, ...found.sku.units.filter(({ name }) => name !== unit.name)]
  const quantity = quantityOf(reader.cell('quantity'), units)
  if (!quantity.ok) {
    reader.report('quantity', quantity.problem.code)
    return undefined
  }
  const cost =
    quantity.value > 0 ? readCost(reader, quantity.value, unit, blankCost) : { value: zeroMoney }
  const isBase = unit.name === found.sku.units[0]?.name
  const stated: OpeningLine = {
    skuId: found.sku.skuId,
    quantity: quantity.value,
    ...(cost.price === undefined
      ? {}
      : { price: cost.price, ...(isBase ? {} : { unit: unit.name }) }),
    ...(cost.amount === undefined ? {} : { amount: cost.amount }),
  }
  return { quantity: quantity.value, value: cost.value, stated }
}

function readSku(
  reader: OpeningReader,
  known: KnownSkus,
): { sku: KnownSku; unit: string } | undefined {
  const code = reader.code('code')
  const barcode = reader.code('barcode')
  if (code === '' && barcode === '') reader.report('code', 'code-required')
  if (!code && !barcode) return undefined
  const byCode = code ? known.byCode(code) : undefined
  // Many shops call the barcode 编码: a code that is nobody's may be a barcode.
  const hits = known.byBarcode(barcode || code || '')
  const [hit] = hits
  const found = byCode === undefined ? hit : { sku: byCode, unit: '' }
  const column = code ? 'code' : 'barcode'
  if (found === undefined) reader.report(column, 'product-unknown')
  else if (byCode === undefined && hits.length > 1) reader.report(column, 'barcode-ambiguous')
  else if (found.sku.isService) reader.report(column, 'product-is-service')
  return found
}

/** The unit of the row: as stated, else the one that the barcode is printed on, else the base unit. */
function readUnit(
  reader: OpeningReader,
  { sku, unit }: { sku: KnownSku; unit: string },
): NamedUnit | undefined {
  const name = reader.text('unit') || unit
  if (name === '') return sku.units[0]
  const found = sku.units.find((each) => nameKey(each.name) === nameKey(name))
  if (found === undefined) reader.report('unit', 'unit-unknown')
  return found
}

interface Cost {
  readonly value: Money
  readonly price?: UnitPrice
  readonly amount?: Money
}

/**
 * [EXO2] By price where the file has one, else by amount; where it has both they agree to the fen.
 * [EXO3] A blank is not zero: zero is typed.
 */
function readCost(
  reader: OpeningReader,
  quantity: Quantity,
  { factor }: NamedUnit,
  blankCost: Money | undefined,
): Cost {
  const micro = reader.amount('price', unitPriceDecimals)
  const amount = readAmount(reader) ?? (micro === undefined ? blankCost : undefined)
  if (micro === undefined && amount === undefined) reader.report('price', 'cost-required')
  if (micro === undefined) return { value: amount ?? zeroMoney, amount: amount ?? zeroMoney }
  const price = unitPrice(micro)
  const value = boundedPriceOf(quantity, price, factor)
  if (value === undefined) reader.report('price', 'number-too-large')
  const difference = value === undefined || amount === undefined ? 0 : amount - value
  if (Math.abs(difference) > 1) reader.report('amount', 'amount-differs', { difference })
  return { value: value ?? zeroMoney, price }
}

function readAmount(reader: OpeningReader): Money | undefined {
  const fen = reader.amount('amount', moneyDecimals)
  if (fen === undefined || fen <= limitMoney) return fen === undefined ? undefined : money(fen)
  reader.report('amount', 'number-too-large')
  return undefined
}
