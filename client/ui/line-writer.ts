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

export function createLineWriter<Row>(
  props: LineGridProps<Row>,
  lines: LineRows<Row>,
  selection: LineSelection<Row>,
  echo: LineEcho,
) {
  /** The key to write under: of the row, or of a new one where the empty row is written on. */
  const keyFor = (row: LineRow<Row> | undefined) => {
    if (row !== undefined) return { rowKey: row.key, isNew: false }
    const rowKey = props.newRowKey()
    batch(() => {
      echo.begin(rowKey)
      selection.holdRow(rowKey)
    })
    return { rowKey, isNew: true }
  }
  const send = (
    { rowKey, isNew }: { readonly rowKey: string; readonly isNew: boolean },
    of: LineColumn<Row>,
    value: CellValue | undefined,
    text: string,
    suggestion?: Suggestion,
  ) => {
    echo.put(rowKey, of.key, { text, value })
    const taken = suggestion === undefined ? {} : { suggestion }
    const edit = props.onEdit({ rowKey, isNew, key: of.key, value, ...taken })
    echo.settle(rowKey, of.key, Promise.resolve(edit))
  }
  const write = (
    row: LineRow<Row> | undefined,
    of: LineColumn<Row>,
    value: CellValue | undefined,
  ) => {
    if (value === lines.valueAt(row, of)) return
    send(keyFor(row), of, value, entryText(of, row?.row, value))
  }
  const take = (row: LineRow<Row> | undefined, of: LineColumn<Row>, suggestion: Suggestion) => {
    if (suggestion.value === lines.valueAt(row, of)) return
    send(keyFor(row), of, suggestion.value, suggestion.label, suggestion)
  }
  /** A typed text into a cell without a list; the message when it does not read. */
  const enterText = (row: LineRow<Row> | undefined, of: LineColumn<Row>, text: string) => {
    const entered = readEntry(of, row?.row, text)
    if (!entered.ok) return entered.problem.message
    write(row, of, entered.value)
    return undefined
  }
  /** A typed text into a cell with a list whose answer is still on its way: taken when it comes. */
  const enterLookup = (row: LineRow<Row> | undefined, of: LineColumn<Row>, text: string) => {
    const key = keyFor(row)
    echo.put(key.rowKey, of.key, { text, value: undefined, isWaiting: true })
    const found = ([first]: readonly Suggestion[]) => {
      if (first !== undefined) return send(key, of, first.value, first.label, first)
      echo.put(key.rowKey, of.key, { text, value: undefined, problem: t('combobox.nothing') })
    }
    Promise.resolve(suggestionsOf(of, row?.row, text)).then(found, () => found([]))
  }
  const remove = (index: number) => {
    const row = lines.rowAt(index)
    if (row === undefined) return
    if (selection.row() === row) selection.holdRow(lines.rowAt(index + 1)?.key)
    if (row.row === undefined) echo.forget(row.key)
    props.onRemove(row.key)
    announce(t('grid.rowRemoved', index + 1))
  }
  return { write, take, enterText, enterLookup, remove }
}

export type LineWriter<Row> = ReturnType<typeof createLineWriter<Row>>

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
