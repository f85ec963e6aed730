/** The visible rows of a table, as columns or as cards. */
import { For, Show } from 'solid-js'
import { classes } from './classes.ts'
import type { DataTableProps } from './data-table.tsx'
import css from './data-table.module.css'
import type { RowCursor } from './row-cursor.ts'
import type { TableColumn } from './table-column.ts'
import type { VirtualRow, VirtualRows } from './virtual-rows.ts'

export interface TableBodyProps<Row> {
  readonly table: DataTableProps<Row>
  readonly tableId: string
  readonly columns: readonly TableColumn<Row>[]
  readonly hasCards: boolean
  readonly rowHeight: number
  readonly virtual: VirtualRows
  readonly cursor: RowCursor
}

export function TableBody<Row>(props: TableBodyProps<Row>) {
  return (
    <div class={css['body']} role="rowgroup" style={{ height: `${props.virtual.totalHeight()}px` }}>
      <For each={props.virtual.rows()}>{(item) => <TableRow {...props} item={item} />}</For>
    </div>
  )
}

function TableRow<Row>(props: TableBodyProps<Row> & { readonly item: VirtualRow }) {
  const index = () => props.item.index
  const row = () => props.table.row(index())
  const isSelected = () => {
    const present = row()
    if (index() === props.cursor.index()) return true
    return present !== undefined && props.table.rowKey(present) === props.table.selectedKey
  }
  const press = () => {
    props.cursor.put(index())
    if (props.table.onSelect === undefined || props.hasCards) props.cursor.open(index())
  }
  return (
    <div
      id={`${props.tableId}-${index()}`}
      class={classes(css['row'], css['bodyRow'], props.hasCards && css['cardRow'])}
      role="row"
      aria-rowindex={index() + 2}
      aria-selected={isSelected()}
      data-open={props.table.onOpen === undefined ? undefined : ''}
      style={{ height: `${props.rowHeight}px`, top: `${props.item.start}px` }}
      onClick={press}
      onDblClick={() => props.table.onSelect !== undefined && props.cursor.open(index())}
    >
      <Show when={row()} fallback={<Coming {...props} />}>
        {(present) => (
          <Show
            when={props.hasCards}
            fallback={
              <For each={props.columns}>
                {(column) => (
                  <div class={classes(css['cell'], css[column.align ?? 'start'])} role="gridcell">
                    {column.render(present())}
                  </div>
                )}
              </For>
            }
          >
            <div class={css['card']} role="gridcell">
              {props.table.card?.(present())}
            </div>
          </Show>
        )}
      </Show>
    </div>
  )
}

/** The shape of a row whose data is on its way. */
function Coming<Row>(props: TableBodyProps<Row>) {
  const shapes = () => (props.hasCards ? props.columns.slice(0, 1) : props.columns)
  return (
    <For each={shapes()}>
      {(column) => (
        <div class={classes(css['cell'], css[column.align ?? 'start'])} role="gridcell">
          <span class={css['coming']} />
        </div>
      )}
    </For>
  )
}
