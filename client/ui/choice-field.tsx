/** One of a few: the platform's own list, so that a phone shows its wheel and a keyboard its letters. */
import { For, Show } from 'solid-js'
import { classes } from './classes.ts'
import { FieldFrame, type FieldProps } from './field.tsx'
import css from './field.module.css'
import { Icon } from './icon.tsx'

export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly isDisabled?: boolean
}

export interface ChoiceFieldProps<Value extends string = string> extends FieldProps {
  readonly value: Value | undefined
  readonly options: readonly Option<Value>[]
  /** Shown while nothing is chosen; choosing it clears an optional field. */
  readonly placeholder?: string
  readonly onCommit: (value: Value | undefined) => void
}

export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const choose = (text: string) =>
    props.onCommit(props.options.find((option) => option.value === text)?.value)
  return (
    <FieldFrame {...props}>
      {(control) => (
        <span class={css['selectBox']}>
          <select
            class={classes(css['control'], css['select'])}
            disabled={props.isDisabled || props.isReadOnly}
            onChange={(event) => choose(event.currentTarget.value)}
            {...control()}
          >
            <Show when={props.placeholder !== undefined || props.value === undefined}>
              <option value="" selected={props.value === undefined}>
                {props.placeholder ?? ''}
              </option>
            </Show>
            <For each={props.options}>
              {(option) => (
                <option
                  value={option.value}
                  disabled={option.isDisabled}
                  selected={option.value === props.value}
                >
                  {option.label}
                </option>
              )}
            </For>
          </select>
          <Icon name="chevron-down" size={16} />
        </span>
      )}
    </FieldFrame>
  )
}
