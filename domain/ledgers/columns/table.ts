/**
 * Rows kept as typed columns, one array per field and no object per row, so that a million of them
 * are read at the speed of memory and leave for a checkpoint as they are. Knows nothing of goods.
 *
 * Under `noUncheckedIndexedAccess` a typed array answers `number | undefined`; inside this folder and
 * the ledgers a row number comes from the table itself, so reads are written `column[row] as number`.
 */

import { assert } from '#domain/values/assert.ts'

/** u8: flags and small codes. i32: row numbers and interned ids. f64: safe integers. */
export type ColumnKind = 'u8' | 'i32' | 'f64'
export type Schema = Readonly<Record<string, ColumnKind>>

export interface ArrayByKind {
  readonly u8: Uint8Array
  readonly i32: Int32Array
  readonly f64: Float64Array
}

export type Columns<S extends Schema> = { -readonly [Name in keyof S]: ArrayByKind[S[Name]] }

export interface Table<S extends Schema> {
  readonly schema: S
  /** Rows in use; every column has at least so many. */
  rows: number
  /** Replaced when the table grows: take them anew after an append. */
  columns: Columns<S>
}

const rowsAtFirst = 16

export function openTable<const S extends Schema>(schema: S): Table<S> {
  return { schema, rows: 0, columns: makeColumns(schema, rowsAtFirst) }
}

/** A new row of zeros at the end; its number. */
export function appendRow<S extends Schema>(table: Table<S>): number {
  const row = table.rows
  if (row === capacityOf(table)) growTable(table, row + 1)
  table.rows = row + 1
  return row
}

/** Room for `rows` rows without growing in between. */
export function growTable<S extends Schema>(table: Table<S>, rows: number): void {
  const capacity = capacityOf(table)
  if (rows <= capacity) return
  const grown = makeColumns(table.schema, Math.max(rows, capacity * 2, rowsAtFirst))
  for (const name of Object.keys(table.schema)) {
    columnNamed(grown, name).set(columnNamed(table.columns, name).subarray(0, table.rows))
  }
  table.columns = grown
}

export interface NamedColumn {
  readonly name: string
  readonly kind: ColumnKind
  readonly values: Uint8Array | Int32Array | Float64Array
  /** The same values and zeros behind them, where there is room for more. */
  readonly roomy?: Uint8Array | Int32Array | Float64Array
}

/** The columns in use, in the order of their names, as views. */
export function columnsOf<S extends Schema>(table: Table<S>): NamedColumn[] {
  return Object.keys(table.schema)
    .sort()
    .map((name) => ({
      name,
      kind: table.schema[name] as ColumnKind,
      values: columnNamed(table.columns, name).subarray(0, table.rows),
    }))
}

/** Takes `columns` as they are, room and all, without copying: they belong to the table from here on. */
export function tableOf<const S extends Schema>(
  schema: S,
  columns: readonly NamedColumn[],
): Table<S> {
  const byName = new Map(columns.map((column) => [column.name, column]))
  const rows = columns[0]?.values.length ?? 0
  const taken: Record<string, NamedColumn['values']> = {}
  for (const name of Object.keys(schema)) {
    const column = byName.get(name)
    assert(column?.values.length === rows, `column ${name} has the rows of its table`)
    taken[name] = column.roomy ?? column.values
  }
  return { schema, rows, columns: taken as Columns<S> }
}

export function arrayOf<K extends ColumnKind>(kind: K, length: number): ArrayByKind[K]
export function arrayOf(kind: ColumnKind, length: number): NamedColumn['values'] {
  switch (kind) {
    case 'u8':
      return new Uint8Array(length)
    case 'i32':
      return new Int32Array(length)
    case 'f64':
      return new Float64Array(length)
  }
}

function makeColumns<S extends Schema>(schema: S, length: number): Columns<S> {
  const columns: Record<string, NamedColumn['values']> = {}
  for (const [name, kind] of Object.entries(schema)) columns[name] = arrayOf(kind, length)
  return columns as Columns<S>
}

function capacityOf<S extends Schema>(table: Table<S>): number {
  for (const name in table.schema) return columnNamed(table.columns, name).length
  return 0
}

function columnNamed(columns: Columns<Schema>, name: string): NamedColumn['values'] {
  return columns[name] as NamedColumn['values']
}
