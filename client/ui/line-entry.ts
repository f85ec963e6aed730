/** The text of a cell, to show, to edit, to copy, and back to its value. One place per kind of column. */
import { type BusinessDate, businessDate, isBusinessDate } from '#domain/values/business-date.ts'
import type { Money } from '#domain/values/money.ts'
import type { Percent } from '#domain/values/percent.ts'
import type { Quantity } from '#domain/values/quantity.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import type { UnitPrice } from '#domain/values/unit-price.ts'
import { halfWidth } from '#domain/values/half-width.ts'
import { t } from '#client/text/translate.ts'
import {
  type EntryProblem,
  moneyEntry,
  percentEntry,
  priceEntry,
  quantityEntry,
  readMoney,
  readPercent,
  readPrice,
  readQuantity,
} from './figure-entry.ts'
import type { CellValue, LineColumn } from './line-columns.ts'

/** What stands in the input when a cell is edited, and what copying gives. */
export function entryText<Row>(
  column: LineColumn<Row>,
  row: Row | undefined,
  value: CellValue | undefined,
): string {
  if (value === undefined) return ''
  switch (column.kind) {
    case 'quantity':
      return quantityEntry(value as Quantity, column.units(row))
    case 'money':
      return moneyEntry(value as Money)
    case 'price':
      return priceEntry(value as UnitPrice)
    case 'percent':
      return percentEntry(value as Percent)
    case 'choice':
      return column.options(row).find((option) => option.value === value)?.label ?? String(value)
    case 'reference':
      return row === undefined ? '' : column.display(row)
    case 'text':
    case 'date':
    case 'computed':
      return String(value)
  }
}

/** The value of a typed text; undefined for an empty one. Not for what is taken from a list. */
export function readEntry<Row>(
  column: LineColumn<Row>,
  row: Row | undefined,
  text: string,
): Result<CellValue | undefined, EntryProblem> {
  if (text.trim() === '') return done(undefined)
  switch (column.kind) {
    case 'quantity':
      return readQuantity(text, column.units(row))
    case 'money':
      return readMoney(text)
    case 'price':
      return readPrice(text)
    case 'percent':
      return readPercent(text)
    case 'date':
      return readDate(text)
    case 'text':
    case 'choice':
    case 'reference':
    case 'computed':
      return done(text.trim())
  }
}

/** `2026-11-22`, `2026/11/22`, `20261122`. */
function readDate(text: string): Result<BusinessDate, EntryProblem> {
  const plain = halfWidth(text).trim().replace(/[/.]/g, '-')
  const dashed = /^\d{8}$/.test(plain)
    ? `${plain.slice(0, 4)}-${plain.slice(4, 6)}-${plain.slice(6)}`
    : plain
  return isBusinessDate(dashed)
    ? done(businessDate(dashed))
    : fail({ message: t('field.dateExample') })
}

/** Rows and cells of a text copied from a spreadsheet; undefined when it is a single value. */
export function pastedCells(text: string): string[][] | undefined {
  if (!/[\t\n]/.test(text.trimEnd())) return undefined
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()))
}
