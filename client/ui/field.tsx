/**
 * The frame of every field: label above, control, then hint or problem. A problem is announced and marked
 * with a word and a mark, not with colour alone. Fields commit on leaving or Enter, not on each letter.
 */
import { createUniqueId, type JSX, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { classes } from './classes.ts'
import css from './field.module.css'
import { Icon } from './icon.tsx'

/** What all fields share. */
export interface FieldProps {
  readonly label: string
  /** Keeps the label for assistive technology but takes no room (in bars and tables). */
  readonly isLabelHidden?: boolean
  readonly hint?: string
  /** What is wrong with the value, in words. */
  readonly problem?: string | undefined
  readonly isRequired?: boolean
  readonly isDisabled?: boolean
  readonly isReadOnly?: boolean
  /** Focus when it appears. */
  readonly hasFocus?: boolean
}

/** Attributes the control must carry so that label, hint and problem belong to it. */
export interface ControlAttributes {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': 'true' | undefined
  readonly 'aria-required': 'true' | undefined
}

export interface FieldFrameProps extends FieldProps {
  readonly children: (control: () => ControlAttributes) => JSX.Element
}

export function FieldFrame(props: FieldFrameProps) {
  const id = createUniqueId()
  const noteId = `${id}-note`
  const hasProblem = () => props.problem !== undefined && props.problem !== ''
  const hasNote = () => hasProblem() || props.hint !== undefined
  const control = (): ControlAttributes => ({
    id,
    'aria-describedby': hasNote() ? noteId : undefined,
    'aria-invalid': hasProblem() ? 'true' : undefined,
    'aria-required': props.isRequired ? 'true' : undefined,
  })
  return (
    <div class={css['field']} data-problem={hasProblem() ? '' : undefined}>
      <label for={id} class={classes(css['label'], props.isLabelHidden && css['hidden'])}>
        {props.label}
        <Show when={props.isRequired}>
          <span class={css['required']} title={t('word.required')}>
            *
          </span>
        </Show>
      </label>
      {props.children(control)}
      <Show when={hasNote()}>
        <p id={noteId} class={classes(css['note'], hasProblem() && css['problem'])}>
          <Show when={hasProblem()} fallback={props.hint}>
            <Icon name="finding" size={14} />
            <span role="alert">{props.problem}</span>
          </Show>
        </p>
      </Show>
    </div>
  )
}
