/** The rows of a line grid as they will be in a moment: the real ones, what was just typed, rows just begun. */
import { createEffect, createMemo } from 'solid-js'
import type { CellValue, LineColumn } from './line-columns.ts'
import type { LineEcho } from './line-echo.ts'
import { entryText } from './line-entry.ts'
import type { LineGridProps } from './line-grid.tsx'

export interface LineRow<Row> {
  readonly key: string
  /** Undefined while it is only begun. */
  readonly row: Row | undefined
}

export function createLineRows<Row>(props: LineGridProps<Row>, echo: LineEcho) {
  const keys = createMemo(() => new Set(props.rows.map((row) => props.rowKey(row))))
  createEffect(() => echo.caughtUp((key) => keys().has(key)))

  const rows = createMemo<readonly LineRow<Row>[]>((before) => {
    const known = new Map(before.map((row) => [row.key, row]))
    const keep = (key: string, row: Row | undefined): LineRow<Row> => {
      const same = known.get(key)
      return same !== undefined && same.row === row ? same : { key, row }
    }
    const begun = echo.newKeys().filter((key) => !keys().has(key))
    return [
      ...props.rows.map((row) => keep(props.rowKey(row), row)),
      ...begun.map((key) => keep(key, undefined)),
    ]
  }, [])
  const indexByKey = createMemo(() => new Map(rows().map(({ key }, index) => [key, index])))

  const valueAt = (row: LineRow<Row> | undefined, of: LineColumn<Row>): CellValue | undefined => {
    if (row === undefined) return undefined
    const echoed = echo.at(row.key, of.key)
    if (echoed !== undefined) return echoed.value
    return row.row === undefined ? undefined : of.value(row.row)
  }
  /** What the cell says, also to those who listen. */
  const textAt = (row: LineRow<Row> | undefined, of: LineColumn<Row>): string => {
    if (row === undefined) return ''
    return echo.at(row.key, of.key)?.text ?? entryText(of, row.row, valueAt(row, of))
  }
  const problemAt = (row: LineRow<Row> | undefined, of: LineColumn<Row>): string | undefined =>
    row === undefined
      ? undefined
      : (echo.at(row.key, of.key)?.problem ?? props.problemAt?.(row.key, of.key))
  return {
    rows,
    rowAt: (index: number): LineRow<Row> | undefined => rows()[index],
    indexOf: (key: string) => indexByKey().get(key),
    valueAt,
    textAt,
    problemAt,
    /** The text as typed, while it is not yet in the rows. */
    echoAt: (row: LineRow<Row>, of: LineColumn<Row>) => echo.at(row.key, of.key),
  }
}

export type LineRows<Row> = ReturnType<typeof createLineRows<Row>>
