/** The verbs of the grid: from a typed or taken text to an edit, with its echo; and the removal of a row. */
import { batch } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { announce } from './announcer.tsx'
import type { CellValue, LineColumn } from './line-columns.ts'
import type { LineEcho } from './line-echo.ts'
import { entryText, readEntry } from './line-entry.ts'
import type { LineGridProps } from './line-grid.tsx'
import type { LineRow, LineRows } from './line-rows.ts'
import type { LineSelection } from './line-selection.ts'
import type { Suggestion } from './suggestions.ts'

export interface LineWriterParts<Row> {
  readonly grid: LineGridProps<Row>
  readonly lines: LineRows<Row>
  readonly selection: LineSelection<Row>
  readonly echo: LineEcho
}

export interface LineWriter<Row> {
  /** A value into a cell; undefined clears it. */
  write(row: LineRow<Row> | undefined, of: LineColumn<Row>, value: CellValue | undefined): void
  /** What was taken from a list. */
  take(row: LineRow<Row> | undefined, of: LineColumn<Row>, suggestion: Suggestion): void
  /** A typed text into a cell without a list; the message when it does not read. */
  enterText(row: LineRow<Row> | undefined, of: LineColumn<Row>, text: string): string | undefined
  /** A typed text into a cell with a list whose answer is still on its way: taken when it comes. */
  enterLookup(row: LineRow<Row> | undefined, of: LineColumn<Row>, text: string): void
  remove(index: number): void
}

export function createLineWriter<Row>(parts: LineWriterParts<Row>): LineWriter<Row> {
  const { lines, echo } = parts
  const { keyFor, send } = createLineSender(parts)
  const write: LineWriter<Row>['write'] = (row, of, value) => {
    if (value === lines.valueAt(row, of)) return
    send(keyFor(row), of, value, entryText(of, row?.row, value))
  }
  return {
    write,
    take(row, of, suggestion) {
      if (suggestion.value === lines.valueAt(row, of)) return
      send(keyFor(row), of, suggestion.value, suggestion.label, suggestion)
    },
    enterText(row, of, text) {
      const entered = readEntry(of, row?.row, text)
      if (!entered.ok) return entered.problem.message
      write(row, of, entered.value)
      return undefined
    },
    enterLookup(row, of, text) {
      const rowKey = keyFor(row)
      echo.put(rowKey, of.key, { text, value: undefined, isWaiting: true })
      const found = ([first]: readonly Suggestion[]) => {
        if (first !== undefined) return send(rowKey, of, first.value, first.label, first)
        echo.put(rowKey, of.key, { text, value: undefined, problem: t('combobox.nothing') })
      }
      Promise.resolve(suggestionsOf(of, row?.row, text)).then(found, () => found([]))
    },
    remove: (index) => removeLine(parts, index),
  }
}

/** Sends edits, naming a new row with its first one. */
function createLineSender<Row>({ grid, selection, echo }: LineWriterParts<Row>) {
  /** Rows begun here of which no edit has gone out yet. */
  const unsent = new Set<string>()
  return {
    /** The key to write under: of the row, or of a new one where the empty row is written on. */
    keyFor(row: LineRow<Row> | undefined): string {
      if (row !== undefined) return row.key
      const rowKey = grid.newRowKey()
      unsent.add(rowKey)
      batch(() => {
        echo.begin(rowKey)
        selection.holdRow(rowKey)
      })
      return rowKey
    },
    send(
      rowKey: string,
      of: LineColumn<Row>,
      value: CellValue | undefined,
      text: string,
      suggestion?: Suggestion,
    ): void {
      echo.put(rowKey, of.key, { text, value })
      const taken = suggestion === undefined ? {} : { suggestion }
      const isNew = unsent.delete(rowKey)
      const edit = grid.onEdit({ rowKey, isNew, key: of.key, value, ...taken })
      echo.settle(rowKey, of.key, Promise.resolve(edit))
    },
  }
}

function removeLine<Row>(parts: LineWriterParts<Row>, index: number): void {
  const { grid, lines, selection, echo } = parts
  const row = lines.rowAt(index)
  if (row === undefined) return
  if (selection.row() === row) selection.holdRow(lines.rowAt(index + 1)?.key)
  if (row.row === undefined) echo.forget(row.key)
  grid.onRemove(row.key)
  announce(t('grid.rowRemoved', index + 1))
}

/** What a column with a list offers for a text. */
export function suggestionsOf<Row>(
  of: LineColumn<Row>,
  row: Row | undefined,
  text: string,
): readonly Suggestion[] | Promise<readonly Suggestion[]> {
  if (of.kind === 'reference') return of.suggest(text)
  if (of.kind !== 'choice') return []
  const wanted = text.trim().toLowerCase()
  return of
    .options(row)
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .map(({ value, label }) => ({ value, label }))
}

/** True where the value is taken from a list. */
export function hasList<Row>(of: LineColumn<Row> | undefined): boolean {
  return of?.kind === 'reference' || of?.kind === 'choice'
}
