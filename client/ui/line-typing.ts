/**
 * Typing in the grid: whether the selected cell is being written, how its text is committed, what each key does.
 * `quick` typing began with a letter (arrows leave the cell), `inside` with F2 (arrows move the caret).
 */
import { createSignal } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { isComposingKey } from './composition.ts'
import { isEditable } from './line-columns.ts'
import { type Cell, cellAfterKey, nextCell, previousCell } from './line-cursor.ts'
import type { LineRows } from './line-rows.ts'
import type { LineSelection } from './line-selection.ts'
import { hasList, type LineWriter, suggestionsOf } from './line-writer.ts'
import { createSuggestions, type Suggestion } from './suggestions.ts'

export type TypingMode = 'none' | 'quick' | 'inside'

export interface LineTypingParts<Row> {
  readonly lines: LineRows<Row>
  readonly selection: LineSelection<Row>
  readonly writer: LineWriter<Row>
  readonly input: () => HTMLInputElement | undefined
}

export function createLineTyping<Row>(parts: LineTypingParts<Row>) {
  const { lines, selection, writer } = parts
  const [mode, setMode] = createSignal<TypingMode>('none')
  const [text, setText] = createSignal('')
  const [mistake, setMistake] = createSignal<string>()
  const [isListOpen, setListOpen] = createSignal(false)
  const suggest = (typed: string) => {
    const column = selection.column()
    return column === undefined ? [] : suggestionsOf(column, selection.row()?.row, typed)
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
  const begin = (how: TypingMode, with_: string) => {
    const column = selection.column()
    if (column === undefined || !isEditable(column)) return
    setMode(how)
    put(with_)
    setListOpen(hasList(column) && (how === 'inside' || with_ !== ''))
  }
  /** F2, Enter on a filled list cell, double press: what is there, all of it selected. */
  const beginInside = () => {
    const column = selection.column()
    if (column === undefined) return
    begin('inside', lines.textAt(selection.row(), column))
    if (hasList(column)) setText('')
    parts.input()?.select()
  }
  const type = (value: string) => {
    setMistake(undefined)
    if (mode() === 'none') return begin('quick', value)
    setText(value)
    setListOpen(hasList(selection.column()))
  }
  /** Puts what was typed into the cell; false when it does not read and must stay. */
  const commit = (): boolean => {
    const column = selection.column()
    if (mode() === 'none' || column === undefined) return true
    const typed = parts.input()?.value ?? text()
    const row = selection.row()
    const wrong = hasList(column) ? commitListed(typed) : writer.enterText(row, column, typed)
    setMistake(wrong)
    if (wrong === undefined) end()
    return wrong === undefined
  }
  const commitListed = (typed: string): string | undefined => {
    const column = selection.column()
    const row = selection.row()
    if (column === undefined || typed === lines.textAt(row, column)) return undefined
    if (typed.trim() === '') {
      if (row !== undefined) writer.write(row, column, undefined)
      return undefined
    }
    const found = suggestions.highlighted()
    if (found !== undefined) writer.take(row, column, found)
    else if (suggestions.isWaiting()) writer.enterLookup(row, column, typed)
    else return t('combobox.nothing')
    return undefined
  }
  const take = (suggestion: Suggestion) => {
    const column = selection.column()
    if (column === undefined) return
    writer.take(selection.row(), column, suggestion)
    end()
    goOn()
  }
  const moveTo = (cell: Cell | undefined) => {
    if (cell !== undefined && commit()) selection.select(cell)
  }
  const goOn = () => moveAfter(nextCell)
  const moveAfter = (step: typeof nextCell) => {
    if (!commit()) return
    const next = step(selection.cell(), selection.shape())
    if (next !== undefined) selection.select(next)
  }
  const clear = () => {
    const column = selection.column()
    const row = selection.row()
    if (row !== undefined && column !== undefined && isEditable(column)) {
      writer.write(row, column, undefined)
    }
  }
  return {
    mode,
    text,
    mistake,
    isListOpen,
    suggestions,
    end,
    begin,
    beginInside,
    type,
    commit,
    take,
    moveTo,
    goOn,
    goBack: () => moveAfter(previousCell),
    clear,
    setListOpen,
  }
}

export type LineTyping = ReturnType<typeof createLineTyping>

/** What keys do in the grid; kept apart from what typing is. */
export function lineKeys<Row>(parts: LineTypingParts<Row>, typing: LineTyping) {
  const { selection, writer } = parts
  const isFree = () => typing.mode() === 'none'
  const hasRoomToMove = (event: KeyboardEvent) => {
    const input = parts.input()
    if (isFree() || input === undefined) return true
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') return true
    if (typing.mode() === 'inside') return false
    const at = input.selectionStart
    return at === input.selectionEnd && at === (event.key === 'ArrowLeft' ? 0 : input.value.length)
  }
  const moveByKey = (event: KeyboardEvent): boolean => {
    const isVertical = event.key === 'ArrowUp' || event.key === 'ArrowDown'
    if (typing.isListOpen() && isVertical) {
      typing.suggestions.move(event.key === 'ArrowDown' ? 1 : -1)
      return true
    }
    const isArrow = event.key.startsWith('Arrow')
    if (!isFree() && (!isArrow || !hasRoomToMove(event))) return false
    const isFar = event.ctrlKey || event.metaKey
    const next = cellAfterKey(event.key, isFar, selection.cell(), selection.shape())
    if (next !== undefined) typing.moveTo(next)
    return next !== undefined
  }
  const tab = (event: KeyboardEvent): boolean => {
    const step = event.shiftKey ? previousCell : nextCell
    const isLeaving =
      isFree() &&
      (step(selection.cell(), selection.shape()) === undefined ||
        (!event.shiftKey && selection.row() === undefined))
    if (isLeaving) return false
    if (event.shiftKey) typing.goBack()
    else typing.goOn()
    return true
  }
  const act = (event: KeyboardEvent): boolean => {
    const isRemoving = (event.ctrlKey || event.metaKey) && /^(Delete|Backspace)$/.test(event.key)
    if (isRemoving) {
      typing.end()
      writer.remove(selection.cell().row)
      return true
    }
    switch (event.key) {
      case 'Enter':
        if (event.shiftKey) typing.goBack()
        else typing.goOn()
        return true
      case 'Tab':
        return tab(event)
      case 'F2':
        if (isFree()) typing.beginInside()
        return true
      case 'Escape':
        if (isFree()) return false
        typing.end()
        return true
      case 'Delete':
      case 'Backspace':
        if (!isFree()) return false
        typing.clear()
        return true
      default:
        return moveByKey(event)
    }
  }
  return (event: KeyboardEvent): void => {
    if (isComposingKey(event) || event.altKey) return
    if (!act(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
}
