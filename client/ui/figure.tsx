/** One figure that matters, with its name, a note below, and the records behind it one press away. */
import { type JSX, Show } from 'solid-js'
import { classes } from './classes.ts'
import css from './figure.module.css'

export interface FigureProps {
  readonly label: string
  readonly children: JSX.Element
  readonly note?: JSX.Element
  readonly size?: 'small' | 'normal' | 'large' | 'huge'
  /** Makes it a link to its records. */
  readonly href?: string
}

export function Figure(props: FigureProps) {
  return (
    <Show when={props.href} fallback={<div class={css['figure']}>{figureBody(props)}</div>}>
      {(href) => (
        <a class={classes(css['figure'], css['link'])} href={href()}>
          {figureBody(props)}
        </a>
      )}
    </Show>
  )
}

function figureBody(props: FigureProps): JSX.Element {
  return (
    <>
      <span class={css['label']}>{props.label}</span>
      <span class={classes(css['value'], css[props.size ?? 'normal'])}>{props.children}</span>
      <Show when={props.note}>{(note) => <span class={css['note']}>{note()}</span>}</Show>
    </>
  )
}
