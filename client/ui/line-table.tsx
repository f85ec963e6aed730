/** The grid as a table: head, visible rows, blank ruled paper below, totals, and the one floating input. */
import { createEffect, createSignal, createUniqueId, Show } from 'solid-js'
import { columnScale, rowHeight } from './appearance.ts'
import css from './line-grid.module.css'
import { LineInput } from './line-input.tsx'
import { LineTableRows } from './line-table-rows.tsx'
import { LineHead, LineTotals } from './line-head.tsx'
import { createLineTyping, type LineTypingParts } from './line-typing.ts'
import { type LineViewProps, lineHeadHeight } from './line-view.ts'
import { leastWidth, templateOf } from './table-column.ts'
import { createVirtualRows } from './virtual-rows.ts'

/** Row number before, removal after the columns, px. */
const numberWidth = 44
const removeWidth = 40

export function LineTable<Row>(props: LineViewProps<Row> & { readonly width: number }) {
  const gridId = createUniqueId()
  const [scroll, setScroll] = createSignal<HTMLElement>()
  const [input, setInput] = createSignal<HTMLInputElement>()
  const [hasFocus, setFocus] = createSignal(false)
  const shape = () => props.selection.shape()
  const hasTotals = () => props.columns().some((column) => column.total !== undefined)
  const typing = createLineTyping(typingParts(props, input))
  const virtual = createVirtualRows({
    scroll,
    count: () => shape().rows,
    rowHeight,
    headHeight: () => lineHeadHeight,
    footHeight: () => (hasTotals() ? lineHeadHeight : 0),
  })
  const shapes = () => [{ width: numberWidth }, ...props.columns(), { width: removeWidth }]
  createEffect(() => hasFocus() && virtual.scrollTo(props.selection.cell().row))
  return (
    <div ref={setScroll} class={css['scroll']}>
      <div
        class={css['paper']}
        style={{
          '--columns': templateOf(shapes(), columnScale()),
          'min-width': `${leastWidth(shapes(), columnScale())}px`,
        }}
      >
        <div
          id={gridId}
          class={css['grid']}
          role="grid"
          aria-label={props.grid.label}
          aria-rowcount={shape().rows + 1}
          aria-colcount={shape().columns + 2}
          aria-readonly={props.grid.isReadOnly ? 'true' : undefined}
        >
          <LineHead columns={props.columns()} />
          <LineTableRows
            {...props}
            gridId={gridId}
            virtual={virtual}
            typing={typing}
            hasFocus={hasFocus()}
            onFocus={() => input()?.focus({ preventScroll: true })}
          />
          <div class={css['blank']} aria-hidden="true" />
          <Show when={hasTotals()}>
            <LineTotals columns={props.columns()} />
          </Show>
        </div>
        <Show when={!props.grid.isReadOnly}>
          <LineInput
            {...props}
            gridId={gridId}
            typing={typing}
            ref={setInput}
            onFocusChange={setFocus}
          />
        </Show>
      </div>
    </div>
  )
}

function typingParts<Row>(
  props: LineViewProps<Row>,
  input: () => HTMLInputElement | undefined,
): LineTypingParts<Row> {
  return { lines: props.lines, selection: props.selection, writer: props.writer, input }
}
