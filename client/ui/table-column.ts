/** What a column of a table is, and how columns share the width. */
import type { JSX } from 'solid-js'

export interface TableColumn<Row> {
  readonly key: string
  readonly label: string
  /** px; the least width where it grows. */
  readonly width: number
  /** Its share of the width left over; 0 keeps it as it is. */
  readonly grow?: number
  /** `end` for every figure. */
  readonly align?: 'start' | 'end' | 'center'
  readonly isSortable?: boolean
  /** Left out where the table is narrower than this, px. */
  readonly hideBelow?: number
  readonly render: (row: Row) => JSX.Element
  /** Its total, under the double rule. */
  readonly total?: () => JSX.Element
}

export interface TableSort {
  readonly key: string
  readonly direction: 'up' | 'down'
}

type Shape = Pick<TableColumn<never>, 'width' | 'grow' | 'hideBelow'>

/** The columns that have room at this width. */
export function columnsAt<Column extends Shape>(
  columns: readonly Column[],
  width: number,
): readonly Column[] {
  return width === 0 ? columns : columns.filter((column) => width >= (column.hideBelow ?? 0))
}

/** `grid-template-columns` of a row; `scale` makes room for larger type. */
export function templateOf(columns: readonly Shape[], scale: number): string {
  return columns
    .map((column) => {
      const width = `${Math.round(column.width * scale)}px`
      return (column.grow ?? 0) > 0 ? `minmax(${width}, ${column.grow}fr)` : width
    })
    .join(' ')
}

/** Least width of a row, px. */
export function leastWidth(columns: readonly Shape[], scale: number): number {
  return columns.reduce((sum, column) => sum + Math.round(column.width * scale), 0)
}
