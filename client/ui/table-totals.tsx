/** The last row of a table: totals under a double rule, as a bookkeeper draws it. */
import { For } from 'solid-js'
import { classes } from './classes.ts'
import css from './data-table.module.css'
import type { TableColumn } from './table-column.ts'

export interface TableTotalsProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
}

export function TableTotals<Row>(props: TableTotalsProps<Row>) {
  return (
    <div class={css['totals']} role="rowgroup">
      <div class={css['row']} role="row">
        <For each={props.columns}>
          {(column) => (
            <div
              class={classes(css['cell'], css['total'], css[column.align ?? 'start'])}
              role="gridcell"
              data-has={column.total === undefined ? undefined : ''}
            >
              {column.total?.()}
            </div>
          )}
        </For>
      </div>
    </div>
  )
}
