/** Reads the cells of one row into values and collects what is wrong with them, by column. */

import { done, type Result } from '#domain/values/result.ts'
import { amountOf, type CellProblem, codeOf, lineOf, percentOf, yesOrNoOf } from './cells.ts'
import { cut, type ImportProblem, type ImportProblemCode } from './import-problem.ts'
import type { Table, TableRow } from './table.ts'

export interface RowReader<Key extends string> {
  readonly row: TableRow
  /** In the order found. */
  readonly problems: readonly ImportProblem[]
  /** As the file writes it, trimmed. */
  cell(key: Key): string
  /** One line of text; '' where empty or wrong. */
  text(key: Key): string
  /** A code, barcode or phone number; '' where empty, undefined where wrong. */
  code(key: Key): string | undefined
  /** A scaled integer of at least 0; undefined where empty or wrong. */
  amount(key: Key, decimals: number): number | undefined
  /** In 10⁻⁴; undefined where empty or wrong. */
  percent(key: Key): number | undefined
  /** `otherwise` where empty or wrong. */
  yesOrNo(key: Key, otherwise: boolean): boolean
  /** Reports a problem with the cell under `key`. */
  report(key: Key, code: ImportProblemCode, facts?: Readonly<Record<string, string | number>>): void
  /** Reports a problem with a cell under a header that has no key. */
  reportAt(header: string, code: ImportProblemCode, value: string): void
}

export function readRow<Key extends string>(table: Table<Key>, row: TableRow): RowReader<Key> {
  const problems: ImportProblem[] = []

  function reportAt(header: string, code: ImportProblemCode, value: string): void {
    problems.push({ row: row.row, column: cut(header), code, value: cut(value) })
  }

  function report(key: Key, code: ImportProblemCode, facts = {}): void {
    const at = { row: row.row, column: cut(table.headerOf(key)), value: cut(table.cell(row, key)) }
    problems.push({ ...facts, ...at, code })
  }

  function read<Value>(
    key: Key,
    decode: (cell: string) => Result<Value, CellProblem>,
  ): Value | undefined {
    const cell = table.cell(row, key)
    const value = cell === '' ? done(undefined) : decode(cell)
    if (value.ok) return value.value
    report(key, value.problem.code)
    return undefined
  }

  return {
    row,
    problems,
    cell: (key) => table.cell(row, key),
    text: (key) => read(key, lineOf) ?? '',
    code: (key) => (table.cell(row, key) === '' ? '' : read(key, codeOf)),
    amount: (key, decimals) => read(key, (cell) => amountOf(cell, decimals)),
    percent: (key) => read(key, percentOf),
    yesOrNo: (key, otherwise) => read(key, yesOrNoOf) ?? otherwise,
    report,
    reportAt,
  }
}
