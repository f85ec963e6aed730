/** The head of a table: sticks at the top, sorts where a column can. */
import { For, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { classes } from './classes.ts'
import css from './data-table.module.css'
import { Icon } from './icon.tsx'
import type { TableColumn, TableSort } from './table-column.ts'

export interface TableHeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  readonly isHidden: boolean
  readonly sort: TableSort | undefined
  readonly onSort: ((key: string) => void) | undefined
}

export function TableHead<Row>(props: TableHeadProps<Row>) {
  const sorted = (key: string) => (props.sort?.key === key ? props.sort.direction : undefined)
  const ariaSort = (column: TableColumn<Row>) => {
    if (!column.isSortable) return undefined
    const direction = sorted(column.key)
    if (direction === undefined) return 'none'
    return direction === 'up' ? 'ascending' : 'descending'
  }
  return (
    <div class={classes(css['head'], props.isHidden && css['unseen'])} role="rowgroup">
      <div class={css['row']} role="row" aria-rowindex={1}>
        <For each={props.columns}>
          {(column) => (
            <div
              class={classes(css['headCell'], css[column.align ?? 'start'])}
              role="columnheader"
              aria-sort={ariaSort(column)}
            >
              <Show when={column.isSortable} fallback={column.label}>
                <button
                  type="button"
                  class={css['sort']}
                  tabindex={-1}
                  onClick={() => props.onSort?.(column.key)}
                >
                  {column.label}
                  <Show when={sorted(column.key)}>
                    {(direction) => (
                      <Icon
                        name={direction() === 'up' ? 'sort-up' : 'sort-down'}
                        size={14}
                        label={direction() === 'up' ? t('table.sortUp') : t('table.sortDown')}
                      />
                    )}
                  </Show>
                </button>
              </Show>
            </div>
          )}
        </For>
      </div>
    </div>
  )
}
