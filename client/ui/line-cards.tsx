/** The lines of a document on a phone: one card per line, the whole card opens a form with large fields. */
import { createSignal, For, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { isFigure, type LineColumn } from './line-columns.ts'
import { LineForm } from './line-form.tsx'
import css from './line-cards.module.css'
import { LineValue } from './line-value.tsx'
import type { LineRow } from './line-rows.ts'
import type { LineViewProps } from './line-view.ts'

export function LineCards<Row>(props: LineViewProps<Row>) {
  /** Index of the line in the form; the number of lines for a new one. */
  const [openAt, setOpenAt] = createSignal<number>()
  const open = (index: number) => {
    props.selection.select({ row: index, column: 0 })
    setOpenAt(index)
  }
  return (
    <div class={css['cards']} data-full={props.grid.isFull ? '' : undefined}>
      <ol class={css['list']} aria-label={props.grid.label}>
        <For each={props.lines.rows()}>
          {(line, index) => (
            <li>
              <Card {...props} line={line} index={index()} onOpen={() => open(index())} />
            </li>
          )}
        </For>
      </ol>
      <Show when={!props.grid.isReadOnly}>
        <div class={css['add']}>
          <Button icon="plus" isWide size="large" onPress={() => open(props.lines.rows().length)}>
            {t('grid.addRow')}
          </Button>
        </div>
      </Show>
      <Show when={props.columns().some((column) => column.total !== undefined)}>
        <dl class={css['totals']}>
          <For each={props.columns().filter((column) => column.total !== undefined)}>
            {(column) => (
              <div class={css['total']}>
                <dt>{column.label}</dt>
                <dd>{column.total?.()}</dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
      <LineForm {...props} openAt={openAt()} onOpenAt={setOpenAt} />
    </div>
  )
}

interface CardProps<Row> extends LineViewProps<Row> {
  readonly line: LineRow<Row>
  readonly index: number
  readonly onOpen: () => void
}

function Card<Row>(props: CardProps<Row>) {
  const first = () => props.columns()[0]
  const figures = () => props.columns().filter((column) => isFigure(column))
  const others = () => props.columns().filter((column, at) => at > 0 && !isFigure(column))
  const problem = () =>
    props
      .columns()
      .map((column) => props.lines.problemAt(props.line, column))
      .find((text) => text !== undefined)
  return (
    <button
      type="button"
      class={classes(css['card'], props.line.key === props.grid.flashKey && css['flash'])}
      onClick={() => props.onOpen()}
    >
      <span class={css['number']}>{props.index + 1}</span>
      <span class={css['words']}>
        <Show when={first()}>
          {(column) => (
            <span class={css['title']}>
              <LineValue {...props} column={column()} />
            </span>
          )}
        </Show>
        <span class={css['others']}>
          <For each={others()}>{(column) => <Other {...props} column={column} />}</For>
        </span>
        <Show when={problem()}>
          {(text) => (
            <span class={css['problem']}>
              <Icon name="finding" size={14} />
              {text()}
            </span>
          )}
        </Show>
      </span>
      <span class={css['figures']}>
        <For each={figures()}>
          {(column, at) => (
            <span class={classes(css['figure'], at() === 0 && css['main'])}>
              <LineValue {...props} column={column} />
            </span>
          )}
        </For>
      </span>
    </button>
  )
}

function Other<Row>(props: CardProps<Row> & { readonly column: LineColumn<Row> }) {
  return (
    <Show when={props.lines.textAt(props.line, props.column) !== ''}>
      <span>
        <LineValue {...props} column={props.column} />
      </span>
    </Show>
  )
}
