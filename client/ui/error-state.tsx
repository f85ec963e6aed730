/** A part that failed: what happened, what is safe, what to do; the technical text folded away. */
import { type JSX, Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import css from './error-state.module.css'
import { Icon } from './icon.tsx'

export interface ErrorStateProps {
  readonly title: string
  readonly safe?: string
  readonly next: string
  readonly technical?: string
  readonly actions?: JSX.Element
}

export function ErrorState(props: ErrorStateProps) {
  return (
    <div class={css['error']} role="alert">
      <Icon name="stop" size={28} />
      <div class={css['words']}>
        <p class={css['title']}>{props.title}</p>
        <Show when={props.safe}>
          {(safe) => (
            <p class={css['safe']}>
              <Icon name="check" size={16} />
              {safe()}
            </p>
          )}
        </Show>
        <p class={css['next']}>{props.next}</p>
        <Show when={props.actions}>
          {(actions) => <div class={css['actions']}>{actions()}</div>}
        </Show>
        <Show when={props.technical}>
          {(technical) => (
            <details class={css['technical']}>
              <summary>{t('error.technical')}</summary>
              <pre>{technical()}</pre>
            </details>
          )}
        </Show>
      </div>
    </div>
  )
}
