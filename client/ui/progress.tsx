/** How far a long work is: a thin bar with its words and figures, never a spinner for the network. */
import { createUniqueId, Show } from 'solid-js'
import css from './progress.module.css'

export interface ProgressProps {
  readonly label: string
  /** 0..1; absent while the end is unknown. */
  readonly share?: number | undefined
  /** E.g. `12,400 / 50,000`. */
  readonly note?: string
}

export function Progress(props: ProgressProps) {
  const id = createUniqueId()
  const percent = () => (props.share === undefined ? undefined : Math.floor(props.share * 100))
  return (
    <div class={css['progress']}>
      <div class={css['words']}>
        <span id={id}>{props.label}</span>
        <Show when={props.note}>
          <span class={css['note']}>{props.note}</span>
        </Show>
      </div>
      <div
        class={css['track']}
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent()}
      >
        <div
          class={css['bar']}
          data-unknown={percent() === undefined ? '' : undefined}
          style={{ width: percent() === undefined ? '30%' : `${percent()}%` }}
        />
      </div>
    </div>
  )
}
