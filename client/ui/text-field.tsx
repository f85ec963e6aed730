/** A line (or a few lines) of text. Commits on leaving or Enter; composing Chinese never commits. */
import { createEffect, createSignal, on, onMount, Show, untrack } from 'solid-js'
import { classes } from './classes.ts'
import { FieldFrame, type FieldProps } from './field.tsx'
import css from './field.module.css'

export interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly kind?: 'text' | 'password' | 'search' | 'multiline' | 'code'
  readonly placeholder?: string
  readonly maxLength?: number
  readonly autocomplete?:
    | 'off'
    | 'username'
    | 'current-password'
    | 'new-password'
    | 'name'
    | 'organization'
  /** `keep`: a scanner burst belongs in this field (barcodes), it is not taken away from it. */
  readonly scan?: 'keep'
  /** Each change while typing. */
  readonly onInput?: (text: string) => void
  /** The finished text. */
  readonly onCommit?: (text: string) => void
}

export function TextField(props: TextFieldProps) {
  let element: HTMLInputElement | HTMLTextAreaElement | undefined
  const [text, setText] = createSignal(untrack(() => props.value))
  createEffect(
    on(
      () => props.value,
      (now, before) => {
        // What is being typed is never overwritten by a value that arrives meanwhile.
        if (document.activeElement !== element || text() === before) setText(now)
      },
    ),
  )
  onMount(() => props.hasFocus && element?.focus())

  const input = (event: InputEvent & { currentTarget: { value: string } }) => {
    setText(event.currentTarget.value)
    props.onInput?.(text())
  }
  // Enter commits and leaving comes after it: the same text is committed once.
  let committed: string | undefined
  createEffect(() => (committed = props.value))
  const commit = () => {
    if (text() === committed) return
    committed = text()
    props.onCommit?.(text())
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.key !== 'Enter') return
    commit()
  }
  const shared = () => ({
    value: text(),
    placeholder: props.placeholder,
    maxlength: props.maxLength,
    disabled: props.isDisabled,
    readonly: props.isReadOnly,
    onInput: input,
    onChange: commit,
    'data-scan': props.scan,
    'data-focus': props.hasFocus ? '' : undefined,
  })
  return (
    <FieldFrame {...props}>
      {(control) => (
        <Show
          when={props.kind === 'multiline'}
          fallback={
            <input
              ref={(found) => (element = found)}
              class={css['control']}
              type={inputType(props.kind)}
              autocomplete={props.autocomplete ?? 'off'}
              spellcheck={false}
              onKeyDown={keyDown}
              {...shared()}
              {...control()}
            />
          }
        >
          <textarea
            ref={(found) => (element = found)}
            class={classes(css['control'])}
            rows={2}
            {...shared()}
            {...control()}
          />
        </Show>
      )}
    </FieldFrame>
  )
}

function inputType(kind: TextFieldProps['kind']): string {
  if (kind === 'password' || kind === 'search') return kind
  return 'text'
}
