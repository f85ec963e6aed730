/**
 * In the place of figures and findings while the company's records come to a new device: goods whose receipt has
 * not arrived yet look as if they were missing. Documents can be made meanwhile.
 */
import { type JSX, Show } from 'solid-js'
import { createStatus } from '#client/queries/create-session.ts'
import { t } from '#client/text/translate.ts'
import { Notice } from '#client/ui/notice.tsx'
import { Progress } from '#client/ui/progress.tsx'
import { Sheet } from '#client/ui/sheet.tsx'
import css from './filling.module.css'

/** What it holds is shown once the device has been level with the server. */
export function OnceFilled(props: { readonly children: JSX.Element }) {
  const status = createStatus()
  return (
    <Show when={status()?.filling} fallback={props.children}>
      {(filling) => (
        <Sheet title={t('filling.title')}>
          <div class={css['filling']}>
            <Progress
              label={t('filling.received')}
              share={filling().received / Math.max(1, filling().journals)}
              note={`${filling().received} / ${filling().journals}`}
            />
            <Notice kind="info" title={t('filling.later')}>
              {t('filling.why')}
            </Notice>
          </div>
        </Sheet>
      )}
    </Show>
  )
}
