/** The head and the totals of a line grid. */
import { For } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { classes } from './classes.ts'
import { isFigure, type LineColumn } from './line-columns.ts'
import css from './line-grid.module.css'

export interface LineHeadProps<Row> {
  readonly columns: readonly LineColumn<Row>[]
}

export function LineHead<Row>(props: LineHeadProps<Row>) {
  return (
    <div class={css['head']} role="rowgroup">
      <div class={css['row']} role="row" aria-rowindex={1}>
        <span class={classes(css['headCell'], css['numberHead'])} role="columnheader">
          <span class={css['spoken']}>{t('grid.rowNumber')}</span>
        </span>
        <For each={props.columns}>
          {(column) => (
            <span
              class={classes(css['headCell'], isFigure(column) && css['end'])}
              role="columnheader"
              data-key={column.key}
            >
              {column.label}
              {column.isRequired ? <span class={css['required']}>*</span> : undefined}
            </span>
          )}
        </For>
        <span class={css['headCell']} role="columnheader">
          <span class={css['spoken']}>{t('word.delete')}</span>
        </span>
      </div>
    </div>
  )
}

export function LineTotals<Row>(props: LineHeadProps<Row>) {
  return (
    <div class={css['totals']} role="rowgroup">
      <div class={css['row']} role="row">
        <span class={css['totalCell']} role="gridcell" />
        <For each={props.columns}>
          {(column, index) => (
            <span
              class={classes(css['totalCell'], isFigure(column) && css['end'])}
              role="gridcell"
              data-has={column.total === undefined ? undefined : ''}
            >
              {index() === 0 && column.total === undefined ? t('word.total') : column.total?.()}
            </span>
          )}
        </For>
        <span class={css['totalCell']} role="gridcell" />
      </div>
    </div>
  )
}
