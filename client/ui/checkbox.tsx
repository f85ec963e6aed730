/** Yes or no beside its sentence; `Switch` is the same where it takes effect at once. */
import { createEffect, createUniqueId, Show } from 'solid-js'
import css from './checkbox.module.css'

export interface CheckboxProps {
  readonly label: string
  readonly hint?: string
  readonly isChecked: boolean
  /** Some of the things it stands for are chosen. */
  readonly isPartly?: boolean
  readonly isDisabled?: boolean
  readonly isLabelHidden?: boolean
  readonly onChange: (isChecked: boolean) => void
}

export function Checkbox(props: CheckboxProps) {
  return <Toggle {...props} shape="checkbox" />
}

export function Switch(props: CheckboxProps) {
  return <Toggle {...props} shape="switch" />
}

function Toggle(props: CheckboxProps & { readonly shape: 'checkbox' | 'switch' }) {
  const hintId = createUniqueId()
  return (
    <label class={css['toggle']} data-disabled={props.isDisabled ? '' : undefined}>
      <input
        type="checkbox"
        role={props.shape === 'switch' ? 'switch' : undefined}
        class={css[props.shape]}
        checked={props.isChecked}
        ref={(element) => createEffect(() => (element.indeterminate = props.isPartly === true))}
        disabled={props.isDisabled}
        aria-label={props.isLabelHidden ? props.label : undefined}
        aria-describedby={props.hint === undefined ? undefined : hintId}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <Show when={!props.isLabelHidden}>
        <span class={css['words']}>
          {props.label}
          <Show when={props.hint}>
            <span id={hintId} class={css['hint']}>
              {props.hint}
            </span>
          </Show>
        </span>
      </Show>
    </label>
  )
}
