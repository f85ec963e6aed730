/** Says that a new version is ready and lets the person choose the moment: nothing reloads by itself. */
import { Show } from 'solid-js'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { Icon } from '#client/ui/icon.tsx'
import css from './update-prompt.module.css'

export interface UpdatePromptProps {
  readonly isReady: boolean
  readonly isBusy: boolean
  readonly onApply: () => void
  readonly onLater: () => void
}

export function UpdatePrompt(props: UpdatePromptProps) {
  return (
    <Show when={props.isReady}>
      <section class={css['prompt']} role="status" data-print="hide">
        <Icon name="refresh" />
        <div class={css['words']}>
          <p class={css['title']}>{t('update.ready')}</p>
          <p class={css['text']}>{t('update.safe')}</p>
        </div>
        <Button kind="quiet" onPress={() => props.onLater()}>
          {t('update.later')}
        </Button>
        <Button kind="main" isBusy={props.isBusy} onPress={() => props.onApply()}>
          {t('update.apply')}
        </Button>
      </section>
    </Show>
  )
}
