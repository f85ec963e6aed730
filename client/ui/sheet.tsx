/** A raised page on the ground: one subject, thin rules inside, no sheets within sheets. */
import { children, createUniqueId, type JSX, Show } from 'solid-js'
import { classes } from './classes.ts'
import css from './sheet.module.css'

export interface SheetProps {
  readonly title?: string
  readonly note?: JSX.Element
  readonly actions?: JSX.Element
  readonly children: JSX.Element
  /** Children reach the edges: tables and lists. */
  readonly isFlush?: boolean
  /** Takes the height left over and scrolls inside. */
  readonly isFull?: boolean
}

export function Sheet(props: SheetProps) {
  const titleId = createUniqueId()
  const actions = children(() => props.actions)
  return (
    <section
      class={classes(css['sheet'], props.isFull && css['full'])}
      aria-labelledby={props.title === undefined ? undefined : titleId}
    >
      <Show when={props.title !== undefined || actions() !== undefined}>
        <header class={css['head']}>
          <h2 id={titleId} class={css['title']}>
            {props.title}
          </h2>
          <Show when={props.note}>{(note) => <span class={css['note']}>{note()}</span>}</Show>
          <div class={css['actions']}>{actions()}</div>
        </header>
      </Show>
      <div class={classes(css['body'], props.isFlush && css['flush'])}>{props.children}</div>
    </section>
  )
}
