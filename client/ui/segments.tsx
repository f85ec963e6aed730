/** One of two to five, all visible: a row of joined buttons (a radio group for assistive technology). */
import { createUniqueId, For, Show } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'
import css from './segments.module.css'

export interface Segment<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly icon?: IconName
}

export interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly Segment<Value>[]
  readonly onChoose: (value: Value) => void
}

export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const name = createUniqueId()
  return (
    <div class={css['segments']} role="radiogroup" aria-label={props.label}>
      <For each={props.options}>
        {(option) => (
          <label class={css['segment']}>
            <input
              class={css['radio']}
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChoose(option.value)}
            />
            <Show when={option.icon}>{(icon) => <Icon name={icon()} size={16} />}</Show>
            <span>{option.label}</span>
          </label>
        )}
      </For>
    </div>
  )
}
