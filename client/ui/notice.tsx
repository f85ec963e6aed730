/** A sentence in the page that must be seen: what happened, what is safe, what to do. */
import { type JSX, Show } from 'solid-js'
import { classes } from './classes.ts'
import { Icon, type IconName } from './icon.tsx'
import css from './notice.module.css'

export interface NoticeProps {
  readonly kind: 'info' | 'decide' | 'stop' | 'proven'
  readonly title: string
  readonly children?: JSX.Element
  readonly actions?: JSX.Element
}

const icons: Readonly<Record<NoticeProps['kind'], IconName>> = {
  info: 'info',
  decide: 'finding',
  stop: 'stop',
  proven: 'check',
}

export function Notice(props: NoticeProps) {
  return (
    <div
      class={classes(css['notice'], css[props.kind])}
      role={props.kind === 'stop' ? 'alert' : 'status'}
    >
      <Icon name={icons[props.kind]} />
      <div class={css['words']}>
        <p class={css['title']}>{props.title}</p>
        <Show when={props.children}>{(text) => <div class={css['text']}>{text()}</div>}</Show>
      </div>
      <Show when={props.actions}>{(actions) => <div class={css['actions']}>{actions()}</div>}</Show>
    </div>
  )
}
