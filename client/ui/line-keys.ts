/** What each key does in the line grid. A key of an input method that composes does nothing here. */
import { isComposingKey } from './composition.ts'
import { cellAfterKey, nextCell, previousCell } from './line-cursor.ts'
import type { LineTyping, LineTypingParts } from './line-typing.ts'

/** The handler of the grid's input. */
export function lineKeys<Row>(
  parts: LineTypingParts<Row>,
  typing: LineTyping,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (isComposingKey(event) || event.altKey) return
    if (!act(parts, typing, event)) return
    event.preventDefault()
    event.stopPropagation()
  }
}

/** True when the key was the grid's. */
function act<Row>(parts: LineTypingParts<Row>, typing: LineTyping, event: KeyboardEvent): boolean {
  const isFree = typing.mode() === 'none'
  if (isRemoval(event)) {
    typing.end()
    parts.writer.remove(parts.selection.cell().row)
    return true
  }
  switch (event.key) {
    case 'Enter':
      return go(typing, event.shiftKey)
    case 'Tab':
      return !isLeaving(parts, typing, event) && go(typing, event.shiftKey)
    case 'F2':
      if (isFree) typing.beginInside()
      return true
    case 'Escape':
      typing.end()
      return !isFree
    case 'Delete':
    case 'Backspace':
      if (isFree) typing.clear()
      return isFree
    default:
      return move(parts, typing, event)
  }
}

function isRemoval(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && /^(?:Delete|Backspace)$/.test(event.key)
}

function go(typing: LineTyping, isBack: boolean): true {
  if (isBack) typing.goBack()
  else typing.goOn()
  return true
}

/** Tab leaves the grid from its ends and from the empty row. */
function isLeaving<Row>(
  { selection }: LineTypingParts<Row>,
  typing: LineTyping,
  event: KeyboardEvent,
): boolean {
  if (typing.mode() !== 'none') return false
  const step = event.shiftKey ? previousCell : nextCell
  const isAtEnd = step(selection.cell(), selection.shape()) === undefined
  return isAtEnd || (!event.shiftKey && selection.row() === undefined)
}

function move<Row>(parts: LineTypingParts<Row>, typing: LineTyping, event: KeyboardEvent): boolean {
  const isVertical = event.key === 'ArrowUp' || event.key === 'ArrowDown'
  if (typing.isListOpen() && isVertical) {
    typing.suggestions.move(event.key === 'ArrowDown' ? 1 : -1)
    return true
  }
  if (typing.mode() !== 'none' && !leavesText(parts, typing, event.key)) return false
  const isFar = event.ctrlKey || event.metaKey
  const { cell, shape } = parts.selection
  const next = cellAfterKey(event.key, isFar, cell(), shape())
  if (next !== undefined) typing.moveTo(next)
  return next !== undefined
}

/** While typing, an arrow leaves the cell up and down, or sideways from the end of quick typing. */
function leavesText<Row>(parts: LineTypingParts<Row>, typing: LineTyping, key: string): boolean {
  if (key === 'ArrowUp' || key === 'ArrowDown') return true
  const input = parts.input()
  const isSideways = key === 'ArrowLeft' || key === 'ArrowRight'
  if (!isSideways || typing.mode() === 'inside' || input === undefined) return false
  const edge = key === 'ArrowLeft' ? 0 : input.value.length
  return input.selectionStart === edge && input.selectionEnd === edge
}
