/** What the two views of a line grid (table and cards) are handed. */
import type { LineColumn } from './line-columns.ts'
import type { LineGridProps } from './line-grid.tsx'
import type { LineRows } from './line-rows.ts'
import type { LineSelection } from './line-selection.ts'
import type { LineWriter } from './line-writer.ts'

export interface LineViewProps<Row> {
  readonly grid: LineGridProps<Row>
  readonly lines: LineRows<Row>
  readonly selection: LineSelection<Row>
  readonly writer: LineWriter<Row>
  readonly columns: () => readonly LineColumn<Row>[]
}

/** Height of the head, px; the twin of `.headCell` in line-grid.module.css. */
export const lineHeadHeight = 32
