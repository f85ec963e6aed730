/**
 * The first moment of the app: its mark, and words only when it takes longer than a moment. Where the books
 * cannot be opened at all, why, and what to do.
 */
import { Show } from 'solid-js'
import { createStatus } from '#client/queries/create-session.ts'
import { problemText } from '#client/text/problem-text.ts'
import { t } from '#client/text/translate.ts'
import { Button } from '#client/ui/button.tsx'
import { ErrorState } from '#client/ui/error-state.tsx'
import { createLate } from '#client/ui/late.ts'
import { BrandMark } from './brand-mark.tsx'
import css from './starting.module.css'

export function Starting() {
  const isLate = createLate(() => true)
  const status = createStatus()
  return (
    <Show when={isLate()}>
      <Show when={status()?.stopped} fallback={<Mark />}>
        {(problem) => (
          <div class={css['starting']}>
            <ErrorState
              title={problemText(problem()).what}
              next={problemText(problem()).next}
              technical={JSON.stringify(problem())}
              actions={
                <Button kind="main" icon="refresh" onPress={() => location.reload()}>
                  {t('error.reload')}
                </Button>
              }
            />
          </div>
        )}
      </Show>
    </Show>
  )
}

function Mark() {
  return (
    <div class={css['starting']} role="status">
      <BrandMark size={56} />
      <p class={css['words']}>{t('app.starting')}</p>
    </div>
  )
}
