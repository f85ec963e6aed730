/** Rows that are typed in a grid before they are saved: one cell at a time. */
import type { LineEdit } from '#client/ui/line-grid.tsx'

/** `rows` with one cell as it was typed; `fresh` makes a row that was not there. */
export function editedRows<Row extends { readonly key: string }>(
  rows: readonly Row[],
  cell: LineEdit,
  fresh: (key: string) => Row,
): readonly Row[] {
  const known = rows.find(({ key }) => key === cell.rowKey)
  // Passed by without a word: no row yet.
  if (known === undefined && cell.value === undefined) return rows
  const { [cell.key as keyof Row]: _, ...rest } = known ?? fresh(cell.rowKey)
  const typed = cell.value === undefined ? {} : { [cell.key]: cell.value }
  const row = { ...rest, ...typed } as unknown as Row
  return known === undefined ? [...rows, row] : rows.map((each) => (each === known ? row : each))
}
