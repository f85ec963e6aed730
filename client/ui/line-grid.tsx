/**
 * The lines of a document, made for the keyboard: type into the selected cell (Chinese too), Enter goes to the
 * next cell and adds a row at the end, arrows and Tab move, F2 edits what is there, Delete clears, Ctrl+Delete
 * removes the row, Esc takes back. Tables are pasted from a spreadsheet; scans add a row or +1 through the
 * screen's own handler. Narrow screens show the lines as cards with one large form per line.
 */
import { createMemo, createSignal, Show } from 'solid-js'
import type { CellValue, LineColumn } from './line-columns.ts'
import { LineCards } from './line-cards.tsx'
import { createLineEcho } from './line-echo.ts'
import { createLineRows } from './line-rows.ts'
import { createLineSelection } from './line-selection.ts'
import { LineTable } from './line-table.tsx'
import { createLineWriter } from './line-writer.ts'
import css from './line-grid.module.css'
import { createScanTarget } from './scan-listener.ts'
import type { Suggestion } from './suggestions.ts'
import { columnsAt } from './table-column.ts'
import { createWidth } from './width.ts'

export interface LineEdit {
  /** The row; `isNew` when it is one that `newRowKey` has just named. */
  readonly rowKey: string
  readonly isNew: boolean
  /** The column. */
  readonly key: string
  /** Undefined when the cell was cleared. */
  readonly value: CellValue | undefined
  /** What was taken from the list, in reference cells. */
  readonly suggestion?: Suggestion
}

/** Somebody else in a cell. */
export interface CellPresence {
  readonly name: string
  /** A CSS colour of that person. */
  readonly color: string
}

export interface LineGridProps<Row> {
  readonly label: string
  readonly columns: readonly LineColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** A fresh key for a row about to be made. */
  readonly newRowKey: () => string
  /** One cell was entered. The answer may be awaited: until then the grid shows what was typed. */
  readonly onEdit: (edit: LineEdit) => void | Promise<unknown>
  readonly onRemove: (rowKey: string) => void
  /** What is wrong in a cell, in words. */
  readonly problemAt?: (rowKey: string, key: string) => string | undefined
  readonly presenceAt?: (rowKey: string, key: string) => CellPresence | undefined
  /** Where this person stands, for the others. */
  readonly onPoint?: (rowKey: string | undefined, key: string) => void
  /** A code was scanned while the grid is on the screen. */
  readonly onScan?: (code: string) => void
  /** Key of a row to light up for a moment (a scan has just changed it). */
  readonly flashKey?: string | undefined
  readonly isReadOnly?: boolean
  /** Takes the height left over; otherwise as high as its rows. */
  readonly isFull?: boolean
}

/** Below this width lines are cards, px. */
const cardsBelow = 560

export function LineGrid<Row>(props: LineGridProps<Row>) {
  const [root, setRoot] = createSignal<HTMLElement>()
  const width = createWidth(root)
  const hasCards = () => width() > 0 && width() < cardsBelow
  const columns = createMemo<readonly LineColumn<Row>[]>(() =>
    hasCards() ? props.columns : columnsAt(props.columns, width()),
  )
  const echo = createLineEcho()
  const lines = createLineRows(props, echo)
  const selection = createLineSelection(props, lines, columns, () => 12)
  const writer = createLineWriter({ grid: props, lines, selection, echo })
  createScanTarget((code) => {
    if (props.onScan === undefined || props.isReadOnly) return false
    props.onScan(code)
    return true
  })
  const parts = { lines, selection, writer, columns }
  return (
    <div
      ref={setRoot}
      class={css['root']}
      data-full={props.isFull ? '' : undefined}
      data-read-only={props.isReadOnly ? '' : undefined}
    >
      <Show when={width() > 0}>
        <Show when={hasCards()} fallback={<LineTable grid={props} width={width()} {...parts} />}>
          <LineCards grid={props} {...parts} />
        </Show>
      </Show>
    </div>
  )
}
