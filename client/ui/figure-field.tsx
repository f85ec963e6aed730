/**
 * The one body of all figure fields: free text while it has the focus, parsed when left. A text that does
 * not read stays visible with what is wrong and nothing is committed. Scans never stay in it.
 */
import { createEffect, createMemo, createSignal, on, onMount, Show } from 'solid-js'
import type { Result } from '#domain/values/result.ts'
import { classes } from './classes.ts'
import { FieldFrame, type FieldProps } from './field.tsx'
import type { EntryProblem } from './figure-entry.ts'
import css from './field.module.css'

export interface FigureFieldProps<Value> extends FieldProps {
  readonly value: Value | undefined
  readonly read: (text: string) => Result<Value, EntryProblem>
  readonly write: (value: Value) => string
  readonly before?: string
  readonly after?: string
  readonly placeholder?: string
  readonly onCommit: (value: Value | undefined) => void
}

export function FigureField<Value>(props: FigureFieldProps<Value>) {
  let element: HTMLInputElement | undefined
  const written = createMemo(() => (props.value === undefined ? '' : props.write(props.value)))
  const [text, setText] = createSignal(written())
  const [mistake, setMistake] = createSignal<string>()
  createEffect(
    on(written, (now, before) => {
      // What is being typed is never overwritten by a value that arrives meanwhile.
      if (document.activeElement === element && text() !== before) return
      setText(now)
      setMistake(undefined)
    }),
  )
  onMount(() => props.hasFocus && element?.focus())

  const commit = () => {
    if (text() === written()) return setMistake(undefined)
    if (text().trim() === '') return props.onCommit(undefined)
    const entered = props.read(text())
    if (!entered.ok) return setMistake(entered.problem.message)
    setMistake(undefined)
    setText(props.write(entered.value))
    props.onCommit(entered.value)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape') setText(written())
  }
  const frameProblem = () => mistake() ?? props.problem
  return (
    <FieldFrame {...props} problem={frameProblem()}>
      {(control) => (
        <div class={css['box']}>
          <Show when={props.before}>
            <span class={css['affix']}>{props.before}</span>
          </Show>
          <input
            ref={(found) => (element = found)}
            class={classes(css['control'], css['figure'])}
            inputmode="decimal"
            autocomplete="off"
            data-focus={props.hasFocus ? '' : undefined}
            value={text()}
            placeholder={props.placeholder}
            disabled={props.isDisabled}
            readonly={props.isReadOnly}
            onInput={(event) => setText(event.currentTarget.value)}
            onFocus={(event) => event.currentTarget.select()}
            onChange={commit}
            onKeyDown={keyDown}
            {...control()}
          />
          <Show when={props.after}>
            <span class={css['affix']}>{props.after}</span>
          </Show>
        </div>
      )}
    </FieldFrame>
  )
}
