/** A link that leads on from an act's place, and looks like the button beside it. */
import { type JSX, Show } from 'solid-js'
import css from './button.module.css'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'

export interface ButtonLinkProps {
  readonly href: string
  readonly icon?: IconName
  readonly children: JSX.Element
}

export function ButtonLink(props: ButtonLinkProps) {
  return (
    <a class={classes(css['button'], css['plain'], css['normal'])} href={props.href}>
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      <span class={css['word']}>{props.children}</span>
    </a>
  )
}
