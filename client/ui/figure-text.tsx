/**
 * How every figure is set: sign, whole part, fraction, then currency or unit in a lighter voice; red and a
 * minus sign when negative. Decimals align in a column when it reserves their room.
 */
import { Show } from 'solid-js'
import type { FigureParts } from '#client/text/figures.ts'
import { classes } from './classes.ts'
import css from './figure-text.module.css'

export interface FigureTextProps {
  readonly parts: FigureParts
  readonly before?: string | undefined
  readonly after?: string | undefined
  /** Decimals the column has room for, so that points stand under each other. */
  readonly decimals?: number | undefined
  /** Zero in the second voice, so that the eye finds what matters. */
  readonly isZero?: boolean
}

export function FigureText(props: FigureTextProps) {
  const missing = () => {
    const room = props.decimals ?? 0
    const used = Math.max(0, props.parts.fraction.length - 1)
    if (room <= used) return ''
    return (used === 0 ? '.' : '') + '0'.repeat(room - used)
  }
  return (
    <span
      class={classes(
        css['figure'],
        props.parts.sign === '−' && css['negative'],
        props.isZero && css['zero'],
      )}
    >
      <Show when={props.before}>
        <span class={css['currency']}>{props.before}</span>
      </Show>
      {props.parts.sign}
      {props.parts.whole}
      <span class={css['fraction']}>{props.parts.fraction}</span>
      <Show when={missing() !== ''}>
        <span class={css['room']} aria-hidden="true">
          {missing()}
        </span>
      </Show>
      <Show when={props.after}>
        <span class={css['unit']}>{props.after}</span>
      </Show>
    </span>
  )
}
