/** Nothing here yet: says what would be here and teaches the next step with a real example. */
import { type JSX, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import css from './empty-state.module.css'
import { Icon, type IconName } from './icon.tsx'

export interface EmptyStateProps {
  readonly icon: IconName
  readonly title: string
  readonly text?: string
  /** A real line as it would stand here. */
  readonly example?: JSX.Element
  readonly actions?: JSX.Element
}

export function EmptyState(props: EmptyStateProps) {
  return (
    <div class={css['empty']}>
      <span class={css['mark']}>
        <Icon name={props.icon} size={28} />
      </span>
      <p class={css['title']}>{props.title}</p>
      <Show when={props.text}>{(text) => <p class={css['text']}>{text()}</p>}</Show>
      <Show when={props.example}>
        {(example) => (
          <div class={css['example']}>
            <span class={css['exampleWord']}>{t('empty.example')}</span>
            {example()}
          </div>
        )}
      </Show>
      <Show when={props.actions}>{(actions) => <div class={css['actions']}>{actions()}</div>}</Show>
    </div>
  )
}
