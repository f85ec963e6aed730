/**
 * The selected cell. It holds on to the row's key, not to its place, because rows come and go while others work
 * in the same draft; without a key it stands on the empty row at the end.
 */
import { createEffect, createSignal, on } from 'solid-js'
import { isEditable, type LineColumn } from './line-columns.ts'
import { type Cell, firstEditable, type GridShape } from './line-cursor.ts'
import type { LineGridProps } from './line-grid.tsx'
import type { LineRows } from './line-rows.ts'

export function createLineSelection<Row>(
  props: LineGridProps<Row>,
  lines: LineRows<Row>,
  columns: () => readonly LineColumn<Row>[],
  page: () => number,
) {
  const shape = (): GridShape => ({
    rows: lines.rows().length + (props.isReadOnly ? 0 : 1),
    columns: columns().length,
    isEditable: (at) => {
      const column = columns()[at]
      return column !== undefined && isEditable(column)
    },
    page: page(),
  })
  const [rowKey, setRowKey] = createSignal<string | undefined>(lines.rowAt(0)?.key)
  const [columnAt, setColumnAt] = createSignal(firstEditable(shape()))
  const [lastRow, setLastRow] = createSignal(0)

  const cell = (): Cell => {
    const key = rowKey()
    const found = key === undefined ? lines.rows().length : lines.indexOf(key)
    const row = Math.max(0, Math.min(found ?? lastRow(), shape().rows - 1))
    return { row, column: Math.min(columnAt(), columns().length - 1) }
  }
  const select = (next: Cell) => {
    setRowKey(lines.rowAt(next.row)?.key)
    setColumnAt(next.column)
    setLastRow(next.row)
  }
  const column = () => columns()[cell().column]
  createEffect(
    on([rowKey, columnAt], ([key]) => props.onPoint?.(key, column()?.key ?? ''), { defer: true }),
  )
  return { shape, cell, select, column, row: () => lines.rowAt(cell().row), holdRow: setRowKey }
}

export type LineSelection<Row> = ReturnType<typeof createLineSelection<Row>>
