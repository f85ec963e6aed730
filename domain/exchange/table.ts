/**
 * Finds the table in a sheet: files of other systems begin with notes, mark required columns by '*',
 * order and name columns as they like and add their own. Knows columns by name, not what they mean.
 */

import { isForbiddenName } from '#domain/values/canonical-text.ts'
import { done, fail, type Result } from '#domain/values/result.ts'
import { type Column, headerKey, headerKeyWithoutUnit } from './columns.ts'
import type { Sheet } from './decode.ts'
import { cut, type ImportProblem } from './import-problem.ts'

/** One row below the header that holds anything. */
export interface TableRow {
  /** Row of the file, from 1. */
  readonly row: number
  readonly cells: readonly string[]
}

/** A column that no name fits: a warehouse, or something of the other system's own. */
export interface UnknownColumn {
  readonly header: string
  readonly index: number
}

export interface Table<Key extends string> {
  /** Row of the file, from 1. */
  readonly headerRow: number
  /** What stood above the header: instructions, titles. */
  readonly notes: readonly string[]
  readonly rows: readonly TableRow[]
  /** Columns that a name fits. */
  readonly known: number
  readonly unknown: readonly UnknownColumn[]
  has(key: Key): boolean
  /** Place of a column, from 0; −1 where the file lacks it. */
  indexOf(key: Key): number
  /** The header over a column as the file writes it; '' where the file lacks the column. */
  headerOf(key: Key): string
  /** The trimmed cell of a row; '' where empty or lacking. */
  cell(row: TableRow, key: Key): string
}

/** Rows in which a header may stand. */
const headerSearchRows = 50

/** The table of `sheet`, or why there is none: no header with all required columns, or a wrong header. */
export function readTable<Key extends string>(
  sheet: Sheet,
  columns: readonly Column<Key>[],
): Result<Table<Key>, ImportProblem[]> {
  const found = findHeader(sheet, columns)
  if (found === undefined) return fail([headerMissing(sheet, columns)])
  const problems = checkHeader(found)
  if (problems.length > 0) return fail(problems)
  return done(tableBelow(sheet, found))
}

interface Header<Key extends string> {
  readonly rowIndex: number
  readonly cells: readonly string[]
  /** Key of each column by index; undefined where no name fits. */
  readonly keys: readonly (Key | undefined)[]
}

/** The row that names most columns, the first of equals. */
function findHeader<Key extends string>(
  sheet: Sheet,
  columns: readonly Column<Key>[],
): Header<Key> | undefined {
  const keyByName = namesOf(columns)
  let best: Header<Key> | undefined
  let mostKnown = 0
  for (const [rowIndex, cells] of sheet.rows.slice(0, headerSearchRows).entries()) {
    const keys = keysOf(cells, keyByName)
    const known = keys.filter((key) => key !== undefined).length
    if (known > mostKnown) best = { rowIndex, cells, keys }
    mostKnown = Math.max(known, mostKnown)
  }
  const isHeader = columns.every(({ key, isRequired }) => !isRequired || best?.keys.includes(key))
  return isHeader ? best : undefined
}

/** Where two headers mean one key (采购价, 成本价), the first has it and the other stays unknown. */
function keysOf<Key extends string>(
  cells: readonly string[],
  keyByName: ReadonlyMap<string, Key>,
): (Key | undefined)[] {
  const keys = cells.map(
    (cell) => keyByName.get(headerKey(cell)) ?? keyByName.get(headerKeyWithoutUnit(cell)),
  )
  return keys.map((key, i) => (keys.indexOf(key) === i ? key : undefined))
}

function namesOf<Key extends string>(columns: readonly Column<Key>[]): Map<string, Key> {
  const names = new Map<string, Key>()
  for (const { key, label, names: others } of columns) {
    for (const each of [...label, ...others]) names.set(headerKey(each), key)
  }
  return names
}

function headerMissing(sheet: Sheet, columns: readonly Column[]): ImportProblem {
  const needed = columns.filter(({ isRequired }) => isRequired).map(({ label }) => label[0])
  return { row: 1, column: '', code: 'header-not-found', value: sheet.name, needed }
}

/** [EXT2] No header stands twice, and none is a name that means something to every object. */
function checkHeader({ rowIndex, cells }: Header<string>): ImportProblem[] {
  const names = cells.map(headerKey)
  return cells.flatMap((cell, i): ImportProblem[] => {
    const at = { row: rowIndex + 1, column: cut(cell), value: cut(cell) }
    if (isForbiddenName(cell.trim())) return [{ ...at, code: 'header-refused' }]
    const isRepeated = names[i] !== '' && names.indexOf(names[i] ?? '') < i
    return isRepeated ? [{ ...at, code: 'column-repeated' }] : []
  })
}

function tableBelow<Key extends string>(
  { rows }: Sheet,
  { rowIndex, cells, keys }: Header<Key>,
): Table<Key> {
  const indexByKey = new Map<Key, number>()
  for (const [i, key] of keys.entries()) {
    if (key !== undefined) indexByKey.set(key, i)
  }
  const filled: TableRow[] = []
  for (let i = rowIndex + 1; i < rows.length; i++) {
    const below = rows[i] ?? []
    if (below.some((cell) => cell.trim() !== '')) filled.push({ row: i + 1, cells: below })
  }
  return {
    headerRow: rowIndex + 1,
    notes: rows.slice(0, rowIndex).flatMap((row) => row.filter((cell) => cell.trim() !== '')),
    rows: filled,
    known: indexByKey.size,
    unknown: cells.flatMap((header, index) =>
      keys[index] === undefined && header.trim() !== '' ? [{ header: header.trim(), index }] : [],
    ),
    has: (key) => indexByKey.has(key),
    indexOf: (key) => indexByKey.get(key) ?? -1,
    headerOf: (key) => cells[indexByKey.get(key) ?? -1]?.trim() ?? '',
    cell: (row, key) => row.cells[indexByKey.get(key) ?? -1]?.trim() ?? '',
  }
}

/** Headers of columns that hold something but are not taken over, so that nothing is lost in silence. */
export function ignoredHeaders<Key extends string>(
  table: Table<Key>,
  columns: readonly Column<Key>[],
  taken: readonly UnknownColumn[] = [],
): string[] {
  const takenIndexes = new Set(taken.map(({ index }) => index))
  const known = columns.filter((column) => column.isIgnored && table.has(column.key))
  return [
    ...known.map(({ key }) => ({ header: table.headerOf(key), index: table.indexOf(key) })),
    ...table.unknown.filter(({ index }) => !takenIndexes.has(index)),
  ]
    .filter(({ index }) => table.rows.some(({ cells }) => !isBlank(cells[index] ?? '')))
    .map(({ header }) => header)
}

/** Zero says no more than nothing does, as in a flag that is not set. */
function isBlank(cell: string): boolean {
  return cell.trim() === '' || cell.trim() === '0'
}
