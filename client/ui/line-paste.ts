/** A table from the clipboard into the grid, from the selected cell to the right and down; new rows as needed. */
import { t } from '#client/text/translate.ts'
import { announce } from './announcer.tsx'
import { isEditable } from './line-columns.ts'
import { pastedCells } from './line-entry.ts'
import type { LineViewProps } from './line-view.ts'
import type { LineTyping } from './line-typing.ts'
import { hasList } from './line-writer.ts'

/** Rows taken from one paste. */
const limitPasted = 1_000

/** Takes the paste over when it is a table; a single value is left to the input. */
export function pasteCells<Row>(
  event: ClipboardEvent,
  view: LineViewProps<Row>,
  typing: LineTyping,
): void {
  const cells = pastedCells(event.clipboardData?.getData('text/plain') ?? '')
  if (cells === undefined) return
  event.preventDefault()
  typing.end()
  const { row, column } = view.selection.cell()
  const taken = cells.slice(0, limitPasted)
  for (const [i, texts] of taken.entries()) {
    view.selection.select({ row: Math.min(row + i, view.lines.rows().length), column })
    pasteRow(view, column, texts)
  }
  view.selection.select({ row, column })
  announce(t('grid.pasted', taken.length))
}

/** Texts fill columns one by one, derived ones too (their text is passed over), as a copied table has them. */
function pasteRow<Row>(view: LineViewProps<Row>, first: number, texts: readonly string[]): void {
  for (const [j, text] of texts.entries()) {
    const of = view.columns()[first + j]
    if (of === undefined || !isEditable(of) || text === '') continue
    const line = view.selection.row()
    if (hasList(of)) view.writer.enterLookup(line, of, text)
    else view.writer.enterText(line, of, text)
  }
}
