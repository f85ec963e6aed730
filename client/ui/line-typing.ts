/**
 * Typing in the grid: whether the selected cell is being written, and how its text is committed. `quick` typing
 * began with a letter (arrows leave the cell), `inside` with F2 (arrows move the caret). Keys are in line-keys.ts.
 */
import { createSignal, type Accessor } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { isEditable } from './line-columns.ts'
import { type Cell, nextCell, previousCell } from './line-cursor.ts'
import type { LineRows } from './line-rows.ts'
import type { LineSelection } from './line-selection.ts'
import { hasList, type LineWriter, suggestionsOf } from './line-writer.ts'
import { createSuggestions, type Suggestion, type Suggestions } from './suggestions.ts'

export type TypingMode = 'none' | 'quick' | 'inside'

export interface LineTypingParts<Row> {
  readonly lines: LineRows<Row>
  readonly selection: LineSelection<Row>
  readonly writer: LineWriter<Row>
  readonly input: () => HTMLInputElement | undefined
}

export interface LineTyping {
  readonly mode: Accessor<TypingMode>
  /** What is wrong with the text as it stands. */
  readonly mistake: Accessor<string | undefined>
  readonly isListOpen: Accessor<boolean>
  readonly suggestions: Suggestions
  /** Begins with this text in the input. */
  begin(mode: TypingMode, text: string): void
  /** F2, double press: what is there, all of it selected. */
  beginInside(): void
  /** The input has changed. */
  type(text: string): void
  /** Takes back what was typed. */
  end(): void
  /** Puts what was typed into the cell; false when it does not read and must stay. */
  commit(): boolean
  /** Commits a suggestion and goes on. */
  take(suggestion: Suggestion): void
  moveTo(cell: Cell): void
  goOn(): void
  goBack(): void
  /** Empties the selected cell. */
  clear(): void
}

export function createLineTyping<Row>(parts: LineTypingParts<Row>): LineTyping {
  const { lines, selection } = parts
  const entry = createLineEntry(parts)
  const { mode, setMode, setListOpen, setMistake, put, end } = entry

  const begin: LineTyping['begin'] = (how, text) => {
    const column = selection.column()
    if (column === undefined || !isEditable(column)) return
    setMode(how)
    put(text)
    setListOpen(hasList(column) && (how === 'inside' || text !== ''))
  }
  const commit = (): boolean => {
    if (mode() === 'none') return true
    const wrong = commitText(parts, entry)
    setMistake(wrong)
    if (wrong === undefined) end()
    return wrong === undefined
  }
  const moveAfter = (step: typeof nextCell) => {
    if (!commit()) return
    const next = step(selection.cell(), selection.shape())
    if (next !== undefined) selection.select(next)
  }
  return {
    mode,
    mistake: entry.mistake,
    isListOpen: entry.isListOpen,
    suggestions: entry.suggestions,
    begin,
    beginInside() {
      const column = selection.column()
      if (column === undefined) return
      begin('inside', lines.textAt(selection.row(), column))
      // The list first offers everything, not only what is chosen already.
      if (hasList(column)) entry.setText('')
      parts.input()?.select()
    },
    type(text) {
      setMistake(undefined)
      if (mode() === 'none') return begin('quick', text)
      entry.setText(text)
      setListOpen(hasList(selection.column()))
    },
    end,
    commit,
    take(suggestion) {
      const column = selection.column()
      if (column === undefined) return
      parts.writer.take(selection.row(), column, suggestion)
      end()
      moveAfter(nextCell)
    },
    moveTo: (cell) => commit() && selection.select(cell),
    goOn: () => moveAfter(nextCell),
    goBack: () => moveAfter(previousCell),
    clear: () => clearCell(parts),
  }
}

/** The signals of one entry: mode, text, what is wrong, what is offered. */
function createLineEntry<Row>(parts: LineTypingParts<Row>) {
  const [mode, setMode] = createSignal<TypingMode>('none')
  const [text, setText] = createSignal('')
  const [mistake, setMistake] = createSignal<string>()
  const [isListOpen, setListOpen] = createSignal(false)
  const suggest = (typed: string) => {
    const column = parts.selection.column()
    return column === undefined ? [] : suggestionsOf(column, parts.selection.row()?.row, typed)
  }
  const suggestions = createSuggestions(suggest, text, isListOpen)
  const put = (value: string) => {
    setText(value)
    const input = parts.input()
    if (input !== undefined && input.value !== value) input.value = value
  }
  const end = () => {
    setMode('none')
    setMistake(undefined)
    setListOpen(false)
    put('')
  }
  return {
    mode,
    setMode,
    text,
    setText,
    mistake,
    setMistake,
    isListOpen,
    setListOpen,
    suggestions,
    put,
    end,
  }
}

type LineEntry = ReturnType<typeof createLineEntry>

/** The message when the text does not read. */
function commitText<Row>(parts: LineTypingParts<Row>, entry: LineEntry): string | undefined {
  const { lines, selection, writer } = parts
  const column = selection.column()
  if (column === undefined) return undefined
  const row = selection.row()
  const text = parts.input()?.value ?? entry.text()
  if (!hasList(column)) return writer.enterText(row, column, text)
  if (text === lines.textAt(row, column)) return undefined
  if (text.trim() === '') {
    if (row !== undefined) writer.write(row, column, undefined)
    return undefined
  }
  const found = entry.suggestions.highlighted()
  if (found !== undefined) writer.take(row, column, found)
  else if (entry.suggestions.isWaiting()) writer.enterLookup(row, column, text)
  else return t('combobox.nothing')
  return undefined
}

function clearCell<Row>({ selection, writer }: LineTypingParts<Row>): void {
  const column = selection.column()
  const row = selection.row()
  if (row === undefined || column === undefined || !isEditable(column)) return
  writer.write(row, column, undefined)
}
