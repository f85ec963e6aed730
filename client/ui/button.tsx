/**
 * A button. One `main` per screen; `plain` beside it; `quiet` in bars and rows; `danger` only for an act
 * that its counter-act cannot fully undo. A busy button keeps its width and ignores presses.
 */
import { children, type JSX, Show } from 'solid-js'
import css from './button.module.css'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import { KeyHint } from './key-hint.tsx'

export interface ButtonProps {
  readonly children?: JSX.Element
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger'
  readonly icon?: IconName
  readonly iconAfter?: IconName
  /** Shown at the end, e.g. `Ctrl+S`; the key itself is bound by the screen. */
  readonly keys?: string
  /** The name of a button that shows only an icon (also its tooltip). */
  readonly label?: string
  readonly size?: 'small' | 'normal' | 'large'
  /** Fills the width it is given. */
  readonly isWide?: boolean
  readonly isDisabled?: boolean
  readonly isBusy?: boolean
  /** For a button that stays in or out. */
  readonly isPressed?: boolean
  readonly type?: 'button' | 'submit'
  readonly title?: string
  readonly onPress?: (event: MouseEvent) => void
  readonly ref?: (element: HTMLButtonElement) => void
}

export function Button(props: ButtonProps) {
  const word = children(() => props.children)
  const press = (event: MouseEvent) => {
    if (!props.isBusy) props.onPress?.(event)
  }
  return (
    <button
      ref={(element) => props.ref?.(element)}
      type={props.type ?? 'button'}
      class={classes(
        css['button'],
        css[props.kind ?? 'plain'],
        css[props.size ?? 'normal'],
        props.isWide && css['wide'],
        word() === undefined && css['iconOnly'],
      )}
      disabled={props.isDisabled}
      aria-busy={props.isBusy ? 'true' : undefined}
      aria-pressed={props.isPressed}
      aria-label={props.label}
      title={props.title ?? props.label}
      onClick={press}
    >
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      <Show when={word() !== undefined}>
        <span class={css['word']}>{word()}</span>
      </Show>
      <Show when={props.iconAfter}>{(name) => <Icon name={name()} size={16} />}</Show>
      <Show when={props.keys}>{(keys) => <KeyHint keys={keys()} />}</Show>
    </button>
  )
}
