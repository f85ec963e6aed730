/**
 * The one input of the grid, always there and always over the selected cell, so that an input method can begin
 * to compose in a cell that is only selected. It lies outside the grid element, whose children are rows only.
 */
import { createEffect, createSignal, createUniqueId, on, onCleanup, onMount, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { announce } from './announcer.tsx'
import { rowHeight } from './appearance.ts'
import { classes } from './classes.ts'
import { composedText } from './composition.ts'
import { Floating } from './floating.tsx'
import { isEditable, isFigure } from './line-columns.ts'
import css from './line-grid.module.css'
import { pasteCells } from './line-paste.ts'
import { lineHeadHeight, type LineViewProps } from './line-table.tsx'
import { type LineTyping, lineKeys } from './line-typing.ts'
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
  let input: HTMLInputElement | undefined
  const [box, setBox] = createSignal<HTMLElement>()
  const [span, setSpan] = createSignal({ left: 0, width: 0 })
  const typing = () => props.typing
  const isTyping = () => typing().mode() !== 'none'
  const column = () => props.selection.column()
  const keys = lineKeys(
    { lines: props.lines, selection: props.selection, writer: props.writer, input: () => input },
    props.typing,
  )

  /** The selected column's place, read from its head. */
  createEffect(() => {
    props.width
    props.columns()
    const key = column()?.key ?? ''
    const head = document.getElementById(props.gridId)?.querySelector<HTMLElement>(
      `[role=columnheader][data-key="${CSS.escape(key)}"]`,
    )
    if (head) setSpan({ left: head.offsetLeft, width: head.offsetWidth })
  })
  const spokenCell = () => {
    const found = column()
    const text = found === undefined ? '' : props.lines.textAt(props.selection.row(), found)
    return t('grid.cell', props.selection.cell().row + 1, found?.label ?? '', text)
  }
  createEffect(
    on(
      () => props.selection.cell(),
      () => {
        if (document.activeElement !== input) return
        announce(spokenCell())
        box()?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      },
      { defer: true },
    ),
  )
  onMount(() => {
    const drop = (event: Event) => {
      event.preventDefault()
      typing().end()
    }
    input?.addEventListener(scanRollback, drop)
    onCleanup(() => input?.removeEventListener(scanRollback, drop))
  })
  const typed = (event: InputEvent & { readonly currentTarget: HTMLInputElement }) => {
    const text = event.currentTarget.value
    typing().type(event.isComposing ? composedText(text) : text)
  }
  const problem = () => {
    const found = column()
    const standing =
      found === undefined ? undefined : props.lines.problemAt(props.selection.row(), found)
    return typing().mistake() ?? (isTyping() ? undefined : standing)
  }
  const active = () =>
    typing().isListOpen() && typing().suggestions.items().length > 0
      ? optionId(listId, typing().suggestions.index())
      : undefined
  return (
    <div
      ref={setBox}
      class={classes(css['editor'], isFigureColumn(props) && css['editorEnd'])}
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
          input = element
          props.ref(element)
        }}
        class={css['input']}
        role={hasList(column()) ? 'combobox' : undefined}
        aria-expanded={hasList(column()) ? typing().isListOpen() : undefined}
        aria-controls={typing().isListOpen() ? listId : props.gridId}
        aria-activedescendant={active()}
        aria-label={spokenCell()}
        aria-invalid={problem() === undefined ? undefined : 'true'}
        inputmode={isFigureColumn(props) ? 'decimal' : 'text'}
        autocomplete="off"
        spellcheck={false}
        readonly={!isEditableColumn(props)}
        onInput={typed}
        onCompositionStart={() => !isTyping() && typing().begin('quick', '')}
        onKeyDown={keys}
        onFocus={() => props.onFocusChange(true)}
        onBlur={() => {
          if (!typing().commit()) typing().end()
          props.onFocusChange(false)
        }}
        onPaste={(event) => pasteCells(event, props, typing())}
        onCopy={(event) => copyCell(event, props, isTyping())}
        onDblClick={() => !isTyping() && typing().beginInside()}
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
        isOpen={typing().isListOpen() && typing().mistake() === undefined}
        anchor={box}
        suggestions={typing().suggestions}
        emptyText={t('grid.noSuggestion')}
        onTake={(suggestion) => typing().take(suggestion)}
      />
    </div>
  )
}

function isFigureColumn<Row>(props: LineViewProps<Row>): boolean {
  const column = props.selection.column()
  return column !== undefined && isFigure(column)
}

function isEditableColumn<Row>(props: LineViewProps<Row>): boolean {
  const column = props.selection.column()
  return column !== undefined && isEditable(column)
}

/** Copying a selected cell copies its text, though the input is empty. */
function copyCell<Row>(event: ClipboardEvent, props: LineViewProps<Row>, isTyping: boolean): void {
  const column = props.selection.column()
  if (isTyping || column === undefined) return
  event.preventDefault()
  event.clipboardData?.setData('text/plain', props.lines.textAt(props.selection.row(), column))
}
