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

/** `grid-template-columns` of a row. */
export function templateOf(columns: readonly Shape[]): string {
  return columns.map(trackOf).join(' ')
}

/** Least width of a row, px. */
export function leastWidth(columns: readonly Shape[]): number {
  return columns.reduce((sum, column) => sum + column.width, 0)
}

function trackOf(column: Shape): string {
  const grow = column.grow ?? 0
  return grow > 0 ? `minmax(${column.width}px, ${grow}fr)` : `${column.width}px`
}
