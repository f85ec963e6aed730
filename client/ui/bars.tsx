/** A few amounts side by side: bars from zero with their words and figures beside them, the largest full. */
import { For, type JSX, Show } from 'solid-js'
import css from './bars.module.css'

export interface Bar {
  readonly label: string
  /** Any unit, as long as it is one. */
  readonly value: number
  readonly text: JSX.Element
  readonly href?: string
  /** The one that is meant; the others step back. */
  readonly isMarked?: boolean
}

export interface BarsProps {
  readonly label: string
  readonly bars: readonly Bar[]
}

export function Bars(props: BarsProps) {
  const highest = () => Math.max(1, ...props.bars.map((bar) => Math.abs(bar.value)))
  return (
    <ul class={css['bars']} aria-label={props.label}>
      <For each={props.bars}>
        {(bar) => (
          <li class={css['item']}>
            <Show when={bar.href} fallback={<OneBar bar={bar} highest={highest()} />}>
              {(href) => (
                <a class={css['link']} href={href()}>
                  <OneBar bar={bar} highest={highest()} />
                </a>
              )}
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}

function OneBar(props: { readonly bar: Bar; readonly highest: number }) {
  const share = () => `${(Math.abs(props.bar.value) / props.highest) * 100}%`
  return (
    <span class={css['bar']}>
      <span class={css['label']}>{props.bar.label}</span>
      <span class={css['track']}>
        <span
          class={css['fill']}
          data-marked={props.bar.isMarked ? '' : undefined}
          data-negative={props.bar.value < 0 ? '' : undefined}
          style={{ width: share() }}
        />
      </span>
      <span class={css['text']}>{props.bar.text}</span>
    </span>
  )
}
