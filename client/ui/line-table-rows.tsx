/** The visible rows of a line grid, the empty one at the end among them. */
import { For, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { rowHeight } from './appearance.ts'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { isEditable, isFigure, type LineColumn } from './line-columns.ts'
import css from './line-grid.module.css'
import type { LineRow } from './line-rows.ts'
import type { LineViewProps } from './line-view.ts'
import { LineValue } from './line-value.tsx'
import type { LineTyping } from './line-typing.ts'
import type { VirtualRow, VirtualRows } from './virtual-rows.ts'

export interface LineTableRowsProps<Row> extends LineViewProps<Row> {
  readonly gridId: string
  readonly virtual: VirtualRows
  readonly typing: LineTyping
  readonly hasFocus: boolean
  /** Gives the floating input the focus. */
  readonly onFocus: () => void
}

/** The id of a cell, for those who point at it. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`
}

export function LineTableRows<Row>(props: LineTableRowsProps<Row>) {
  return (
    <div class={css['body']} role="rowgroup" style={{ height: `${props.virtual.totalHeight()}px` }}>
      <For each={props.virtual.rows()}>{(item) => <OneRow {...props} item={item} />}</For>
    </div>
  )
}

type OneRowProps<Row> = LineTableRowsProps<Row> & { readonly item: VirtualRow }

function OneRow<Row>(props: OneRowProps<Row>) {
  const index = () => props.item.index
  const line = () => props.lines.rowAt(index())
  const isHere = () => props.hasFocus && props.selection.cell().row === index()
  const isFlashing = () => line() !== undefined && line()?.key === props.grid.flashKey
  return (
    <div
      class={classes(css['row'], css['bodyRow'])}
      role="row"
      aria-rowindex={index() + 2}
      data-here={isHere() ? '' : undefined}
      data-flash={isFlashing() ? '' : undefined}
      style={{ height: `${rowHeight()}px`, top: `${props.item.start}px` }}
    >
      <span class={css['number']} role="rowheader">
        <Show when={line()} fallback={<span class={css['spoken']}>{t('grid.newRow')}</span>}>
          {index() + 1}
        </Show>
      </span>
      <For each={props.columns()}>
        {(column, at) => <OneCell {...props} line={line()} column={column} at={at()} />}
      </For>
      <span class={css['removeCell']} role="gridcell">
        <Show when={line() !== undefined && !props.grid.isReadOnly}>
          <button
            type="button"
            class={css['remove']}
            tabindex={-1}
            aria-label={t('grid.removeRow', index() + 1)}
            title={t('grid.removeRow', index() + 1)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => props.writer.remove(index())}
          >
            <Icon name="close" size={16} />
          </button>
        </Show>
      </span>
    </div>
  )
}

interface OneCellProps<Row> extends OneRowProps<Row> {
  readonly line: LineRow<Row> | undefined
  readonly column: LineColumn<Row>
  readonly at: number
}

function OneCell<Row>(props: OneCellProps<Row>) {
  const index = () => props.item.index
  const isSelected = () =>
    props.selection.cell().row === index() && props.selection.cell().column === props.at
  const problem = () => props.lines.problemAt(props.line, props.column)
  const presence = () =>
    props.line === undefined ? undefined : props.grid.presenceAt?.(props.line.key, props.column.key)
  const select = (event: MouseEvent) => {
    if (props.grid.isReadOnly || event.button !== 0) return
    event.preventDefault()
    const isSame = isSelected() && props.hasFocus
    if (!isSame) props.typing.moveTo({ row: index(), column: props.at })
    props.onFocus()
  }
  return (
    <span
      id={cellId(props.gridId, index(), props.at)}
      class={classes(
        css['cell'],
        isFigure(props.column) && css['end'],
        !isEditable(props.column) && css['derived'],
      )}
      role="gridcell"
      aria-colindex={props.at + 2}
      aria-selected={props.grid.isReadOnly ? undefined : isSelected()}
      aria-invalid={problem() === undefined ? undefined : 'true'}
      title={problem()}
      onMouseDown={select}
      onDblClick={() => props.typing.beginInside()}
    >
      <CellContent {...props} />
      <Show when={presence()}>
        {(other) => (
          <span
            class={css['presence']}
            style={{ '--person': other().color }}
            title={t('grid.editedBy', other().name)}
          >
            <span class={css['presenceName']}>{other().name}</span>
          </span>
        )}
      </Show>
    </span>
  )
}

function CellContent<Row>(props: OneCellProps<Row>) {
  const isEmptyRow = () => props.line === undefined && props.at === 0 && !props.grid.isReadOnly
  return (
    <Show
      when={props.line}
      fallback={
        <Show when={isEmptyRow()}>
          <span class={css['placeholder']}>{t('grid.addRow')}</span>
        </Show>
      }
    >
      {(line) => <LineValue lines={props.lines} line={line()} column={props.column} />}
    </Show>
  )
}
