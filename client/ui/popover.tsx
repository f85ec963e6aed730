/** A small explanation that hangs from its button: read, act, Esc. */
import { Popover as Kobalte } from '@kobalte/core/popover'
import type { JSX } from 'solid-js'
import { classes } from './classes.ts'
import menuCss from './menu.module.css'
import css from './popover.module.css'

export interface PopoverProps {
  /** What stands in the button. */
  readonly trigger: JSX.Element
  /** The button's name where `trigger` alone does not say it. */
  readonly label?: string
  readonly title: string
  readonly children: JSX.Element
}

export function Popover(props: PopoverProps) {
  return (
    <Kobalte gutter={4} placement="bottom-end">
      <Kobalte.Trigger
        class={classes(menuCss['trigger'], menuCss['quiet'])}
        aria-label={props.label}
        title={props.label}
      >
        {props.trigger}
      </Kobalte.Trigger>
      <Kobalte.Portal>
        <Kobalte.Content class={css['popover']}>
          <Kobalte.Title class={css['title']}>{props.title}</Kobalte.Title>
          <div class={css['body']}>{props.children}</div>
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  )
}
