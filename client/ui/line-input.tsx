/**
 * The one input of the grid, always there and always over the selected cell, so that an input method can begin
 * to compose in a cell that is only selected. It lies outside the grid element, whose children are rows only.
 */
import {
  type Accessor,
  createEffect,
  createSignal,
  createUniqueId,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from 'solid-js'
import { t } from '#client/text/translate.ts'
import { announce } from './announcer.tsx'
import { densityInForce, rowHeight } from './appearance.ts'
import { classes } from './classes.ts'
import { composedText } from './composition.ts'
import { Floating } from './floating.tsx'
import { isEditable, isFigure } from './line-columns.ts'
import css from './line-grid.module.css'
import { lineKeys } from './line-keys.ts'
import { pasteCells } from './line-paste.ts'
import type { LineTyping } from './line-typing.ts'
import { type LineViewProps, lineHeadHeight } from './line-view.ts'
import { hasList } from './line-writer.ts'
import { scanRollback } from './scan-listener.ts'
import { optionId, SuggestionList } from './suggestion-list.tsx'

export interface LineInputProps<Row> extends LineViewProps<Row> {
  readonly gridId: string
  readonly width: number
  readonly typing: LineTyping
  readonly ref: (input: HTMLInputElement) => void
  readonly onFocusChange: (hasFocus: boolean) => void
}

export function LineInput<Row>(props: LineInputProps<Row>) {
  const listId = createUniqueId()
  const [input, setInput] = createSignal<HTMLInputElement>()
  const [box, setBox] = createSignal<HTMLElement>()
  const typing = untrack(() => props.typing)
  const isTyping = () => typing.mode() !== 'none'
  const column = () => props.selection.column()
  const span = createColumnSpan(() => ({
    gridId: props.gridId,
    key: column()?.key ?? '',
    width: props.width,
    columns: props.columns(),
    density: densityInForce(),
  }))
  const spoken = () => {
    const of = column()
    const text = of === undefined ? '' : props.lines.textAt(props.selection.row(), of)
    return t('grid.cell', props.selection.cell().row + 1, of?.label ?? '', text)
  }
  const keys = lineKeys({ ...untrack(() => partsOf(props)), input }, typing)
  createFollowing(() => props.selection.cell(), input, box, spoken)
  createScanRollback(input, typing)
  const typed = (event: InputEvent & { readonly currentTarget: HTMLInputElement }) => {
    const text = event.currentTarget.value
    typing.type(event.isComposing ? composedText(text) : text)
  }
  const problem = () => {
    const of = column()
    const standing = of === undefined ? undefined : props.lines.problemAt(props.selection.row(), of)
    return typing.mistake() ?? (isTyping() ? undefined : standing)
  }
  const isFigureCell = () => isFigureColumn(props)
  const active = () =>
    typing.isListOpen() && typing.suggestions.items().length > 0
      ? optionId(listId, typing.suggestions.index())
      : undefined
  const leave = () => {
    if (!typing.commit()) typing.end()
    props.onFocusChange(false)
  }
  return (
    <div
      ref={setBox}
      class={classes(css['editor'], isFigureCell() && css['editorEnd'])}
      data-typing={isTyping() ? '' : undefined}
      data-wrong={problem() === undefined ? undefined : ''}
      style={{
        left: `${span().left}px`,
        width: `${span().width}px`,
        top: `${lineHeadHeight + props.selection.cell().row * rowHeight()}px`,
        height: `${rowHeight()}px`,
      }}
    >
      <input
        ref={(element) => {
          setInput(element)
          props.ref(element)
        }}
        class={css['input']}
        role={hasList(column()) ? 'combobox' : undefined}
        aria-expanded={hasList(column()) ? typing.isListOpen() : undefined}
        aria-controls={typing.isListOpen() ? listId : props.gridId}
        aria-activedescendant={active()}
        aria-label={spoken()}
        aria-invalid={problem() === undefined ? undefined : 'true'}
        inputmode={isFigureCell() ? 'decimal' : 'text'}
        autocomplete="off"
        spellcheck={false}
        readonly={!isEditableColumn(props)}
        onInput={typed}
        onCompositionStart={() => !isTyping() && typing.begin('quick', '')}
        onKeyDown={keys}
        onFocus={() => props.onFocusChange(true)}
        onBlur={leave}
        onPaste={(event) => pasteCells(event, props, typing)}
        onCopy={(event) => copyCell(event, props, isTyping())}
        onDblClick={() => !isTyping() && typing.beginInside()}
      />
      <Show when={problem()}>
        {(message) => (
          <Floating isOpen look="bubble" anchor={box} revision={message()}>
            <span role="alert">{message()}</span>
          </Floating>
        )}
      </Show>
      <SuggestionList
        id={listId}
        label={column()?.label ?? ''}
        isOpen={typing.isListOpen() && typing.mistake() === undefined}
        anchor={box}
        suggestions={typing.suggestions}
        emptyText={t('grid.noSuggestion')}
        onTake={(suggestion) => typing.take(suggestion)}
      />
    </div>
  )
}

interface ColumnPlace {
  readonly gridId: string
  readonly key: string
  /** Changes when the layout may have. */
  readonly width: number
  readonly columns: unknown
  readonly density: unknown
}

/** The selected column's place, read from its head; px. */
function createColumnSpan(place: Accessor<ColumnPlace>) {
  const [span, setSpan] = createSignal({ left: 0, width: 0 })
  createEffect(() => {
    const { gridId, key } = place()
    const selector = `[role=columnheader][data-key="${CSS.escape(key)}"]`
    const head = document.getElementById(gridId)?.querySelector<HTMLElement>(selector)
    if (head) setSpan({ left: head.offsetLeft, width: head.offsetWidth })
  })
  return span
}

/** While the grid has the focus, each move of the cell is said and brought into view. */
function createFollowing(
  cell: Accessor<unknown>,
  input: Accessor<HTMLElement | undefined>,
  box: Accessor<HTMLElement | undefined>,
  spoken: Accessor<string>,
): void {
  const follow = () => {
    if (document.activeElement !== input()) return
    announce(spoken())
    box()?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  createEffect(on(cell, follow, { defer: true }))
}

/** What a scanner typed into a cell is dropped. */
function createScanRollback(input: Accessor<HTMLElement | undefined>, typing: LineTyping): void {
  onMount(() => {
    const drop = (event: Event) => {
      event.preventDefault()
      typing.end()
    }
    const element = input()
    element?.addEventListener(scanRollback, drop)
    onCleanup(() => element?.removeEventListener(scanRollback, drop))
  })
}

function partsOf<Row>(view: LineViewProps<Row>) {
  return { lines: view.lines, selection: view.selection, writer: view.writer }
}

function isFigureColumn<Row>(view: LineViewProps<Row>): boolean {
  const column = view.selection.column()
  return column !== undefined && isFigure(column)
}

function isEditableColumn<Row>(view: LineViewProps<Row>): boolean {
  const column = view.selection.column()
  return column !== undefined && isEditable(column)
}

/** Copying a selected cell copies its text, though the input is empty. */
function copyCell<Row>(event: ClipboardEvent, view: LineViewProps<Row>, isTyping: boolean): void {
  const column = view.selection.column()
  if (isTyping || column === undefined) return
  event.preventDefault()
  event.clipboardData?.setData('text/plain', view.lines.textAt(view.selection.row(), column))
}
