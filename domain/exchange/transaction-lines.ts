/**
 * Sales history of another system, line by line: what each line was (sale, return, loss, gift, book
 * entry) is told from invoice, quantity and price alone. Knows no documents.
 */

import { codeKey } from '#domain/masters/code.ts'
import { type BusinessDate, startOf } from '#domain/values/business-date.ts'
import { type Instant, instant } from '#domain/values/instant.ts'
import { limitQuantity, limitUnitPrice } from '#domain/values/limits.ts'
import { type Quantity, quantity, quantityDecimals } from '#domain/values/quantity.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { type UnitPrice, unitPrice, unitPriceDecimals } from '#domain/values/unit-price.ts'
import { type CellProblem, codeOf, dateOf, lineOf, numberOf } from './cells.ts'
import { transactionColumns } from './columns.ts'
import type { Sheet } from './decode.ts'
import { cut, type ImportProblem } from './import-problem.ts'
import { readTable, type Table, type TableRow } from './table.ts'

/**
 * - `A` book entry (坏账调整): no goods moved.
 * - `R` return (退货): goods came back.
 * - `W` loss (报损): goods left without a customer.
 * - `G` gift (赠品): goods left at price zero.
 * - `S` sale (销售).
 */
export type TransactionClass = 'A' | 'R' | 'W' | 'G' | 'S'

export interface TransactionLine {
  /** Row of the file, from 1. */
  readonly row: number
  readonly invoice: string
  /** Upper-case: codes that differ only in case are one. */
  readonly code: string
  /** '' where the file has none. */
  readonly name: string
  readonly class: TransactionClass
  /** Whether goods are behind the code; postage, fees and vouchers are services. */
  readonly isStock: boolean
  /** Base units, signed as in the file: returns and losses are negative. */
  readonly quantity: Quantity
  readonly price: UnitPrice
  readonly at: Instant
  readonly date: BusinessDate
  /** Code of the customer; '' for a passer-by. */
  readonly customer: string
}

export interface Transactions {
  readonly lines: readonly TransactionLine[]
  /** Rows that could not be read. */
  readonly problems: readonly ImportProblem[]
}

/** [EXH1] The class of a line. */
export function classOf(invoice: string, quantity: number, price: number): TransactionClass {
  if (/^A/i.test(invoice)) return 'A'
  if (/^C/i.test(invoice)) return 'R'
  if (quantity < 0) return 'W'
  return price === 0 ? 'G' : 'S'
}

/** [EXH2] Goods have codes that begin with five digits. */
export function isStockCode(code: string): boolean {
  return /^\d{5}/.test(code)
}

/** All lines in the order of the file; local times of the file are `offsetMinutes` ahead of UTC. */
export function readTransactions(
  sheet: Sheet,
  offsetMinutes: number,
): Result<Transactions, readonly ImportProblem[]> {
  const table = readTable(sheet, transactionColumns)
  if (!table.ok) return table
  const lines: TransactionLine[] = []
  const problems: ImportProblem[] = []
  const readLine = makeLineReader(table.value, offsetMinutes)
  for (const row of table.value.rows) {
    const line = readLine(row)
    if (line.ok) lines.push(line.value)
    else problems.push(line.problem)
  }
  return done({ lines, problems })
}

type TransactionKey = (typeof transactionColumns)[number]['key']

/** What the lines of one invoice share is decoded once. */
function makeLineReader(
  table: Table<TransactionKey>,
  offsetMinutes: number,
): (row: TableRow) => Result<TransactionLine, ImportProblem> {
  const invoiceOf = remembering(required(codeOf))
  const codeOfGoods = required((cell) => upperCase(codeOf(cell)))
  const customerOf = remembering(codeOf)
  const momentOf = remembering((cell) => readMoment(cell, offsetMinutes))

  return (row) => {
    const cell = (key: TransactionKey) => table.cell(row, key)
    const read = allOf({
      invoice: invoiceOf(cell('invoice')),
      code: codeOfGoods(cell('code')),
      name: lineOf(cell('name')),
      quantity: bounded(cell('quantity'), quantityDecimals, limitQuantity),
      at: momentOf(cell('at')),
      price: bounded(cell('price'), unitPriceDecimals, limitUnitPrice),
      customer: customerOf(cell('customer')),
    })
    if (!read.ok) return fail(problemAt(table, row, read.problem))
    const problem = checkPrice(read.value)
    if (problem !== undefined) return fail(problemAt(table, row, problem))
    const { at, quantity: steps, price: micro, ...texts } = read.value
    return done({
      ...texts,
      ...at,
      row: row.row,
      class: classOf(texts.invoice, steps, micro),
      isStock: isStockCode(texts.code),
      quantity: quantity(steps),
      price: unitPrice(micro),
    })
  }
}

interface LineProblem {
  readonly key: TransactionKey
  readonly code: ImportProblem['code']
}

function problemAt(
  table: Table<TransactionKey>,
  row: TableRow,
  { key, code }: LineProblem,
): ImportProblem {
  return { row: row.row, column: cut(table.headerOf(key)), code, value: cut(table.cell(row, key)) }
}

/** Only a book entry may be below zero. */
function checkPrice(line: {
  readonly invoice: string
  readonly quantity: number
  readonly price: number
}): LineProblem | undefined {
  const isWrong = line.price < 0 && classOf(line.invoice, line.quantity, line.price) !== 'A'
  return isWrong ? { key: 'price', code: 'number-negative' } : undefined
}

/** All values by key, or the first problem in the order of the keys. */
function allOf<Values extends Readonly<Partial<Record<TransactionKey, unknown>>>>(
  parts: {
    readonly [Key in keyof Values]: Result<Values[Key], { readonly code: LineProblem['code'] }>
  },
): Result<Values, LineProblem> {
  const values: Partial<Record<TransactionKey, unknown>> = {}
  for (const key of Object.keys(parts) as (keyof Values & TransactionKey)[]) {
    const part = parts[key]
    if (!part.ok) return fail({ key, code: part.problem.code })
    values[key] = part.value
  }
  return done(values as Values)
}

type Decode<Value, Code = CellProblem['code']> = (
  cell: string,
) => Result<Value, { readonly code: Code }>

/** `decode`, which asks again only for another cell than the last: neighbours are often alike. */
function remembering<Value, Code>(decode: Decode<Value, Code>): Decode<Value, Code> {
  let lastCell: string | undefined
  let last: ReturnType<typeof decode> | undefined
  return (cell) => {
    if (last === undefined || cell !== lastCell) last = decode(cell)
    lastCell = cell
    return last
  }
}

function upperCase(code: Result<string, CellProblem>): Result<string, CellProblem> {
  return code.ok ? done(codeKey(code.value)) : code
}

function required(decode: Decode<string>): Decode<string, CellProblem['code'] | 'required'> {
  return (cell) => {
    const text = decode(cell)
    return text.ok && text.value === '' ? fail({ code: 'required' }) : text
  }
}

function readMoment(
  cell: string,
  offsetMinutes: number,
): Result<{ readonly at: Instant; readonly date: BusinessDate }, CellProblem> {
  const read = dateOf(cell)
  if (!read.ok) return read
  const { date, secondOfDay } = read.value
  const start = startOf(date, { offsetMinutes, cutOffMinutes: 0 })
  return done({ at: instant(start + secondOfDay * 1_000), date })
}

function bounded(cell: string, decimals: number, limit: number): Result<number, CellProblem> {
  const number = numberOf(cell, decimals)
  const isTooLarge = number.ok && Math.abs(number.value) > limit
  return isTooLarge ? fail({ code: 'number-too-large' }) : number
}
