/** A key as it stands on the keyboard, e.g. `Ctrl+K`. Absent on the floor, where there is none. */
import { For } from 'solid-js'
import css from './key-hint.module.css'

export interface KeyHintProps {
  /** Keys joined by `+`. */
  readonly keys: string
}

export function KeyHint(props: KeyHintProps) {
  return (
    <span class={css['keys']} aria-hidden="true">
      <For each={props.keys.split('+')}>{(key) => <kbd class={css['key']}>{key}</kbd>}</For>
    </span>
  )
}
